"""Commands about pictures made for a network."""
