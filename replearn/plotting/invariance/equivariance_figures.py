"""Do the maps move with the picture? Over levels, over layers, and the map of shifts."""

import math
from collections.abc import Sequence
from typing import Any

from replearn.core.statistics import Estimate
from replearn.plotting.figures import ACCENT, COMPARISON, GREY, PALETTE, Figure, plain
from replearn.plotting.invariance.level_figures import HEIGHT, short_layer
from replearn.results.invariance import Equivariance, LayerEquivariance, ShiftMap, area

SIDE = 400  # of the map of shifts, in pixels
_WAYS = (
    ("returned", "moved back: equivariance", ACCENT, "circle", "solid"),
    ("standing", "as it stands", COMPARISON, "square", "dash"),
    ("pooled", "pooled: invariance", GREY, "diamond", "dot"),
)


def returned_figure(found: Equivariance) -> Figure:
    """Draw the cosine of maps moved back, over the levels; a line for each layer."""
    traces = [_returned(layer, number) for number, layer in enumerate(found.layers)]
    layout = {
        **_layout("map moved back, against the clean map"),
        "xaxis": {"title": {"text": plain(found.unit, 60), "font": {"size": 12}}},
        "yaxis": {"title": {"text": "cosine", "font": {"size": 12}}, "range": [-0.04, 1.04]},
    }
    label = f"equivariance to {found.factor} over its levels, one line per layer"
    return {"traces": traces, "layout": layout, "label": label}


def _returned(layer: LayerEquivariance, number: int) -> dict[str, Any]:
    name = plain(short_layer(layer.layer), 24)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": f"{name} ({layer.rows} x {layer.columns})",
        "x": list(layer.levels),
        "y": _values(layer.returned),
        "text": [str(one) for one in layer.returned],
        "hovertemplate": f"{name} at %{{x}}: %{{text}}<extra></extra>",
        "line": {"color": PALETTE[number % len(PALETTE)], "width": 2},
        "marker": {"symbol": number, "size": 7},
    }


def depth_figure(found: Equivariance) -> Figure:
    """Draw means over the levels for each layer: moved back, as it stands, and pooled."""
    names = [plain(short_layer(layer.layer), 24) for layer in found.layers]
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": title,
            "x": list(range(len(names))),
            "y": [_mean(getattr(layer, way), layer.levels) for layer in found.layers],
            "hovertemplate": f"%{{text}}, {title}: %{{y:.2f}}<extra></extra>",
            "text": names,
            "line": {"color": colour, "dash": dash, "width": 2},
            "marker": {"symbol": symbol, "size": 8},
        }
        for way, title, colour, symbol, dash in _WAYS
    ]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": "maps of two pictures",
            "x": list(range(len(names))),
            "y": [round(layer.chance, 4) for layer in found.layers],
            "hovertemplate": "two different pictures: %{y:.2f}<extra></extra>",
            "marker": {"symbol": "line-ew-open", "size": 18, "color": GREY, "line": {"width": 2}},
        }
    )
    layout = {
        **_layout("mean over the levels, shallow to deep"),
        "xaxis": {"tickvals": list(range(len(names))), "ticktext": names, "tickangle": -30},
        "yaxis": {"title": {"text": "cosine", "font": {"size": 12}}, "range": [-0.04, 1.04]},
    }
    label = f"equivariance and invariance to {found.factor} by layer"
    return {"traces": traces, "layout": layout, "label": label}


def _values(means: Sequence[Estimate]) -> list[float | None]:
    # Plotly leaves a gap for None; nan would not travel
    return [round(one.value, 4) if math.isfinite(one.value) else None for one in means]


def _mean(means: Sequence[Estimate], levels: Sequence[float]) -> float | None:
    found = float(area([one.value for one in means], levels))
    return None if math.isnan(found) else round(found, 4)


def _layout(title: str) -> dict[str, Any]:
    return {
        "height": HEIGHT + 90,
        "margin": {"l": 52, "r": 8, "t": 30, "b": 120},
        "title": {"text": title, "font": {"size": 13}, "x": 0.01, "xanchor": "left", "y": 0.98},
        "legend": {"orientation": "h", "y": -0.32, "x": 0, "font": {"size": 11}},
    }


def shift_figure(found: ShiftMap, kind: str) -> Figure:
    """Draw the map of shifts; a cross where the answer is another.

    Args:
        found: the map.
        kind: "probability" (of the unmoved picture's answer) or "cosine".
    """
    answered = kind == "probability" and found.probabilities is not None
    values = found.probabilities if answered else found.cosines
    assert values is not None
    what = f"probability of {plain(found.predicted, 30)}" if answered else "cosine"
    places = list(found.offsets)
    traces: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "x": places,
            "y": places,
            "z": values.round(4).tolist(),
            "colorscale": "Viridis",
            **({"zmin": 0, "zmax": 1} if answered else {"zmax": 1}),
            "colorbar": {"thickness": 12, "title": {"text": what, "side": "right"}},
            "hovertemplate": f"%{{x}} right, %{{y}} down: {what} %{{z:.3f}}<extra></extra>",
        }
    ]
    traces += _crosses(found)
    layout = {
        "height": SIDE,
        "margin": {"l": 52, "r": 8, "t": 10, "b": 44},
        "xaxis": {"title": {"text": "pixels to the right"}, "constrain": "domain"},
        "yaxis": {
            "title": {"text": "pixels down"},
            "autorange": "reversed",
            "scaleanchor": "x",
            "constrain": "domain",
        },
        "shapes": [_step(at, axis) for at in _steps(found) for axis in "xy"],
    }
    return {"traces": traces, "layout": layout, "label": f"{what} over shifts right and down"}


def _crosses(found: ShiftMap) -> list[dict[str, Any]]:
    """Return a mark on every place where the answer is another than in the middle."""
    if found.same is None or found.same.all():
        return []
    rows, columns = (~found.same).nonzero()
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [found.offsets[i] for i in columns],
            "y": [found.offsets[j] for j in rows],
            "marker": {
                "symbol": "x",
                "size": 6,
                "color": "#ffffff",
                "line": {"color": "#000000", "width": 1},
            },
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]


def _steps(found: ShiftMap) -> list[int]:
    """Return the shifts by whole steps of the last feature map that the map spans."""
    last = found.offsets[-1]
    if found.stride < 2:
        return []
    return [at for at in range(-last, last + 1) if at % found.stride == 0]


def _step(at: int, axis: str) -> dict[str, Any]:
    across = "y" if axis == "x" else "x"
    return {
        "type": "line",
        f"{axis}0": at,
        f"{axis}1": at,
        f"{axis}ref": axis,
        f"{across}0": 0,
        f"{across}1": 1,
        f"{across}ref": "paper",
        "line": {"color": "#ffffff", "width": 1, "dash": "dot"},
    }
