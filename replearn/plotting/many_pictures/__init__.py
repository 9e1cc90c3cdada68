"""Confusion, reliability, and the cosines of pictures and texts."""
