"""What ships of every question: models with their cards, computed maps and rows."""
