"""The example photographs: how they reach the page, and what to ask and try on each."""

import functools
from typing import Any

from replearn.data.photos import Photos
from replearn.ui.frame.serving.handed_over import hand_over

FIRST_PHOTO = "cheetah1"


def example(index: int) -> str:
    """Return the path by which an example photograph reaches the page."""
    return hand_over(Photos().path(index))


def example_why(index: int) -> str:
    """Say what to try on an example photograph."""
    return Photos().why(index)


def photo_labels(index: int) -> tuple[str, ...]:
    """Return labels to ask about an example photograph."""
    return Photos().labels(index)


def first_example() -> str:
    """Return the path of the photograph that is shown first."""
    return example(Photos().index(FIRST_PHOTO))


@functools.cache
def example_thumbnails() -> list[tuple[Any, str]]:
    """Return the example photographs, reduced, with their captions."""
    photos = Photos()
    shown = []
    for i in range(len(photos)):
        sample = photos[i]
        small = sample.image.copy()
        small.thumbnail((160, 160))
        shown.append((small, sample.caption))
    return shown
