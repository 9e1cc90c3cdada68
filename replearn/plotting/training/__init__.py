"""A run, its map, its batch, and a text that is revealed."""
