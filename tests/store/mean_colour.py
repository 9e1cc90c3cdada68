"""An encoder that is quick and counts its forward passes."""

import time

import numpy as np


class MeanColour:
    name, fingerprint = "mean-colour", "mean-colour-1"
    pause = 0.0  # seconds a batch

    def __init__(self):
        self.passes = 0

    def preprocess(self, images):
        small = [np.asarray(image.resize((4, 4)), np.float32) for image in images]
        return np.stack(small).transpose(0, 3, 1, 2)

    def embed_pixels(self, pixels):
        time.sleep(self.pause)
        self.passes += len(pixels)
        vectors = pixels.reshape(len(pixels), -1) + 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
