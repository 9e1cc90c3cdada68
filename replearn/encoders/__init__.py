"""Networks that turn pictures and texts into vectors."""
