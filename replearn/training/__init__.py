"""Recipes that train the models the project ships."""
