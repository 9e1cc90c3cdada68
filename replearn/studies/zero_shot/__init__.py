"""What is it? One picture against sentences."""
