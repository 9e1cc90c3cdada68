"""The benchmark of methods as a table: a row per method, a column per measure."""

from collections.abc import Sequence

from replearn.core.statistics import Estimate
from replearn.results.explainer_benchmark import MEASURES, MethodFigure


def benchmark_table(found: Sequence[MethodFigure], model: str) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows of one model; n stands in the heading where all methods share it."""
    own = [figure for figure in found if figure.model == model]
    measures = [name for name in MEASURES if any(figure.measure == name for figure in own)]
    counts = {name: {f.figure.n for f in own if f.measure == name} for name in measures}
    titles = [
        f"{name} (n = {counts[name].copy().pop()})" if len(counts[name]) == 1 else name
        for name in measures
    ]
    cells = {(figure.method, figure.measure): figure.figure for figure in own}
    rows = [
        [method, *(_cell(cells.get((method, name)), len(counts[name]) > 1) for name in measures)]
        for method in dict.fromkeys(figure.method for figure in own)
    ]
    return ["method", *titles], rows


def _cell(found: Estimate | None, with_n: bool) -> str:
    if found is None:
        return ""
    return str(found) if with_n else found.interval
