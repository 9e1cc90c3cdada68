"""From answers to a table: accuracies, differences, effective robustness."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from replearn.core.statistics import Estimate, mean_of, proportion
from replearn.results.shift import Answers, Line, ShiftCell, ShiftTable
from replearn.results.stamp import Stamp
from replearn.studies.generalisation.effective_robustness import (
    effective_robustness,
    line_through,
    smoothed,
)
from replearn.studies.generalisation.shift_answers import network_of

Right = npt.NDArray[np.bool_]


def shift_table(
    given: Sequence[Answers],
    how: Mapping[str, str],
    baselines: Sequence[str],
    missing: Mapping[str, str],
    stamp: Stamp,
) -> ShiftTable:
    """Count answers to a table.

    Args:
        given: every model's answers to every row; the first row is the one without a shift.
        how: model -> how it answers, in words; the first and the last zero-shot are compared.
        baselines: models that lines go through, each through those on other networks than the
            model's own; empty takes, for each model, all the others.
        missing: model -> why it has no answers.
        stamp: where they come from.
    """
    found = {(one.shift, one.model): one for one in given}
    rows = tuple(dict.fromkeys(one.shift for one in given))
    everyone = tuple(dict.fromkeys(one.model for one in given))
    models = tuple(name for name in everyone if name not in baselines)
    right = {row: np.stack([found[row, name].right for name in everyone]) for row in rows}
    others = [_others(name, everyone, baselines) for name in everyone]
    heights = {
        (row, name): one
        for row in rows[1:]
        for name, one in zip(
            everyone, effective_robustness(right[rows[0]], right[row], others), strict=True
        )
    }
    cells = {
        key: ShiftCell(proportion(int(one.right.sum()), len(one.labels)), heights.get(key))
        for key, one in found.items()
    }
    compared = _compared(models, how)
    return ShiftTable(
        data=given[0].data,
        rows=rows,
        models=models,
        baselines=tuple(name for name in everyone if name in baselines),
        how=dict(how),
        cells=cells,
        missing=dict(missing),
        lines=_lines(rows, right, [i for i, name in enumerate(everyone) if name in baselines]),
        differences=_differences(found, rows, compared),
        compared=compared,
        chance=1 / max(len(one.classes) for one in given),
        stamp=stamp,
    )


def _others(name: str, everyone: Sequence[str], baselines: Sequence[str]) -> list[int]:
    """Return whom a model's line goes through: baselines on other networks, or all others."""
    if name in baselines:
        return []
    if not baselines:
        return [i for i, other in enumerate(everyone) if other != name]
    return [
        i
        for i, other in enumerate(everyone)
        if other in baselines and network_of(other) != network_of(name)
    ]


def _compared(models: Sequence[str], how: Mapping[str, str]) -> tuple[str, ...]:
    """Return the first model that was fitted on labels, and the first zero-shot one."""
    fitted = next((name for name in models if how[name] != "zero-shot"), None)
    free = next((name for name in models if how[name] == "zero-shot"), None)
    return (fitted, free) if fitted and free else ()


def _lines(
    rows: Sequence[str], right: Mapping[str, Right], drawn: Sequence[int]
) -> dict[str, Line]:
    chosen = [*drawn] or list(range(len(right[rows[0]])))
    lines = {
        row: line_through(smoothed(right[rows[0]])[chosen], smoothed(right[row])[chosen])
        for row in rows[1:]
    }
    return {row: line for row, line in lines.items() if line is not None}


def _differences(
    found: Mapping[tuple[str, str], Answers], rows: Sequence[str], compared: Sequence[str]
) -> dict[str, Estimate]:
    if not compared:
        return {}
    first, second = compared
    return {
        row: mean_of(found[row, second].right.astype(float) - found[row, first].right)
        for row in rows
    }
