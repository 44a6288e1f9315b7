"""The Textual face of the game; the only room that imports textual."""
