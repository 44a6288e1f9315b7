"""What an author writes: the closed vocabulary, the scenario as frozen values, its loading and its checking."""
