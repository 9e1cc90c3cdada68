"""Vectors and coordinates on disk, cached by fingerprint."""
