"""The matrix's rows as they ship: one for each picture, network, seed and manipulation."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from replearn.core import fingerprint
from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.distortions.geirhos2018 import MANIPULATIONS

ROWS, CURVES = "rows.parquet", "curves.parquet"


@dataclass(frozen=True, eq=False)
class MatrixRows:
    """What the networks answered.

    Attributes:
        networks: those that were trained, in the published order.
        seeds: those that every one of them has.
        labels: (n,) what the test pictures are.
        answers: (networks, seeds, 9, n).
        confidences: the same shape, from 0 to 1.
        curves: (networks, seeds, rounds, 3): round, loss in nats, accuracy on training pictures.
        fingerprint: of the files.
    """

    networks: tuple[str, ...]
    seeds: tuple[int, ...]
    labels: npt.NDArray[np.int64]
    answers: npt.NDArray[np.uint8]
    confidences: npt.NDArray[np.float32]
    curves: npt.NDArray[np.float32]
    fingerprint: str


def write_matrix_rows(rows: MatrixRows, folder: Path) -> None:
    """Write `rows.parquet` and `curves.parquet`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    names = [m.name for m in MANIPULATIONS]
    shape = rows.answers.shape
    network, seed, evaluation, picture = (axis.ravel() for axis in np.indices(shape, np.int32))
    table = {
        "network": _words(network, list(rows.networks)),
        "seed": pa.array(np.array(rows.seeds, np.int32)[seed]),
        "evaluation": _words(evaluation, names),
        "picture": pa.array(picture),
        "label": pa.array(rows.labels.astype(np.int8)[picture]),
        "prediction": pa.array(rows.answers.ravel().astype(np.int8)),
        "confidence": pa.array(rows.confidences.ravel()),
    }
    pq.write_table(pa.table(table), folder / ROWS, compression="zstd", compression_level=15)
    network, seed, epoch = (axis.ravel() for axis in np.indices(rows.curves.shape[:3], np.int32))
    curves = {
        "network": _words(network, list(rows.networks)),
        "seed": pa.array(np.array(rows.seeds, np.int32)[seed]),
        "round": pa.array(epoch + 1),
        "loss": pa.array(rows.curves[..., 1].ravel()),
        "training_accuracy": pa.array(rows.curves[..., 2].ravel()),
    }
    pq.write_table(pa.table(curves), folder / CURVES, compression="zstd")


def _words(indices: npt.NDArray[np.int32], words: list[str]) -> object:
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(pa.array(indices), pa.array(words))


def shipped_matrix() -> Path:
    """Return the folder of the rows that ship."""
    return asset_path("matrix")


def read_matrix_rows(folder: Path) -> MatrixRows:
    """Read what `write_matrix_rows` wrote.

    Raises:
        InputError: there are no such rows.
    """
    path = folder / ROWS
    if not path.exists():
        raise InputError("The fine-tuning matrix isn't here; python -m replearn matrix makes it.")
    return _read(folder, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read(folder: Path, written: int) -> MatrixRows:  # noqa: ARG001  (a new file is read anew)
    import pyarrow.parquet as pq

    table = pq.read_table(folder / ROWS)
    networks = tuple(table["network"].unique().to_pylist())
    seeds = tuple(table["seed"].unique().to_pylist())
    shape = (len(networks), len(seeds), len(MANIPULATIONS), -1)
    curves = pq.read_table(folder / CURVES)
    columns = [curves[name].to_numpy() for name in ("round", "loss", "training_accuracy")]
    answers = table["prediction"].to_numpy().reshape(shape)
    return MatrixRows(
        networks=networks,
        seeds=seeds,
        labels=table["label"].to_numpy()[: answers.shape[-1]].astype(np.int64),
        answers=answers.astype(np.uint8),
        confidences=table["confidence"].to_numpy().reshape(shape),
        curves=np.stack(columns, 1).reshape(len(networks), len(seeds), -1, 3).astype(np.float32),
        fingerprint=fingerprint.of_file(folder / ROWS),
    )
