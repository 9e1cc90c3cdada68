"""A learnt prior: which there are, what they are good for, and who says so."""
