"""Models by factors as a table: one number each, the best of a column marked by a sign."""

from collections.abc import Mapping, Sequence

from replearn.core.statistics import Estimate
from replearn.results.invariance import Invariance, InvarianceCurve

MEASURES = {
    "rescaled": "cosine between chance (0) and unmoved (1)",
    "accuracy_area": "accuracy, mean over the levels",
    "area": "plain cosine, mean over the levels",
}
BEST, AS_GOOD = "★", "☆"


def invariance_table(found: Mapping[str, Invariance], measure: str) -> str:
    """Return a Markdown table: a row per model, a column per factor, areas with their intervals.

    A star is the best of its column; a hollow one can't be told from it, for the intervals overlap.

    Args:
        found: factor to curves.
        measure: an entry of `MEASURES`.
    """
    models = list(dict.fromkeys(c.model for one in found.values() for c in one.embeddings))
    columns = {
        factor: {curve.model: _figure(curve, measure) for curve in one.embeddings}
        for factor, one in found.items()
    }
    marks = {factor: marked(column) for factor, column in columns.items()}
    lines = ["| model | " + " | ".join(columns) + " |", "| --- |" + " --- |" * len(columns)]
    for model in models:
        cells = [
            _cell(column.get(model), marks[factor].get(model, ""))
            for factor, column in columns.items()
        ]
        lines.append(f"| {_code(model)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _figure(curve: InvarianceCurve, measure: str) -> Estimate | None:
    figures = {
        "rescaled": curve.rescaled,
        "area": curve.area,
        "accuracy_area": curve.accuracy_area,
    }
    return figures[measure]


def marked(column: Mapping[str, Estimate | None]) -> dict[str, str]:
    """Return a sign for the best model of a column and for those that can't be told from it."""
    known = {name: one for name, one in column.items() if one is not None}
    if not known:
        return {}
    best = max(known, key=lambda name: known[name].value)
    alike = [n for n, one in known.items() if n != best and one.high >= known[best].low]
    return {best: BEST, **dict.fromkeys(alike, AS_GOOD)}


def _cell(one: Estimate | None, mark: str) -> str:
    if one is None:
        return "none"
    value = f"**{one.value:.2f}** {mark}" if mark == BEST else f"{one.value:.2f} {mark}".strip()
    return f"{value}<br><small>{one.low:.2f} to {one.high:.2f}</small>"


def _code(name: str) -> str:
    return f"`{name.replace('`', '').replace('|', '')}`"


def table_rows(found: Mapping[str, Invariance]) -> Sequence[dict[str, str | float | int]]:
    """Return the same figures as rows, for a file: one per factor, model, layer and measure."""
    return [
        {
            "factor": factor,
            "model": curve.model,
            "layer": curve.layer,
            "measure": measure,
            "value": figure.value,
            "low": figure.low,
            "high": figure.high,
            "n": figure.n,
            "chance": curve.chance,
        }
        for factor, one in found.items()
        for curve in one.curves
        for measure in MEASURES
        if (figure := _figure(curve, measure)) is not None
    ]
