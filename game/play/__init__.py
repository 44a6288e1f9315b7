"""One step, one game and very many games: what happens when orders meet the rules."""
