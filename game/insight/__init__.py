"""What can be known by playing: players that are not people, why something moved, what else might have been."""
