"""A model whose vectors are colours, so that what a prompt gives away is known."""

import csv

import numpy as np
import pytest
from PIL import Image

from replearn.encoders.base import Encoder, ModelCard
from replearn.studies.groups import audit_options

WORDS = {"warm": (1.0, 0.2, 0.0), "cold": (0.0, 0.2, 1.0), "thing": (0.5, 1.0, 0.5)}


class Colours(Encoder):
    """Pictures are their mean colour, texts the colours of the words that it knows."""

    output_kind = "embedding"

    def __init__(self, name="colours", text=True):
        self.name = self.fingerprint = name
        can = ("image", "text") if text else ("image",)
        self.card = ModelCard("colours", "nothing", "none", 0, 0, can)
        self.seen = 0

    def preprocess(self, images):
        return np.stack([np.asarray(one, np.float32).transpose(2, 0, 1) / 255 for one in images])

    def embed_pixels(self, pixels):
        self.seen += len(pixels)
        means = pixels.mean(axis=(2, 3))
        return (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)

    def encode_text(self, texts):
        if "text" not in self.card.capabilities:
            return super().encode_text(texts)
        found = [self._text(text) for text in texts]
        return np.array(found, np.float32).reshape(len(texts), 3)

    def _text(self, text):
        total = np.array([0.02 * len(text), 0.3, 0.02 * len(text)])  # wording moves it a little
        for word, colour in WORDS.items():
            total = total + np.array(colour) * (word in text)
        return total / np.linalg.norm(total)

    preview = shown = outputs = None


Colours.__abstractmethods__ = frozenset()


@pytest.fixture
def colours(monkeypatch):
    """Let the study open a model of colours, another, and one that reads no text."""
    models = {"colours": Colours(), "again": Colours("again"), "blind": Colours("blind", False)}
    monkeypatch.setattr(audit_options, "load_model", models.__getitem__)
    return models


@pytest.fixture
def painted(tmp_path):
    """Return a function that writes a folder of pairs: red and blue pictures of n things."""

    def written(n=12, values=("blue", "red"), columns=("path", "pair", "trait"), name="painted"):
        folder = tmp_path / name
        folder.mkdir()
        random = np.random.default_rng(n)
        base = {"red": (200, 60, 60), "blue": (60, 60, 200), "green": (60, 200, 60)}
        with (folder / "labels.csv").open("w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(columns)
            for thing in range(n):
                own = random.integers(-25, 25, 3)
                for value in values:
                    colour = tuple(int(c) for c in np.array(base.get(value, base["red"])) + own)
                    Image.new("RGB", (8, 8), colour).save(folder / f"{thing}-{value}.png")
                    rows.writerow([f"{thing}-{value}.png", f"thing {thing}", value])
        return f"folder:{folder}"

    return written
