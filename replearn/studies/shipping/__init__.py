"""What ships: models with their cards, computed maps and rows, and what others published."""
