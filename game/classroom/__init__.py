"""For the teacher: the games of a class, what it did, and the guides."""
