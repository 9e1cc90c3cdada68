"""Answers as rows of a file: one for each picture, data set and model."""

import itertools
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.results.rows import Column, Table, Words
from replearn.results.shift import Answers

WORDS = ("data", "shift", "model", "id", "label", "prediction")
TABLE = Table(
    (*(Column(name) for name in WORDS), Column("confidence", "float", text=".2g")), line_end="\n"
)


def shipped_shifts() -> Path:
    """Return the file of the rows that ship."""
    return asset_path("shift", "rows.parquet")


def check_place(path: Path) -> None:
    """Refuse a file that answers can't be written to, before they are asked for.

    Raises:
        InputError: its name ends otherwise than in .csv or .parquet, or its folder can't be made
            or written to.
    """
    if path.suffix not in {".csv", ".parquet"}:
        raise InputError(f"{path.name} must end in .csv or .parquet.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = not path.exists()
        path.touch()
        if new:
            path.unlink()
    except OSError as error:
        raise InputError(f"{path} can't be written ({error.strerror}).") from error


def write_answers(given: Sequence[Answers], path: Path) -> None:
    """Write a row per answer, as CSV or Parquet by the file's ending.

    Raises:
        InputError: the file has another ending.
    """
    check_place(path)
    columns: dict[str, Any] = {name: _words(name, given) for name in WORDS}
    # two decimals suffice, and take a quarter of the space
    confidences = np.round(np.concatenate([one.confidences for one in given]), 2)
    TABLE.write({**columns, "confidence": confidences}, path)


def _words(name: str, given: Sequence[Answers]) -> list[str]:
    words: list[str] = []
    for one in given:
        if name == "id":
            words += one.ids
        elif name in {"label", "prediction"}:
            chosen = one.labels if name == "label" else one.predictions
            words += [one.classes[i] for i in chosen]
        else:
            words += [getattr(one, name)] * len(one.ids)
    return words


def read_answers(path: Path) -> list[Answers]:
    """Read what `write_answers` wrote as Parquet.

    Raises:
        InputError: there is no such file.
    """
    if not path.exists():
        raise InputError("The rows of the shifts aren't here; python -m replearn shift --ship.")
    return list(_read(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=2)
def _read(path: Path, written: int) -> tuple[Answers, ...]:  # noqa: ARG001  (a new file is new)
    table = TABLE.read(path)
    words: dict[str, Words] = {name: table[name] for name in WORDS}
    confidences = table["confidence"]
    keys = np.stack([words[name].codes for name in ("data", "shift", "model")])
    starts = np.flatnonzero(np.r_[True, (np.diff(keys) != 0).any(0)])
    found = []
    for start, stop in itertools.pairwise([*starts.tolist(), len(confidences)]):
        part = slice(start, stop)
        classes, labels, predictions = _classes(words, part)
        data, shift, model = (words[name].at(start) for name in ("data", "shift", "model"))
        ids = tuple(Words(words["id"].codes[part], words["id"].words).spelt())
        found.append(
            Answers(data, shift, model, ids, classes, labels, predictions, confidences[part])
        )
    return tuple(found)


def _classes(
    words: dict[str, Words], part: slice
) -> tuple[tuple[str, ...], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the classes that occur, with labels and predictions as indices into them."""
    spelt = {
        name: np.array(words[name].words)[words[name].codes[part]]
        for name in ("label", "prediction")
    }
    classes = tuple(sorted({*spelt["label"], *spelt["prediction"]}))
    place = {name: i for i, name in enumerate(classes)}
    labels, predictions = (np.array([place[one] for one in spelt[name]]) for name in spelt)
    return tuple(map(str, classes)), labels, predictions
