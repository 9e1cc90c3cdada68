"""Train on one, test on all: does a network cope with what it hasn't seen?

The fine-tuning matrix of Geirhos et al. 2018 (https://arxiv.org/abs/1808.08750) on `shapes`.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import nearest
from replearn.core.statistics import proportion
from replearn.data.published import GEIRHOS_CHANCE, fine_tuning_matrix
from replearn.data.shapes import FACTORS
from replearn.distortions.base import to_image, to_values
from replearn.distortions.geirhos2018 import MANIPULATIONS
from replearn.results.matrix import FineTuningMatrix, MatrixCell, Mistake
from replearn.results.rows.matrix import (
    MatrixRows,
    read_matrix_rows,
    shipped_matrix,
    write_matrix_rows,
)
from replearn.results.stamp import Stamp

TITLES = {m.name: m.title for m in MANIPULATIONS}
CLASSES = FACTORS["solid"]
EXAMPLES, MISTAKES = 12, 12
SHIPPED_SEEDS = 3


def make_matrix(
    networks: Sequence[str] = (),
    seeds: Sequence[int] = (0, 1, 2),
    folder: Path | None = None,
    progress: Progress = silent,
) -> FineTuningMatrix:
    """Train and test every network that isn't yet there, and write the rows.

    Args:
        networks: of A1 to A9, B1 to B9, C1, C2; () takes all.
        seeds: of weights and order.
        folder: where the rows go; None takes what ships.
        progress: told as training goes; may raise `StoppedError`: what is done is kept.

    Raises:
        InputError: there is no such network or no seed, or a part of the matrix would take the
            place of the whole one that ships.
    """
    from replearn.training.matrix.networks import NETWORKS
    from replearn.training.matrix.pictures import labels
    from replearn.training.matrix.run import train_matrix

    names = tuple(networks) or tuple(NETWORKS)
    if not seeds:
        raise InputError("Train with at least one seed.")
    if folder is None and (set(names) != set(NETWORKS) or len(seeds) < SHIPPED_SEEDS):
        raise InputError(
            f"The matrix that ships is of twenty networks and {SHIPPED_SEEDS} seeds; give a part "
            "of it another place by --out FOLDER."
        )
    runs = train_matrix(names, seeds, progress)
    answers = np.stack([np.load(run.folder() / "answers.npy") for run in runs])
    curves = np.stack([np.load(run.folder() / "curve.npy") for run in runs])
    # runs come seed by seed
    by_seed = (len(seeds), len(names))
    answers = answers.reshape(*by_seed, *answers.shape[1:]).swapaxes(0, 1)
    rows = MatrixRows(
        names,
        tuple(seeds),
        tuple(m.name for m in MANIPULATIONS),
        labels("test"),
        answers[..., 0],
        (answers[..., 1] / 255).astype(np.float32),
        curves.reshape(*by_seed, *curves.shape[1:]).swapaxes(0, 1),
        "",
    )
    where = folder or shipped_matrix()
    write_matrix_rows(rows, where)
    return matrix(where)


def matrix(folder: Path | None = None) -> FineTuningMatrix:
    """Return the matrix that ships, or that of a folder, beside the published one.

    Raises:
        InputError: there is none.
    """
    rows = read_matrix_rows(folder or shipped_matrix())
    published = fine_tuning_matrix()
    right = rows.answers == rows.labels
    names = [m.name for m in MANIPULATIONS]
    return FineTuningMatrix(
        evaluations=tuple(TITLES.values()),
        networks=rows.networks,
        trained_on=tuple(_trained_on(name) for name in rows.networks),
        accuracy=right.mean(-1).transpose(2, 0, 1),
        n=len(rows.labels),
        chance=1 / len(CLASSES),
        published=np.array([[published[e][name] for name in rows.networks] for e in names]),
        human=np.array([published[e]["human"] for e in names]),
        published_chance=GEIRHOS_CHANCE,
        stamp=Stamp(
            "ResNet-10 of 48 pixels",
            rows.fingerprint,
            0.0,
            n=len(rows.labels),
            settings={
                "networks": len(rows.networks),
                "seeds": " ".join(map(str, rows.seeds)),
                "data": "shapes, solids",
            },
        ),
    )


def _trained_on(network: str) -> tuple[str, ...]:
    from replearn.training.matrix.networks import NETWORKS

    return tuple(TITLES[name] for name in NETWORKS[network])


def matrix_cell(network: str, evaluation: str, folder: Path | None = None) -> MatrixCell:
    """Look into one cell.

    Args:
        network: "A1" to "C2".
        evaluation: name or title of the manipulation at test time.
        folder: of the rows; None takes what ships.

    Raises:
        InputError: there is no such network or manipulation.
    """
    rows = read_matrix_rows(folder or shipped_matrix())
    if network not in rows.networks:
        raise InputError(
            f"The matrix has no network {network!r}; it has {', '.join(rows.networks)}."
        )
    at = _evaluation(evaluation)
    column = rows.networks.index(network)
    answers = rows.answers[column, :, at]  # (seeds, n)
    right = answers == rows.labels
    wrong = np.flatnonzero(~right[0])
    wrong = wrong[np.argsort(-rows.confidences[column, 0, at, wrong], kind="stable")]
    pairs = Counter(
        (CLASSES[label], CLASSES[answer])
        for label, answer in zip(rows.labels[wrong], answers[0, wrong], strict=True)
    )
    shown = wrong[:MISTAKES]
    return MatrixCell(
        network=network,
        trained_on=_trained_on(network),
        evaluation=MANIPULATIONS[at].title,
        accuracies=tuple(proportion(int(one.sum()), len(one)) for one in right),
        published=fine_tuning_matrix()[MANIPULATIONS[at].name][network],
        examples=_pictures(at, np.arange(EXAMPLES)),
        curve=rows.curves[column, 0].astype(np.float64),
        mistakes=tuple(
            Mistake(
                picture,
                CLASSES[rows.labels[row]],
                CLASSES[answers[0, row]],
                float(rows.confidences[column, 0, at, row]),
            )
            for picture, row in zip(_pictures(at, shown), shown, strict=True)
        ),
        confused=tuple((label, answer, count) for (label, answer), count in pairs.most_common(5)),
    )


def _evaluation(given: str) -> int:
    for at, manipulation in enumerate(MANIPULATIONS):
        if given in {manipulation.name, manipulation.title}:
            return at
    raise InputError(
        f"The matrix has no manipulation {given!r}; it has {', '.join(TITLES)}."
        f"{nearest(given, TITLES)}"
    )


def _pictures(evaluation: int, rows: np.ndarray) -> np.ndarray:
    """Return test pictures as a network got them, (k, h, w, 3); rendered anew."""
    from replearn.training.matrix.pictures import dataset

    data = dataset("test")
    if not len(rows):
        return np.zeros((0, data.side, data.side, 3), np.uint8)
    clean = to_values([data[int(row)].image for row in rows])
    values = MANIPULATIONS[evaluation].apply_values(clean, [int(row) for row in rows])
    return np.stack([np.asarray(to_image(one)) for one in values])
