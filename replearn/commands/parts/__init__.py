"""Commands about the parts of a network."""
