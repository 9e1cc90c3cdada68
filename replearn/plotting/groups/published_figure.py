"""Published accuracy by group of Dollar Street, as lines of points."""

from typing import Any

from replearn.data.published import GroupAccuracy
from replearn.plotting.figures import Figure
from replearn.plotting.model_styles import model_styles


def published_figure(rows: tuple[GroupAccuracy, ...]) -> Figure:
    """Draw accuracy by income and by region, a line for each model; no intervals were published."""
    styles = model_styles(row.model for row in rows)
    traces: list[dict[str, Any]] = []
    for kind, axis in (("income", ""), ("region", "2")):
        for model, style in styles.items():
            shown = [row for row in rows if (row.kind, row.model) == (kind, model)]
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines+markers",
                    "name": model,
                    "legendgroup": model,
                    "showlegend": kind == "income",
                    "x": [row.group for row in shown],
                    "y": [row.accuracy for row in shown],
                    "xaxis": f"x{axis}",
                    "yaxis": "y",
                    "line": {"color": style.colour, "width": 2},
                    "marker": {"color": style.colour, "size": 10, "symbol": style.marker},
                    "hovertemplate": "%{x}: %{y:.3f}<extra>%{fullData.name}</extra>",
                }
            )
    layout = {
        "height": 300,
        "margin": {"l": 46, "r": 20, "t": 30, "b": 52},
        "xaxis": {
            "domain": [0, 0.42],
            "title": {"text": "income"},
            "type": "category",
            "showgrid": False,
        },
        "xaxis2": {
            "domain": [0.5, 1],
            "title": {"text": "region"},
            "type": "category",
            "showgrid": False,
        },
        "yaxis": {"range": [0.5, 1], "title": {"text": "accuracy"}},
        "legend": {"orientation": "h", "y": 1, "yanchor": "bottom", "font": {"size": 11}},
    }
    label = "published accuracy on Dollar Street by income and by region, a line per model"
    return {"traces": traces, "layout": layout, "label": label}
