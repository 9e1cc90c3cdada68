"""Photographs whose form says one thing and whose texture another, made on this computer.

As Geirhos et al. 2019 (https://arxiv.org/abs/1811.12231) made theirs, by the style transfer of
Gatys et al. 2016 (https://arxiv.org/abs/1508.06576), from the example photographs that are
installed. A picture is kept as soon as it is made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.data.base import Sample
from replearn.data.photo_categories import photo_categories
from replearn.data.photos import Photos
from replearn.studies.answering.opened_network import OpenedNetwork, opened
from replearn.studies.shape.cues import Cues
from replearn.studies.shape.kept_conflicts import keep_conflict, kept_conflict
from replearn.studies.shape.restyled import MAKER, StyleChoice, restyled


@dataclass(frozen=True)
class PhotoConflict:
    """A picture in conflict.

    Attributes:
        cues: what it shows.
        image: RGB.
    """

    cues: Cues
    image: Image.Image

    @property
    def id(self) -> str:
        """What it is called."""
        return conflict_id(self.cues)


class PhotoConflicts:
    """Such pictures as a data set.

    Args:
        pictures: in order.
    """

    name = "photos in conflict"

    def __init__(self, pictures: Sequence[PhotoConflict]) -> None:
        self.class_names = tuple(one.name for one in photo_categories())
        self.cues = {one.id: one.cues for one in pictures}
        self._pictures = tuple(pictures)

    def __len__(self) -> int:
        return len(self._pictures)

    def __getitem__(self, index: int) -> Sample:
        """Open picture `index`; its label is its form."""
        one = self._pictures[index]
        (texture,) = one.cues.textures
        label = self.class_names.index(one.cues.shape)
        caption = f"The form of a {one.cues.shape}, the texture of a {texture}."
        return Sample(one.image, label, caption, one.id, {"texture": texture})

    def fingerprint(self) -> str:
        """Return a fingerprint of the pictures and what they are called."""
        return fingerprint.of_parts(
            part for one in self._pictures for part in (one.id, fingerprint.of_image(one.image))
        )


def conflict_id(cues: Cues) -> str:
    """Return what a picture is called: by its form, then its texture."""
    return f"{cues.shape}-{'-'.join(cues.textures)}"


def photo_pairs(count: int | None = None) -> tuple[Cues, ...]:
    """Return forms and textures, so that any beginning has each of both about as often.

    Args:
        count: how many; None takes all.

    Raises:
        InputError: there aren't so many, or too few photographs are installed.
    """
    names = [one.name for one in photo_categories()]
    if len(names) < 2:
        raise InputError(
            "Too few of the example photographs are installed; run pip install gradio scikit-image."
        )
    pairs = [
        Cues(shape, (names[(at + shift) % len(names)],))
        for shift in range(1, len(names))
        for at, shape in enumerate(names)
    ]
    if count is not None and not 1 <= count <= len(pairs):
        raise InputError(f"Choose 1 to {len(pairs)} pictures in conflict.")
    return tuple(pairs[:count])


def photo_conflicts(
    count: int | None = None, choice: StyleChoice | None = None, progress: Progress = silent
) -> PhotoConflicts:
    """Return photographs in conflict; those that aren't kept are made, some seconds each.

    Args:
        count: how many of the 30; None takes all.
        choice: how they are made.
        progress: told before each step; may raise `StoppedError`, and what was made stays kept.

    Raises:
        InputError: there aren't so many.

    Example:
        >>> photo_conflicts(6)[0].image.save("cat-lion.png")
    """
    return PhotoConflicts(tuple(growing_conflicts(count, choice, progress)))


def growing_conflicts(
    count: int | None = None, choice: StyleChoice | None = None, progress: Progress = silent
) -> Iterator[PhotoConflict]:
    """Yield photographs in conflict as they are found or made.

    Args:
        count, choice, progress: as for `photo_conflicts`.

    Raises:
        InputError: there aren't so many.
    """
    asked = choice or StyleChoice()
    pairs = photo_pairs(count)
    network: OpenedNetwork | None = None
    for number, cues in enumerate(pairs):
        image = kept_conflict(cues, asked)
        if image is None:
            network = network or opened(MAKER)
            form, texture = (_view(network, name, asked) for name in (cues.shape, *cues.textures))
            image = restyled(network, form, texture, asked, _among(number, len(pairs), progress))
            keep_conflict(cues, asked, image)
        yield PhotoConflict(cues, image)


def _among(number: int, count: int, progress: Progress) -> Progress:
    """Return what tells of the steps of one picture as a part of all pictures."""

    def told(done: int, total: int, _what: str) -> None:
        progress(number * total + done, count * total, f"steps, picture {number + 1} of {count}")

    return told


def _view(network: OpenedNetwork, category: str, choice: StyleChoice) -> Image.Image:
    """Return what a network sees of a category's photograph, at the side of what is made."""
    photos = Photos()
    photo = next(one.photo for one in photo_categories() if one.name == category)
    seen = network.encoder.preview(photos[photos.index(photo)].image)
    return seen.resize((choice.side, choice.side), Image.Resampling.BICUBIC)
