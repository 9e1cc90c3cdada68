"""The bars of an answer as a picture."""
