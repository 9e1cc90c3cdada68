"""A table of shifts as headings and rows of text."""

from replearn.core.shift_results import ShiftTable
from replearn.core.statistics import Estimate
from replearn.studies.published import clip_shifts

Grid = tuple[list[str], list[list[str]]]
DASH = "–"


def published_grid() -> Grid:
    """Return the table of CLIP's paper; it gives no intervals."""
    rows = [
        [
            row.dataset,
            f"{row.supervised:.3f}",
            f"{row.zero_shot:.3f}",
            f"{row.zero_shot - row.supervised:+.3f}",
        ]
        for row in clip_shifts()
    ]
    return ["data set", "ResNet-101, supervised", "CLIP ViT-L/14, zero-shot", "difference"], rows


def accuracy_grid(found: ShiftTable) -> Grid:
    """Return accuracies with their intervals, and the difference of the two compared."""
    models = (*found.missing, *found.models)
    headings = ["data set", *(_heading(found, name) for name in models)]
    if found.compared:
        first, second = found.compared
        headings.append(f"{second} minus {first}")
    rows = []
    for row in found.rows:
        cells = [
            str(found.cells[row, name].accuracy) if name in found.models else DASH
            for name in models
        ]
        if found.compared:
            cells.append(_signed(found.differences[row]))
        rows.append([row, *cells])
    return headings, rows


def robustness_grid(found: ShiftTable) -> Grid:
    """Return every model's height above the line, for every shift."""
    rows = []
    for row in found.rows[1:]:
        heights = [found.cells[row, name].robustness for name in found.models]
        rows.append([row, *(DASH if one is None else _signed(one) for one in heights)])
    return ["above the line on", *found.models], rows


def _heading(found: ShiftTable, name: str) -> str:
    how = found.how.get(name, found.missing.get(name, ""))
    return name if name.startswith("probe:") else f"{name} ({how})"


def _signed(one: Estimate) -> str:
    return f"{one.value:+.2f} [{one.low:+.2f}, {one.high:+.2f}] (n = {one.n:,})"
