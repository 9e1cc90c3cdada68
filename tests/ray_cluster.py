"""A Ray cluster of two workers on this computer, for a test."""

import warnings
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from replearn.core.cluster import connected


@pytest.fixture
def ray_cluster() -> Iterator[None]:
    """Stay connected to the cluster; skip where Ray isn't installed."""
    if find_spec("ray") is None:  # imported, it would have read its settings too early
        pytest.skip("Ray isn't installed: pip install -r requirements-scale.txt")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Ray says of itself
        with connected(2):
            yield
