"""A small picture to try distortions on."""

import numpy as np
import pytest

from replearn.data.photos import Photos


@pytest.fixture(scope="session")
def small():
    """Return a photograph as values, (1, 48, 63, 3): neither square nor even on both sides."""
    image = Photos()[0].image.resize((63, 48))
    return np.asarray(image, np.float32)[None] / 255
