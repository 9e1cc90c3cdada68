"""Do two models see alike? Neighbours that vote, neighbours that are shared, and linear CKA."""

import time
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.statistics import proportion
from replearn.projections.neighbours import k_nearest
from replearn.projections.sample import stratified
from replearn.results.map import ModelComparison, ModelOnData
from replearn.results.stamp import Stamp
from replearn.store.embedding_table import EmbeddingTable
from replearn.studies.map.embed import embed

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
MOST = 5000  # pictures; more are drawn at random, by label


def compare_models(
    dataset: str, models: Sequence[str], k: int = 10, progress: Progress = silent
) -> ModelComparison:
    """Measure how several models sort one data set, and how far they agree.

    Args:
        dataset: a data set's name; labels are what `Sample.label` is.
        models: one or more models.
        k: neighbours counted, by cosine in the full space.
        progress: told as pictures are embedded.

    Raises:
        InputError: a name isn't known, there are too few pictures, or they have no labels.
    """
    if not models:
        raise InputError("Choose at least one model.")
    tables = [embed(dataset, model, progress) for model in dict.fromkeys(models)]
    common = _common(tables, k)
    labels = common[0].labels
    near = [k_nearest(table.vectors, k) for table in common]
    found = tuple(
        _on_data(table, rows, k, dataset) for table, rows in zip(common, near, strict=True)
    )
    overlap, cka = (np.eye(len(common), dtype=np.float32) for _ in range(2))
    for i in range(len(common)):
        for j in range(i):
            overlap[i, j] = overlap[j, i] = mutual_overlap(near[i], near[j])
            cka[i, j] = cka[j, i] = linear_cka(common[i].vectors, common[j].vectors)
    chance = float(np.bincount(labels[labels >= 0]).max() / (labels >= 0).sum())
    return ModelComparison(found, chance, overlap, cka, k)


def leave_one_out(near: Rows, labels: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return whether each row's neighbours name its label: a plain vote, ties to the nearer one.

    Args:
        near: (n, k) each row's nearest others, nearest first.
        labels: (n,) 0 or more.
    """
    # a hair more for the nearer decides ties and nothing else
    weights = 1 + np.linspace(0.1, 0.0, near.shape[1]) / near.shape[1]
    votes = np.zeros((len(near), int(labels.max()) + 1))
    np.add.at(votes, (np.arange(len(near))[:, None], labels[near]), weights)
    right: npt.NDArray[np.bool_] = votes.argmax(axis=1) == labels
    return right


def mutual_overlap(first: Rows, second: Rows) -> float:
    """Return the mean share of k nearest neighbours that two models share (Huh et al. 2024).

    Paper: https://arxiv.org/abs/2405.07987

    Args:
        first, second: (n, k) each row's nearest others under the two models.
    """
    shared = (first[:, :, None] == second[:, None, :]).sum(axis=(1, 2))
    return float(shared.mean() / first.shape[1])


def linear_cka(first: Floats, second: Floats) -> float:
    """Return linear centred kernel alignment, from 0 to 1 (Kornblith et al. 2019).

    Paper: https://arxiv.org/abs/1905.00414

    Args:
        first: (n, d).
        second: (n, e), row for row of the same pictures.
    """
    one, other = (
        part.astype(np.float64) - part.mean(0, dtype=np.float64) for part in (first, second)
    )
    together = float(np.linalg.norm(one.T @ other)) ** 2
    alone = float(np.linalg.norm(one.T @ one)) * float(np.linalg.norm(other.T @ other))
    return together / max(alone, 1e-30)


def _common(tables: list[EmbeddingTable], k: int) -> list[EmbeddingTable]:
    """Return the tables over the labelled pictures that all of them have, in one order."""
    places = [{identity: row for row, identity in enumerate(t.ids)} for t in tables]
    first = tables[0]
    rows = [
        row
        for row, identity in enumerate(first.ids)
        if first.labels[row] >= 0 and all(identity in place for place in places)
    ]
    if len(rows) <= k:
        raise InputError(
            f"{len(rows):,} labelled pictures are too few for {k} neighbours; "
            "choose a data set with labels, or a smaller k."
        )
    drawn = stratified([first.groups[row] for row in rows], MOST)
    ids = [first.ids[rows[i]] for i in drawn]
    return [t.take([place[i] for i in ids]) for t, place in zip(tables, places, strict=True)]


def _on_data(table: EmbeddingTable, near: Rows, k: int, dataset: str) -> ModelOnData:
    start = time.perf_counter()
    right = leave_one_out(near, table.labels)
    assert table.origin is not None  # embed gives it
    stamp = Stamp(
        table.origin.model,
        table.origin.fingerprint,
        time.perf_counter() - start,
        n=len(table),
        settings={"data": dataset, "leave-one-out kNN": f"k = {k}"},
    )
    return ModelOnData(table.origin.model, proportion(int(right.sum()), len(right)), stamp)
