"""Does it cope with what it hasn't seen? The fine-tuning matrix, and shifts of the data."""
