"""What a unit responds to, tells apart, covers and weighs, as figures, tables and sentences."""

from typing import Any

from replearn.core.statistics import two_figures
from replearn.plotting.figures import GREY, Figure
from replearn.results.part_words import UnitWords
from replearn.results.unit import Unit, UnitAblation

Rows = list[list[Any]]
SELECTIVE_COLUMNS = ["tells", "AUC [95 %]", "best untrained"]
OVERLAP_COLUMNS = ["covers", "IoU [95 %]", "best untrained"]
WORD_COLUMNS = ["word", "correlation", "beats shuffled"]
WEIGHT_COLUMNS = ["speaks for", "weight", "against", "weight "]
_FADED = "color: var(--body-text-color-subdued)"  # legible in both themes
OF_EACH = 5  # classes that a unit speaks most for, and most against


def response_figure(found: Unit) -> Figure:
    """Return how a unit's responses are distributed."""
    return {
        "label": "a unit's responses",
        "traces": [
            {
                "type": "histogram",
                "x": [float(value) for value in found.responses],
                "nbinsx": 40,
                "marker": {"color": GREY},
            }
        ],
        "layout": {
            "height": 200,
            "margin": {"l": 44, "r": 10, "t": 6, "b": 36},
            "xaxis": {"title": {"text": "highest response in a picture"}},
            "yaxis": {"title": {"text": "pictures"}},
        },
    }


def selective_rows(found: Unit, most: int = 8) -> Rows:
    """Return what a unit tells apart best, beside the untrained network's best unit."""
    return [
        [f"{one.factor}: {one.value}", one.area.interval, f"{one.untrained:.2f}"]
        for one in found.selectivity[:most]
    ]


def overlap_rows(found: Unit, most: int = 8) -> Rows:
    """Return what a unit covers best, beside the untrained network's best unit."""
    return [
        [f"{one.factor}: {one.value}", one.iou.interval, two_figures(one.untrained)]
        for one in found.overlaps[:most]
    ]


def weight_rows(found: Unit) -> Rows:
    """Return the classes that a unit speaks most for, and beside them most against."""
    count = min(OF_EACH, len(found.weights) // 2)
    return [
        [one.name, two_figures(one.weight), other.name, two_figures(other.weight)]
        for one, other in zip(found.weights[:count], found.weights[::-1], strict=False)
    ]


def ablation_line(found: UnitAblation) -> str:
    """Return what is right with and without a unit, in a sentence."""
    return (
        f"Right with it {found.before}, without it {found.after}, by {found.read_by}; the paired "
        f"change is {found.change}."
    )


def word_table(found: UnitWords) -> dict[str, Any]:
    """Return the words predicted for a unit; those that shuffled pictures match are grey."""
    rows = [
        [one.text, f"{one.correlation:.2f}", "yes" if one.beats else "no"] for one in found.words
    ]
    grey = [["" if one.beats else _FADED] * len(WORD_COLUMNS) for one in found.words]
    return {"data": rows, "headers": WORD_COLUMNS, "metadata": {"styling": grey}}
