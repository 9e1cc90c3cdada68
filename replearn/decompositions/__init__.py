"""A network's answer as the sum of its parts: heads and tokens, channels and cells, words."""
