"""Vectors or coordinates of one's own, from an NPZ or Parquet file."""

import importlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.damaged import DAMAGED
from replearn.core.errors import InputError
from replearn.data.folders.cells import text_of

Floats = npt.NDArray[np.float32]
VECTORS = ("vectors", "vector", "embeddings", "embedding")
COORDINATES = ("coordinates", "points")
TEXTS = {"ids": ("ids", "id"), "captions": ("captions", "caption"), "groups": ("labels", "label")}
KNOWN = {"x", "y", "z", *VECTORS, *COORDINATES, *(one for names in TEXTS.values() for one in names)}
MOST_BYTES = 2_000_000_000  # unpacked


@dataclass(frozen=True, eq=False)
class OwnVectors:
    """What a file holds: vectors (n, d), coordinates (n, 2 or 3), or both, and texts per row."""

    vectors: Floats | None
    coordinates: Floats | None
    ids: tuple[str, ...]
    captions: tuple[str, ...]
    groups: tuple[str, ...]
    named: bool  # whether the file itself holds ids


def read_own(path: Path) -> OwnVectors:
    """Read vectors or coordinates.

    Args:
        path: an NPZ file with `vectors` (n, d) or `coordinates` (n, 2 or 3), or a Parquet file with
            a list column `vector` or the columns `x`, `y` (and `z`); both may hold `id`, `caption`
            and `label`.

    Raises:
        InputError: the file can't be read, holds neither, or its columns differ in length.
    """
    if not path.exists():
        raise InputError(f"There is no file {path.name}; give an NPZ or a Parquet file.")
    if path.suffix.lower() == ".npz":
        columns = _npz(path)
    elif path.suffix.lower() == ".parquet":
        columns = _parquet(path)
    else:
        raise InputError(f"{path.name} is neither NPZ nor Parquet; save the vectors as one.")
    vectors = _matrix(path, columns, VECTORS)
    coordinates = _matrix(path, columns, COORDINATES)
    if coordinates is None and {"x", "y"} <= set(columns):
        axes = [name for name in ("x", "y", "z") if name in columns]
        coordinates = _stacked(path, [columns[name] for name in axes], "x and y").T
    if coordinates is not None and coordinates.shape[1] not in {2, 3}:
        raise InputError(f"{path.name}: coordinates are (n, 2) or (n, 3), not {coordinates.shape}.")
    found = vectors if vectors is not None else coordinates
    if found is None:
        raise InputError(
            f"{path.name} holds no `vectors` and no `coordinates` (or x and y); "
            f"of what can be used it has {', '.join(columns) or 'nothing'}."
        )
    if vectors is not None and coordinates is not None and len(vectors) != len(coordinates):
        raise InputError(
            f"{path.name} holds {len(vectors):,} vectors and {len(coordinates):,} coordinates; "
            "give as many."
        )
    texts = {name: _texts(path, columns, names, len(found)) for name, names in TEXTS.items()}
    ids = texts["ids"] or tuple(str(row) for row in range(len(found)))
    if len(set(ids)) < len(ids):
        raise InputError(
            f"{path.name}: {len(ids) - len(set(ids)):,} ids occur twice; make each one unique."
        )
    blank = ("",) * len(found)
    return OwnVectors(
        vectors,
        coordinates,
        ids,
        texts["captions"] or ids,
        texts["groups"] or blank,
        bool(texts["ids"]),
    )


def _npz(path: Path) -> Mapping[str, Any]:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(one.file_size for one in packed.infolist())
        if size > MOST_BYTES:
            raise InputError(
                f"{path.name} unpacks to {size / 1e9:.1f} GB; give a file of at most "
                f"{MOST_BYTES / 1e9:.0f} GB."
            )
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files if name in KNOWN}
    except DAMAGED as error:
        what = str(error).partition("\n")[0][:80]  # it may repeat the file
        raise InputError(
            f"{path.name} isn't a readable NPZ file ({what}); save it again."
        ) from error


def _parquet(path: Path) -> Mapping[str, Any]:
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise InputError(
            f"Reading {path.name} needs the package pyarrow; run pip install pyarrow, or save NPZ."
        ) from error
    try:
        about = parquet.read_metadata(path)
        size = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
        if size > MOST_BYTES / 8:  # as Python's numbers it takes several times the room
            raise InputError(
                f"{path.name} unpacks to {size / 1e9:.1f} GB; save the vectors as NPZ instead."
            )
        names = set(about.schema.to_arrow_schema().names)
        table = parquet.read_table(path, columns=sorted(names & KNOWN))
        return {name: table.column(name).to_pylist() for name in table.column_names}
    except DAMAGED as error:
        raise InputError(f"{path.name} isn't a readable Parquet file; save it again.") from error


def _matrix(path: Path, columns: Mapping[str, Any], names: tuple[str, ...]) -> Floats | None:
    name = next((name for name in names if name in columns), None)
    return None if name is None else _stacked(path, columns[name], name)


def _stacked(path: Path, rows: Any, name: str) -> Floats:
    try:
        if isinstance(rows, np.ndarray) and rows.dtype.kind not in "buif":
            raise TypeError(rows.dtype)
        with np.errstate(over="ignore"):  # what becomes infinite is refused where it is used
            found = np.asarray(rows, np.float32)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"{path.name}: the rows of {name} aren't numbers of one width; make them so."
        ) from error
    if found.ndim != 2 or not found.size:
        raise InputError(f"{path.name}: {name} must be rows of numbers, not {found.shape}.")
    return found


def _texts(
    path: Path, columns: Mapping[str, Any], names: tuple[str, ...], n: int
) -> tuple[str, ...]:
    name = next((name for name in names if name in columns), None)
    if name is None:
        return ()
    cells = columns[name]
    listed = np.atleast_1d(cells).tolist() if isinstance(cells, np.ndarray) else cells
    found = tuple(map(text_of, listed))
    if len(found) != n:
        raise InputError(f"{path.name}: {name} has {len(found):,} entries for {n:,} rows.")
    return found
