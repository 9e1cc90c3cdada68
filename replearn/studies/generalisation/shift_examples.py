"""A few pictures of each row of a shift, opened or rendered when asked for."""

from collections.abc import Mapping

from PIL import Image

from replearn.core.errors import InputError
from replearn.data import load_dataset
from replearn.studies.generalisation.shift_tasks import shipped_shift

EACH = 6


def shipped_examples(data: str) -> list[tuple[str, list[Image.Image]]]:
    """Return, for every row of a shift that ships, the same six things.

    Raises:
        InputError: there is no such shift.
    """
    rows = shipped_shift(data).build().rows
    found = []
    for name, pictures in rows.items():
        step = max(1, len(pictures.rows) // EACH)
        chosen = pictures.rows[::step][:EACH]
        found.append((name, [pictures.data[int(row)].image for row in chosen]))
    return found


def own_examples(rows: Mapping[str, str]) -> list[tuple[str, list[Image.Image]]]:
    """Return six pictures of each of a user's data sets; what can't be opened is left out.

    Raises:
        InputError: there is no such data set.
    """
    found = []
    for name, called in rows.items():
        data = load_dataset(called)
        step = max(1, len(data) // EACH)
        pictures = []
        for row in range(0, len(data), step)[:EACH]:
            try:
                pictures.append(data[row].image)
            except InputError:
                continue
        found.append((name, pictures))
    return found
