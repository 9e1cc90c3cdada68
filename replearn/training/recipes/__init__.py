"""Recipes of the lab, a file each, and what they train: a network with a loss on batches."""
