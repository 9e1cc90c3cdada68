"""What an experiment measured, as bars with their intervals."""

from replearn.plotting.figures import ACCENT, Figure
from replearn.results.training import Reveal


def reveal_figure(found: Reveal) -> Figure:
    """Draw a bar and an interval for each reading."""
    values = [reading.value for reading in found.readings]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [round(value, 4) for value in values],
        "y": [reading.name for reading in found.readings],
        "marker": {"color": ACCENT},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [round(r.high - r.value, 4) for r in found.readings],
            "arrayminus": [round(r.value - r.low, 4) for r in found.readings],
        },
        "text": [str(reading) for reading in found.readings],
        "textposition": "none",
        "hovertemplate": "%{y}: %{text}<extra></extra>",
        "showlegend": False,
    }
    shares = all(reading.value >= 0 for reading in found.readings)
    layout = {
        "height": 90 + 44 * len(values),
        "margin": {"l": 8, "r": 12, "t": 8, "b": 44},
        "xaxis": {"title": {"text": found.unit}, **({"range": [0, 1]} if shares else {})},
        "yaxis": {"autorange": "reversed", "automargin": True},
    }
    return {"traces": [trace], "layout": layout, "label": found.unit}
