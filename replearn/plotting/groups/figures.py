"""Accuracy by group: a dot with its interval for each group and model."""

from collections.abc import Sequence
from typing import Any

from replearn.plotting.figures import ACCENT, GREY, Figure, plain
from replearn.plotting.model_styles import model_styles
from replearn.results.groups import Columns, Group, GroupReport
from replearn.results.groups.comparison import GroupComparison

MOST = 40  # groups drawn; the worst, and all stand in the table
NAME = 34  # characters of a group's name


def group_figure(reports: Sequence[GroupReport], by: Columns) -> Figure:
    """Draw groups down and accuracy across; a click tells model and group as one number.

    Groups of fewer than 20 pictures are grey and hollow. The number is that of the group in
    `clicked`.
    """
    styles = model_styles(report.stamp.model for report in reports)
    names = drawn_groups(reports, by)
    traces: list[dict[str, Any]] = []
    for place, report in enumerate(reports):
        model, style = report.stamp.model, styles[report.stamp.model]
        rows = {row.values: row for row in report.groups(by)}
        there = [(i, rows[values]) for i, values in enumerate(names) if values in rows]
        # side by side, so that intervals don't lie on each other
        offset = 0.5 * ((place + 0.5) / len(reports) - 0.5)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": f"{model}: {report.overall.value:.2f} of all",
                "x": [round(row.accuracy.value, 4) for _, row in there],
                "y": [i + offset for i, _ in there],
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": [round(r.accuracy.high - r.accuracy.value, 4) for _, r in there],
                    "arrayminus": [round(r.accuracy.value - r.accuracy.low, 4) for _, r in there],
                    "thickness": 1.5,
                    "width": 3,
                    "color": style.colour,
                },
                "marker": {
                    "size": 9,
                    "color": [style.colour if row.ranked else GREY for _, row in there],
                    "symbol": [
                        style.marker if row.ranked else f"{style.marker}-open" for _, row in there
                    ],
                },
                "text": [_told(row) for _, row in there],
                "customdata": [place * MOST + i for i, _ in there],
                "hovertemplate": "%{text}<extra>" + plain(model, 40) + "</extra>",
            }
        )
    # where all groups are low, their differences should be seen; 0 stays in sight
    highest = max((r.accuracy.high for one in reports for r in one.groups(by)), default=1.0)
    layout = {
        "height": 80 + (20 + 8 * len(reports)) * max(3, len(names)) + 20 * len(reports),
        "xaxis": {
            "title": {"text": "accuracy, with its 95 % interval"},
            "range": [-0.03 * highest, 1.03 * highest],
        },
        "yaxis": {
            "tickvals": list(range(len(names))),
            "ticktext": [plain(", ".join(values), NAME) for values in names],
            "range": [len(names) - 0.4, -0.6],
            "automargin": True,
            "zeroline": False,
        },
        "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom"},
        "margin": {"l": 8, "r": 12, "t": 14 + 20 * len(reports), "b": 48},
        "hovermode": "closest",
    }
    return {"traces": traces, "layout": layout, "label": "accuracy by group, a dot a model"}


def drawn_groups(reports: Sequence[GroupReport], by: Columns) -> list[Columns]:
    """Return the groups that are drawn, in the order of the first report: the worst first."""
    found = dict.fromkeys(row.values for report in reports for row in report.groups(by))
    return list(found)[:MOST]


def clicked(reports: Sequence[GroupReport], by: Columns, number: int) -> tuple[int, Columns] | None:
    """Return which report and group a click on the figure means; None of another figure."""
    place, index = divmod(number, MOST)
    names = drawn_groups(reports, by)
    return (place, names[index]) if place < len(reports) and index < len(names) else None


def change_figure(found: GroupComparison) -> Figure:
    """Draw each group's accuracy before and after, joined by a line."""
    rows = found.rows[:MOST]
    names = [plain(", ".join(row.values), NAME) for row in rows]
    joined: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for row in rows for x in (row.before.value, row.after.value, None)],
        "y": [y for i in range(len(rows)) for y in (i, i, None)],
        "line": {"color": GREY, "width": 1.5},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    traces = [joined]
    for way, shares, symbol, colour in (
        (found.ways[0], [row.before for row in rows], "circle-open", GREY),
        (found.ways[1], [row.after for row in rows], "circle", ACCENT),
    ):
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": plain(way, 40),
                "x": [round(one.value, 4) for one in shares],
                "y": list(range(len(rows))),
                "marker": {"symbol": symbol, "size": 10, "color": colour},
                "text": [
                    f"{name}: {one}; change {row.change.value:+.2f} [{row.change.low:+.2f}, "
                    f"{row.change.high:+.2f}]"
                    for name, one, row in zip(names, shares, rows, strict=True)
                ],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
    layout = {
        "height": 120 + 26 * max(3, len(rows)),
        "xaxis": {"title": {"text": "accuracy"}, "range": [-0.03, 1.03]},
        "yaxis": {
            "tickvals": list(range(len(rows))),
            "ticktext": names,
            "range": [len(rows) - 0.5, -0.5],
            "automargin": True,
            "zeroline": False,
        },
        "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom"},
        "margin": {"l": 8, "r": 12, "t": 54, "b": 48},
    }
    return {"traces": traces, "layout": layout, "label": "accuracy by group, before and after"}


def _told(row: Group) -> str:
    small = "" if row.ranked else "; too few to be ranked"
    return f"{plain(row.name, 80)}: {row.accuracy}{small}"
