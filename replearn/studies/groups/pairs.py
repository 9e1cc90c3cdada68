"""Pictures of the same thing that differ in one trait: a vector for each pair and value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import nearest
from replearn.data.base import Dataset, Listed, Sample
from replearn.data.emoji.people import GENDERS, TONES, YELLOW
from replearn.encoders.base import Encoder
from replearn.store.encoded import encode_stream

PEOPLE = "emoji-people"  # whose things are drawn in every form, so that the label names a pair
PAIR, TRAIT = "pair", "trait"
SKIN_TONE, GENDER = "skin tone", "gender"
ORDER = {SKIN_TONE: (YELLOW, *TONES), GENDER: GENDERS}
ENDS = {SKIN_TONE: (TONES[0], TONES[-1]), GENDER: ("man", "woman")}
LAYOUT = "a table with the columns path, pair and trait"


@dataclass(frozen=True, eq=False)
class PairedVectors:
    """What a model makes of pairs of pictures.

    Attributes:
        dataset, trait: where they come from, and the column that tells them apart.
        pairs: n names.
        values: k values of the trait.
        vectors: (n, k, d), the mean of the unit vectors of the pictures there are, nan where there
            is none; its dot product with a text is the mean of their cosines.
        pictures: how many there are.
    """

    dataset: str
    trait: str
    pairs: tuple[str, ...]
    values: tuple[str, ...]
    vectors: npt.NDArray[np.float32]
    pictures: int


def chosen_trait(data: Dataset, trait: str | None) -> str:
    """Return the column that tells the pictures of a pair apart.

    Raises:
        InputError: the data set has no pairs, or no such column.
    """
    if not len(data):
        raise InputError(f"{data.name} has no pictures.")
    columns = list(_meta(data, 0))
    if data.name != PEOPLE and PAIR not in columns:
        raise InputError(
            f"{data.name} has no pairs: an audit wants pictures of the same thing that differ in "
            f"one trait, listed in {LAYOUT}."
        )
    if trait is None:
        trait = SKIN_TONE if data.name == PEOPLE else TRAIT
    if trait not in columns:
        others = [name for name in columns if name not in {PAIR, "split", "class_index"}]
        there = f"it has {', '.join(others)}" if others else f"write {LAYOUT}"
        raise InputError(f"{data.name} has no column {trait!r}; {there}.{nearest(trait, others)}")
    return trait


def paired_vectors(
    encoder: Encoder, data: Dataset, trait: str, progress: Progress = silent
) -> PairedVectors:
    """Encode the pictures of all pairs; of a picture that can't be opened the rest goes on.

    Args:
        encoder: the model.
        data: `emoji-people`, or a data set with a column `pair`.
        trait: the column that tells the pictures of a pair apart.
        progress: told as pictures are encoded; may raise `StoppedError`.

    Raises:
        InputError: no picture can be opened.
    """
    rows = _named(data, trait)
    cells: dict[tuple[str, str], tuple[npt.NDArray[np.float32], int]] = {}
    known: dict[int, tuple[str, str] | None] = {}

    def opener(row: int) -> Callable[[], Image.Image]:
        def opened() -> Image.Image:
            sample = data[row]
            known[row] = _cell(data, sample, trait)
            return sample.image

        return opened

    stream = encode_stream(map(opener, rows), encoder.preprocess, encoder.embed_pixels)
    for row, vector in zip(rows, stream, strict=True):
        progress(row, len(rows), f"pictures of {data.name}, {encoder.name}")
        cell = known.pop(row, None)
        if vector is not None and cell is not None:
            total, count = cells.get(cell, (0.0, 0))
            cells[cell] = (np.asarray(total + vector, np.float32), count + 1)
    if not cells:
        raise InputError(f"None of the pictures of {data.name} has a pair and a {trait}.")
    return _together(data.name, trait, cells)


def _together(
    name: str,
    trait: str,
    cells: Mapping[tuple[str, str], tuple[npt.NDArray[np.float32], int]],
) -> PairedVectors:
    pairs = tuple(dict.fromkeys(pair for pair, _ in cells))
    found = dict.fromkeys(value for _, value in cells)
    ordered = [value for value in ORDER.get(trait, ()) if value in found]
    values = tuple(dict.fromkeys([*ordered, *found]))
    width = next(iter(cells.values()))[0].shape[0]
    vectors = np.full((len(pairs), len(values), width), np.nan, np.float32)
    place = {pair: i for i, pair in enumerate(pairs)}, {value: i for i, value in enumerate(values)}
    for (pair, value), (total, count) in cells.items():
        vectors[place[0][pair], place[1][value]] = total / count
    pictures = sum(count for _, count in cells.values())
    return PairedVectors(name, trait, pairs, values, vectors, pictures)


def _named(data: Dataset, trait: str) -> list[int]:
    """Return the rows that are in a pair, where that is known without opening a picture."""
    if not isinstance(data, Listed):
        return list(range(len(data)))
    metas = ((row, data.entry(row).meta) for row in range(len(data)))
    return [row for row, meta in metas if meta.get(PAIR) and meta.get(trait)]


def _cell(data: Dataset, sample: Sample, trait: str) -> tuple[str, str] | None:
    """Return a picture's pair and its value of the trait, None where it has none."""
    pair = sample.meta.get(PAIR)
    if pair is None and data.name == PEOPLE and sample.label is not None:
        pair = data.class_names[sample.label]
    value = sample.meta.get(trait)
    return (pair, value) if pair and value else None


def _meta(data: Dataset, row: int) -> Mapping[str, str]:
    return data.entry(row).meta if isinstance(data, Listed) else data[row].meta
