"""Trained on one distortion, tested on another; one data set against another."""
