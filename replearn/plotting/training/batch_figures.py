"""One anchor's loss, and CLIP's matrix, as Plotly figures."""

from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.plotting.figures import ACCENT, GREY, Figure
from replearn.plotting.training.run_figures import true_pairs
from replearn.results.training import AnchorLoss


def anchor_figure(found: AnchorLoss, names: list[str]) -> Figure:
    """Draw an anchor's cosines, their softmax shares and the pull on each, most alike first."""
    order = np.argsort(-found.cosines, kind="stable")
    colours = [ACCENT if j == found.positive else GREY for j in order]
    texts = [names[j] for j in order]
    rows: tuple[tuple[str, npt.NDArray[np.float64], str], ...] = (
        ("cosine", found.cosines, "x"),
        ("softmax share", found.shares, "x2"),
        ("gradient", found.pull, "x3"),
    )
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "x": np.round(values[order], 4).tolist(),
            "y": list(range(len(order))),
            "xaxis": axis,
            "marker": {"color": colours},
            "text": texts,
            "textposition": "none",
            "hovertemplate": f"%{{text}}: {title} %{{x:.3g}}<extra></extra>",
            "showlegend": False,
        }
        for title, values, axis in rows
    ]
    layout = {
        "height": 420,
        "margin": {"l": 120, "r": 8, "t": 8, "b": 44},
        "xaxis": {"domain": [0, 0.3], "title": {"text": "cosine"}, "range": [-1, 1]},
        "xaxis2": {"domain": [0.36, 0.64], "title": {"text": "softmax share"}, "range": [0, 1]},
        "xaxis3": {"domain": [0.7, 1], "title": {"text": "gradient of the loss"}},
        "yaxis": {
            "autorange": "reversed",
            "tickvals": list(range(len(order))),
            "ticktext": texts,
            "tickfont": {"size": 10},
        },
    }
    return {"traces": traces, "layout": layout, "label": "one anchor's loss"}


def caption_figure(
    cosines: npt.NDArray[np.float32],
    shares: npt.NDArray[np.float64],
    names: list[str],
    texts: list[str],
) -> Figure:
    """Draw the n x n softmax shares of pictures (rows) over captions, the true pairs marked."""
    count = len(names)
    places = list(range(count))
    hover = [
        [f"{name} | {text}: cosine {cosines[i, j]:.2f}" for j, text in enumerate(texts)]
        for i, name in enumerate(names)
    ]
    traces: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "z": np.round(shares, 4).tolist(),
            "zmin": 0,
            "zmax": 1,
            "colorscale": "Viridis",
            "colorbar": {"title": {"text": "softmax share"}, "thickness": 10},
            "text": hover,
            "hovertemplate": "%{text}, share %{z:.3f}<extra></extra>",
        },
        true_pairs(places, places, 18),
    ]
    layout = {
        "height": 420,
        "margin": {"l": 130, "r": 8, "t": 8, "b": 44},
        "xaxis": {
            "title": {"text": "caption"},
            "tickvals": places,
            "ticktext": [str(i + 1) for i in places],
        },
        "yaxis": {"tickvals": places, "ticktext": names, "range": [count - 0.5, -0.5]},
    }
    return {"traces": traces, "layout": layout, "label": "pictures by captions"}
