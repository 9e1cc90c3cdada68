"""Accuracy over a distortion's levels, and a picture's path on the map."""
