"""Answers as rows of a file: one for each picture, data set and model."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.shift_results import Answers

WORDS = ("data", "shift", "model", "id", "label", "prediction")


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
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    check_place(path)
    confidences = np.concatenate([one.confidences for one in given])
    columns = {name: pa.array(_words(name, given)) for name in WORDS}
    # two decimals suffice, and take a quarter of the space
    table = pa.table({**columns, "confidence": pa.array(np.round(confidences, 2))})
    if path.suffix == ".csv":
        pyarrow.csv.write_csv(table, path)
    else:
        pyarrow.parquet.write_table(table, path, compression="zstd", compression_level=15)


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
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path).combine_chunks()
    codes, words = {}, {}
    for name in WORDS:
        column = table[name].chunk(0).dictionary_encode()
        codes[name] = column.indices.to_numpy()
        words[name] = column.dictionary.to_pylist()
    confidences = table["confidence"].to_numpy()
    keys = np.stack([codes[name] for name in ("data", "shift", "model")])
    starts = np.flatnonzero(np.r_[True, (np.diff(keys) != 0).any(0)])
    found = []
    for start, stop in zip(starts, [*starts[1:], len(confidences)], strict=True):
        part = slice(start, stop)
        classes, labels, predictions = _classes(codes, words, part)
        data, shift, model = (
            words[name][codes[name][start]] for name in ("data", "shift", "model")
        )
        ids = tuple(words["id"][i] for i in codes["id"][part])
        found.append(
            Answers(data, shift, model, ids, classes, labels, predictions, confidences[part])
        )
    return tuple(found)


Codes = dict[str, npt.NDArray[np.int64]]


def _classes(
    codes: Codes, words: dict[str, list[str]], part: slice
) -> tuple[tuple[str, ...], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the classes that occur, with labels and predictions as indices into them."""
    spelt = {name: np.array(words[name])[codes[name][part]] for name in ("label", "prediction")}
    classes = tuple(sorted({*spelt["label"], *spelt["prediction"]}))
    place = {name: i for i, name in enumerate(classes)}
    labels, predictions = (np.array([place[one] for one in spelt[name]]) for name in spelt)
    return tuple(map(str, classes)), labels, predictions
