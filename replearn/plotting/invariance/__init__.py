"""What a factor moves: over levels, over layers, as a table and as files."""
