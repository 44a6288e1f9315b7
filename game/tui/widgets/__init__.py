"""The parts that screens are made of; none of them knows the game's rules."""
