"""Classifiers over vectors."""
