"""Tables of shifts as Markdown; what a user named is shown as it was written."""

from replearn.core.statistics import Estimate, Proportion
from replearn.data.published import clip_shifts
from replearn.results.matrix import Finding
from replearn.results.shift import ShiftTable
from replearn.studies.generalisation.shift_findings import shift_findings
from replearn.ui.frame.components import inert

DASH = "–"


def published_table() -> str:
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
    headings = ["data set", "supervised<br>ResNet-101", "zero-shot<br>CLIP ViT-L/14", "difference"]
    return _table(headings, rows)


def accuracy_table(found: ShiftTable) -> str:
    """Return accuracies with their intervals, and the difference of the two compared."""
    models = (*found.missing, *found.models)
    headings = ["data set", "n", *(_heading(found, name) for name in models)]
    if found.compared:
        first, second = map(inert, found.compared)
        headings.append(f"{second}<br>minus {first}")
    rows = []
    for row in found.rows:
        cells = [
            _share(found.cells[row, name].accuracy) if name in found.models else DASH
            for name in models
        ]
        if found.compared:
            cells.append(_below(found.differences[row]))
        count = found.cells[row, found.models[0]].accuracy.n
        rows.append([inert(row), f"{count:,}", *cells])
    return _table(headings, rows)


def robustness_table(found: ShiftTable) -> str:
    """Return every model's height above the line, for every shift."""
    rows = []
    for row in found.rows[1:]:
        heights = [found.cells[row, name].robustness for name in found.models]
        rows.append([inert(row), *(DASH if one is None else _below(one) for one in heights)])
    return _table(["above the line on", *map(inert, found.models)], rows)


def findings_list(found: ShiftTable) -> str:
    """Return what of CLIP's claim holds, statement by statement."""
    checks = shift_findings(found)
    if not checks:
        return ""
    holding = sum(one.holds for one in checks)
    lines = [f"**{holding} of {len(checks)} statements of CLIP's paper hold here.**", ""]
    return "\n".join([*lines, *(f"- {_said(one)}" for one in checks)])


def _said(one: Finding) -> str:
    verdict = "✓ holds" if one.holds else "✗ doesn't hold"
    measure = inert(one.measure[:1].upper() + one.measure[1:])
    return (
        f"{verdict}: {one.claim} {measure}: here {_signed(one.ours)} "
        f"(n = {one.ours.n:,}), published {one.published:+.2f}. It counts if {one.rule}."
    )


def _heading(found: ShiftTable, name: str) -> str:
    if name.startswith("probe:"):
        return f"{inert(name.removeprefix('probe:'))}<br>linear probe"
    return f"{inert(name)}<br>{found.how.get(name, found.missing.get(name, ''))}"


def _share(one: Proportion) -> str:
    return f"{one.value:.2f}<br>[{one.low:.2f}, {one.high:.2f}]"


def _signed(one: Estimate) -> str:
    # adding 0 makes a negative zero positive
    value, low, high = (round(x, 2) + 0.0 for x in (one.value, one.low, one.high))
    return f"{value:+.2f} [{low:+.2f}, {high:+.2f}]"


def _below(one: Estimate) -> str:
    return _signed(one).replace(" [", "<br>[")


def _table(headings: list[str], rows: list[list[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
