"""Form against texture: accuracy by rendition, and the shape bias of each category."""

from collections.abc import Mapping, Sequence
from typing import Any

from replearn.core.statistics import Proportion
from replearn.plotting.figures import COMPARISON, GREY, PALETTE, Figure
from replearn.results.shape import RENDITIONS, RenditionAccuracy, ShapeBias

TITLE = 70  # pixels from the axis to below its title
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon")


def rendition_figure(found: Sequence[RenditionAccuracy], chance: float) -> Figure:
    """Draw accuracy over the five renditions, a line of points for each model."""
    models = list(dict.fromkeys(one.model for one in found))
    traces: list[dict[str, Any]] = []
    for number, model in enumerate(models):
        by_name = {one.rendition: one.accuracy for one in found if one.model == model}
        values = [by_name[name] for name in RENDITIONS if name in by_name]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": model,
                "x": [name for name in RENDITIONS if name in by_name],
                "y": [round(value.value, 4) for value in values],
                "error_y": _intervals(values),
                "line": {"color": PALETTE[number % len(PALETTE)], "width": 1, "dash": "dot"},
                "marker": {"symbol": SYMBOLS[number % len(SYMBOLS)], "size": 9},
                "text": [str(value) for value in values],
                "hovertemplate": "%{x}: %{text}<extra>" + model + "</extra>",
            }
        )
    traces.append(_chance(chance))
    layout = {
        "height": 360,
        "yaxis": {"title": {"text": "accuracy"}, "range": [0, 1.02]},
        "xaxis": {"type": "category"},
        "legend": {"orientation": "h", "y": -0.2},
        "margin": {"l": 48, "r": 12, "t": 12, "b": 90},
    }
    return {"traces": traces, "layout": layout, "label": "accuracy by rendition, one line a model"}


def _chance(chance: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": f"chance {chance:.2f}",
        "x": list(RENDITIONS),
        "y": [chance] * len(RENDITIONS),
        "line": {"color": GREY, "dash": "dash"},
        "hoverinfo": "skip",
    }


def _intervals(values: Sequence[Proportion]) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [round(value.high - value.value, 4) for value in values],
        "arrayminus": [round(value.value - value.low, 4) for value in values],
    }


def shape_bias_figure(
    found: Mapping[str, ShapeBias], published: Mapping[str, float] | None = None
) -> Figure:
    """Draw, as the paper does, each category's share of shape answers, and the models' means.

    Args:
        found: model -> its shape bias.
        published: observer -> shape bias, drawn as upright lines, on other pictures.
    """
    categories = list(dict.fromkeys(name for one in found.values() for name in one.by_shape))
    traces: list[dict[str, Any]] = []
    for number, (model, bias) in enumerate(found.items()):
        colour = PALETTE[number % len(PALETTE)]
        known = [name for name in categories if name in bias.by_shape and bias.by_shape[name].n]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": f"{model}: {bias.overall.value:.2f}",
                "x": [round(bias.by_shape[name].value, 4) for name in known],
                "y": known,
                "marker": {
                    "symbol": SYMBOLS[number % len(SYMBOLS)],
                    "size": 10,
                    "color": colour,
                },
                "text": [str(bias.by_shape[name]) for name in known],
                "hovertemplate": "%{y}: %{text}<extra>" + model + "</extra>",
            }
        )
    lines = [
        (one.overall.value, PALETTE[number % len(PALETTE)], "solid", "")
        for number, one in enumerate(found.values())
    ]
    lines += [(value, COMPARISON, "dot", name) for name, value in (published or {}).items()]
    rows = 30 + 26 * max(4, len(categories))  # pixels
    # published names rise to the right of their lines
    above = 12 + round(1.8 * max(map(len, published or [""])))
    below = TITLE + 8 + 19 * len(found)
    layout = {
        "height": rows + above + below,
        "margin": {"l": 8, "r": 12, "t": above, "b": below},
        "xaxis": {
            "title": {"text": "share of shape answers<br>(0 all texture, 1 all shape)"},
            "range": [-0.03, 1.03],
        },
        "yaxis": {"automargin": True, "autorange": "reversed", "type": "category"},
        "legend": {"orientation": "h", "y": -TITLE / rows, "yanchor": "top"},
        "shapes": [
            {
                "type": "line",
                "x0": x,
                "x1": x,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": colour, "width": 1.5, "dash": dash},
            }
            for x, colour, dash, _ in lines
        ],
        "annotations": [
            {
                "x": x,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "text": name,
                "showarrow": False,
                "textangle": -18,
                "xanchor": "left",
                "font": {"size": 10, "color": COMPARISON},
            }
            for x, _, _, name in lines
            if name
        ],
    }
    return {"traces": traces, "layout": layout, "label": "share of shape answers by category"}
