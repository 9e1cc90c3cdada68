"""Manipulations and shifts that training didn't have: rows that ship, and published ones."""

from functools import lru_cache

from replearn.results.matrix import FineTuningMatrix
from replearn.results.shift import ShiftTable


def matrix(network: str, evaluation: str) -> float:
    """Return a cell of the matrix, the mean over its seeds, from 0 to 1.

    Args:
        network: "A1" to "C2".
        evaluation: name of the manipulation at test time, as "uniform_noise_0.35".
    """
    return float(_matrix().accuracy[_at(network, evaluation)].mean())


def matrix_published(network: str, evaluation: str) -> float:
    """Return the same cell of Geirhos et al. 2018, from 0 to 1."""
    return float(_matrix().published[_at(network, evaluation)])


def matrix_finding(number: str, whose: str) -> float:
    """Return a finding's number.

    Args:
        number: which of the findings, from 1.
        whose: "ours" or "published".
    """
    from replearn.studies.generalisation.matrix_findings import findings

    found = findings(_matrix())[int(number) - 1]
    return {"ours": found.ours.value, "published": found.published}[whose]


def shift(data: str, row: str, model: str) -> float:
    """Return a model's accuracy on a row of a shipped shift, from 0 to 1."""
    return _table(data).cells[row, model].accuracy.value


def shift_lead(data: str, row: str) -> float:
    """Return what the zero-shot model has more than the supervised one, paired, from -1 to 1."""
    return _table(data).differences[row].value


def robustness(data: str, row: str, model: str) -> float:
    """Return a model's effective robustness on a row, in accuracy from -1 to 1."""
    found = _table(data).cells[row, model].robustness
    if found is None:
        raise ValueError("this row has no line")
    return found.value


def clip_published(dataset: str, whose: str) -> float:
    """Return accuracy in CLIP's table from 0 to 1; whose: "supervised" or "zero_shot"."""
    from replearn.data.published import clip_shifts

    return float(getattr(next(row for row in clip_shifts() if row.dataset == dataset), whose))


@lru_cache(maxsize=1)
def _matrix() -> FineTuningMatrix:
    from replearn.studies.generalisation import matrix as study

    return study.matrix()


def _at(network: str, evaluation: str) -> tuple[int, int]:
    from replearn.studies.generalisation.matrix import TITLES

    return list(TITLES).index(evaluation), _matrix().networks.index(network)


@lru_cache(maxsize=4)
def _table(data: str) -> ShiftTable:
    from replearn.studies.generalisation.shift import shipped_shift_table

    return shipped_shift_table(data)
