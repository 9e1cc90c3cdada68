"""Words and heads' factors as tables and figures."""

from typing import Any

from replearn.plotting.figures import ACCENT, Figure
from replearn.plotting.parts.bars import part_name
from replearn.results.head_factors import GroupAblation, HeadFactors
from replearn.results.part_words import Concepts, HeadTexts

Rows = list[list[Any]]
HEAD_COLUMNS = ["head", "its share", "texts, in order", "they explain", "shuffled texts explain"]


def head_rows(found: HeadTexts) -> Rows:
    """Return a row for each head, the one that varies most first."""
    order = sorted(found.centred, key=lambda part: -float(found.weight[part]))
    return [
        [
            part_name(part),
            f"{float(found.weight[part]):.2f}",
            "; ".join(found.centred[part].texts),
            f"{found.centred[part].total:.2f}",
            f"{found.centred[part].shuffled:.2f}",
        ]
        for part in order
    ]


def factor_figure(found: HeadFactors) -> Figure:
    """Return how well each factor is read from each head, as a table of colours."""
    layers, heads, _ = found.read.shape
    names = [part_name((layer, head)) for layer in range(layers) for head in range(heads)]
    flat = found.read.reshape(layers * heads, -1)
    beside = found.shuffled.reshape(layers * heads, -1)
    return {
        "label": "how well each factor is read from each head",
        "traces": [
            {
                "type": "heatmap",
                "x": list(found.factors),
                "y": names,
                "z": flat.round(3).tolist(),
                "customdata": beside.round(3).tolist(),
                "zmin": 0,
                "zmax": 1,
                "colorscale": "Viridis",
                "texttemplate": "%{z:.2f}",
                "hovertemplate": "%{y}, %{x}: %{z:.2f}; labels shuffled %{customdata:.2f}"
                "<extra></extra>",
            }
        ],
        "layout": {
            "height": 24 * len(names) + 90,
            "margin": {"l": 10, "r": 10, "t": 6, "b": 40},
            "yaxis": {"autorange": "reversed", "automargin": True},
        },
    }


def ablation_lines(found: GroupAblation) -> list[str]:
    """Return a sentence for each group of heads that was taken off."""
    lines = []
    for group in ("carriers", "others"):
        rows = [row for row in found.rows if row.group == group]
        most = "most" if group == "carriers" else "least"
        heads = "; ".join(part_name(head) for head in rows[0].heads)
        changes = ", ".join(
            f"{row.asked} {row.before:.2f} changes by {row.change.interval}" for row in rows
        )
        lines.append(f"Without the heads that carry {found.factor} {most} ({heads}): {changes}.")
    return lines


def concept_figure(found: Concepts) -> Figure:
    """Return the words of a picture's sum as bars."""
    return {
        "label": "the picture as a sum of words",
        "traces": [
            {
                "type": "bar",
                "orientation": "h",
                "x": list(found.weights),
                "y": list(found.words),
                "marker": {"color": ACCENT},
                "hovertemplate": "%{y}: %{x:.3f}<extra></extra>",
            }
        ],
        "layout": {
            "height": 26 * max(1, len(found.words)) + 70,
            "margin": {"l": 10, "r": 10, "t": 6, "b": 36},
            "xaxis": {"title": {"text": "weight"}, "rangemode": "tozero"},
            "yaxis": {"autorange": "reversed", "automargin": True},
        },
    }


def nearest_rows(found: Concepts) -> Rows:
    """Return the nearest words, raw and with the mean picture's answer taken away."""
    return [
        [raw, f"{cosine:.3f}", centred, f"{excess:+.3f}"]
        for (raw, cosine), (centred, excess) in zip(
            found.nearest, found.nearest_centred, strict=True
        )
    ]
