"""Figures beside the map: four small maps, the shares of variance, two models' agreement."""

from typing import Any

import numpy as np

from replearn.plotting.figures import ACCENT, GREY, PALETTE, Figure, packed
from replearn.results.map import (
    EmbeddingMap,
    LayoutVariants,
    ModelComparison,
    PrincipalAxes,
)

HIDDEN = {"visible": False, "showgrid": False, "zeroline": False}


def variants_figure(found: LayoutVariants) -> Figure:
    """Draw the maps two by two, coloured by label, each with the neighbours it shares."""
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"height": 560, "margin": {"l": 4, "r": 4, "t": 52, "b": 4}}
    layout |= {"showlegend": False, "dragmode": False, "annotations": []}
    for i, one in enumerate(found.maps):
        number = "" if i == 0 else str(i + 1)
        traces.append(_dots(one, f"x{number}", f"y{number}"))
        left, top = i % 2 / 2 + 0.01, 1 - 0.56 * (i // 2)
        layout[f"xaxis{number}"] = {
            **HIDDEN,
            "domain": [left, left + 0.48],
            "anchor": f"y{number}",
            "fixedrange": True,
        }
        layout[f"yaxis{number}"] = {
            **HIDDEN,
            "domain": [max(0.0, top - 0.44), top],
            "scaleanchor": f"x{number}",
            "anchor": f"x{number}",
            "fixedrange": True,
        }
        layout["annotations"].append(
            {
                "text": _variant_title(found, i),
                "x": left + 0.24,
                "xanchor": "center",
                "y": top,
                "yanchor": "bottom",
                "xref": "paper",
                "yref": "paper",
                "showarrow": False,
                "font": {"size": 11},
            }
        )
    label = f"{len(found.maps)} maps of the same vectors, by {found.varied}"
    return {"traces": traces, "layout": layout, "label": label}


def _variant_title(found: LayoutVariants, i: int) -> str:
    """Return three short lines, which fit half a phone."""
    shares = found.maps[i].preservation
    first = next((name for name in shares if name.startswith("neighbours kept@")), None)
    text = f"{found.varied} {found.values[i]:g}"
    text += f"<br>{shares[first]:.0%} of true neighbours" if first else ""
    return f"{text}<br>{found.agreement[i]:.0%} of the first map's" if i else text


def plain_map_figure(found: EmbeddingMap, height: int = 260) -> Figure:
    """Draw one small map without labels."""
    layout = {
        "height": height,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "xaxis": HIDDEN,
        "yaxis": {**HIDDEN, "scaleanchor": "x"},
        "showlegend": False,
        "dragmode": False,
    }
    label = f"{found.projection} map of {len(found.ids):,} points"
    return {"traces": [_dots(found, "x", "y")], "layout": layout, "label": label}


def _dots(found: EmbeddingMap, x: str, y: str) -> dict[str, Any]:
    place = {name: i for i, name in enumerate(sorted(set(found.groups)))}
    colours = [PALETTE[place[name] % len(PALETTE)] for name in found.groups]
    return {
        "type": "scattergl",
        "mode": "markers",
        "x": packed(found.coordinates[:, 0]),
        "y": packed(found.coordinates[:, 1]),
        "xaxis": x,
        "yaxis": y,
        "hoverinfo": "skip",
        "marker": {"size": 3, "opacity": 0.7, "color": colours if len(place) > 1 else GREY},
    }


def variance_figure(found: PrincipalAxes) -> Figure:
    """Draw each component's share of the variance, and their sum so far."""
    x = list(range(1, len(found.explained) + 1))
    traces = [
        {
            "type": "bar",
            "name": "share",
            "x": x,
            "y": found.explained.tolist(),
            "marker": {"color": ACCENT},
        },
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "sum so far",
            "x": x,
            "y": np.cumsum(found.explained).tolist(),
            "line": {"color": GREY},
        },
    ]
    layout = {
        "height": 220,
        "xaxis": {"title": {"text": "component"}, "dtick": 1},
        "yaxis": {"title": {"text": "share of variance"}, "range": [0, 1]},
        "legend": {"orientation": "h", "y": 1.2},
    }
    return {"traces": traces, "layout": layout, "label": "explained variance by component"}


def agreement_figure(found: ModelComparison) -> Figure:
    """Draw mutual kNN overlap and linear CKA of every pair of models."""
    names = [row.model for row in found.models]
    traces: list[dict[str, Any]] = []
    for number, (title, cells) in enumerate(
        ((f"shared neighbours (k = {found.k})", found.overlap), ("linear CKA", found.cka))
    ):
        axis = "" if number == 0 else "2"
        traces.append(
            {
                "type": "heatmap",
                "name": title,
                "z": cells.tolist(),
                "x": names,
                "y": names,
                "xaxis": f"x{axis}",
                "yaxis": f"y{axis}",
                "zmin": 0,
                "zmax": 1,
                "colorscale": "Viridis",
                "showscale": False,
                "texttemplate": "%{z:.2f}",
                "hovertemplate": "%{x}, %{y}: %{z:.3f}<extra></extra>",
            }
        )
    side = {"tickangle": -25, "automargin": True}
    layout = {
        "height": 190 + 34 * len(names),
        "margin": {"l": 120, "r": 8, "t": 34, "b": 60},
        "xaxis": {**side, "domain": [0, 0.48], "title": {"text": traces[0]["name"]}},
        "xaxis2": {**side, "domain": [0.52, 1], "title": {"text": traces[1]["name"]}},
        "yaxis": {"autorange": "reversed", "automargin": True},
        "yaxis2": {"autorange": "reversed", "showticklabels": False, "anchor": "x2"},
    }
    return {"traces": traces, "layout": layout, "label": "agreement of models"}
