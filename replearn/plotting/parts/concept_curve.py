"""How much of zero-shot is left in a few words, as a curve."""

from replearn.plotting.figures import ACCENT, COMPARISON, GREY, Figure
from replearn.results.part_words import ConceptAccuracy


def concept_curve(found: ConceptAccuracy) -> Figure:
    """Return accuracy over the number of words, beside that of the whole vectors and chance."""
    counts = [point.k for point in found.points]
    shares = [point.accuracy for point in found.points]
    return {
        "label": "zero-shot accuracy left in so many words",
        "traces": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": "in words",
                "x": counts,
                "y": [one.value for one in shares],
                "customdata": [point.cosine for point in found.points],
                "error_y": {
                    "type": "data",
                    "symmetric": False,
                    "array": [one.high - one.value for one in shares],
                    "arrayminus": [one.value - one.low for one in shares],
                    "thickness": 1,
                },
                "marker": {"color": ACCENT},
                "hovertemplate": "%{x} words: %{y:.2f}, cosine %{customdata:.2f}<extra></extra>",
            },
            _level("whole vector", counts, found.whole.value, COMPARISON, "dash"),
            _level("chance", counts, found.chance, GREY, "dot"),
        ],
        "layout": {
            "height": 240,
            "margin": {"l": 44, "r": 10, "t": 26, "b": 40},
            "xaxis": {
                "type": "log",
                "title": {"text": "words of a picture, at most"},
                "tickvals": counts,
                "ticktext": [str(k) for k in counts],
            },
            "yaxis": {"title": {"text": "zero-shot accuracy"}, "range": [0, 1.02]},
            "legend": {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
            "showlegend": True,
        },
    }


def concept_line(found: ConceptAccuracy) -> str:
    """Return what the curve is of, in words."""
    data, labels = (found.stamp.settings[name] for name in ("data", "labels"))
    return (
        f"**Over a data set** ({data}, {labels} labels, n = {found.stamp.n:,}): how often "
        "zero-shot is right where each picture is only its words. Its own vectors: "
        f"{found.whole}. Where the list holds the labels themselves, one word may be enough. Bars "
        "are 95 % intervals, which take the pictures for independent (squares of one photograph "
        f"aren't). {found.stamp}"
    )


def _level(name: str, counts: list[int], value: float, colour: str, dash: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [counts[0], counts[-1]],
        "y": [value, value],
        "line": {"color": colour, "dash": dash},
        "hovertemplate": f"{name}: %{{y:.2f}}<extra></extra>",
    }
