"""The matrix's rows as they ship: one for each picture, network, seed and manipulation."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from replearn.core import fingerprint
from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.results.rows import Column, Table, Words

ROWS, CURVES = "rows.parquet", "curves.parquet"
TABLE = Table(
    (
        Column("network", "words"),
        Column("seed", "int32"),
        Column("evaluation", "words"),
        Column("picture", "int32"),
        Column("label", "int8"),
        Column("prediction", "int8"),
        Column("confidence", "float"),
    )
)
CURVE_TABLE = Table(
    (
        Column("network", "words"),
        Column("seed", "int32"),
        Column("round", "int32"),
        Column("loss", "float"),
        Column("training_accuracy", "float"),
    ),
    level=None,
)


@dataclass(frozen=True, eq=False)
class MatrixRows:
    """What the networks answered.

    Attributes:
        networks: those that were trained, in the published order.
        seeds: those that every one of them has.
        evaluations: what they were tested on, in the published order.
        labels: (n,) what the test pictures are.
        answers: (networks, seeds, evaluations, n).
        confidences: the same shape, from 0 to 1.
        curves: (networks, seeds, rounds, 3): round, loss in nats, accuracy on training pictures.
        fingerprint: of the files.
    """

    networks: tuple[str, ...]
    seeds: tuple[int, ...]
    evaluations: tuple[str, ...]
    labels: npt.NDArray[np.int64]
    answers: npt.NDArray[np.uint8]
    confidences: npt.NDArray[np.float32]
    curves: npt.NDArray[np.float32]
    fingerprint: str


def write_matrix_rows(rows: MatrixRows, folder: Path) -> None:
    """Write `rows.parquet` and `curves.parquet`."""
    network, seed, evaluation, picture = _axes(rows.answers.shape)
    seeds = np.array(rows.seeds, np.int32)
    answers = {
        "network": Words(network, rows.networks),
        "seed": seeds[seed],
        "evaluation": Words(evaluation, rows.evaluations),
        "picture": picture,
        "label": rows.labels.astype(np.int8)[picture],
        "prediction": rows.answers.ravel().astype(np.int8),
        "confidence": rows.confidences.ravel(),
    }
    TABLE.write(answers, folder / ROWS)
    network, seed, epoch = _axes(rows.curves.shape[:3])
    curves = {
        "network": Words(network, rows.networks),
        "seed": seeds[seed],
        "round": epoch + 1,
        "loss": rows.curves[..., 1].ravel(),
        "training_accuracy": rows.curves[..., 2].ravel(),
    }
    CURVE_TABLE.write(curves, folder / CURVES)


def _axes(shape: tuple[int, ...]) -> list[npt.NDArray[np.int32]]:
    """Return for each axis where every cell stands on it, in the order of `ravel`."""
    return [axis.ravel() for axis in np.indices(shape, np.int32)]


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
    table, curves = TABLE.read(folder / ROWS), CURVE_TABLE.read(folder / CURVES)
    networks, evaluations = table["network"].words, table["evaluation"].words
    _, first = np.unique(table["seed"], return_index=True)
    seeds = tuple(int(seed) for seed in table["seed"][np.sort(first)])  # as they stand there
    shape = (len(networks), len(seeds), len(evaluations), -1)
    columns = [curves[name] for name in ("round", "loss", "training_accuracy")]
    answers = table["prediction"].reshape(shape)
    return MatrixRows(
        networks=networks,
        seeds=seeds,
        evaluations=evaluations,
        labels=table["label"][: answers.shape[-1]].astype(np.int64),
        answers=answers.astype(np.uint8),
        confidences=table["confidence"].reshape(shape),
        curves=np.stack(columns, 1).reshape(len(networks), len(seeds), -1, 3).astype(np.float32),
        fingerprint=fingerprint.of_file(folder / ROWS),
    )
