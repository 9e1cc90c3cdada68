"""A dictionary's features beside the neurons, as a table and a figure."""

from replearn.plotting.figures import ACCENT, COMPARISON, GREY, Figure
from replearn.plotting.parts.tables import Rows
from replearn.results.features import FeatureFactors

FEATURE_COLUMNS = ["factor", "neuron", "feature", "random"]


def feature_rows(found: FeatureFactors) -> Rows:
    """Return mean areas for each factor."""
    return [
        [one.factor, f"{one.neuron:.2f}", f"{one.feature:.2f}", f"{one.random:.2f}"]
        for one in found.factors()
    ]


def feature_lines(found: FeatureFactors) -> str:
    """Return what was measured, in words."""
    explained = f"{min(found.explained):.3f} to {max(found.explained):.3f}"
    dead = f"{min(found.dead):.2f} to {max(found.dead):.2f}"
    return (
        f"{found.latents} features of `{found.base}`'s {found.layer or 'vector'} "
        f"({found.neurons} numbers), at most {found.k} at a time, learnt {len(found.explained)} "
        f"times with other seeds: they write {explained} of the variance, and {dead} of them are "
        f"dead (none of {found.learnt_on:,} vectors calls for them). **{found.verdict}**"
    )


def feature_figure(found: FeatureFactors) -> Figure:
    """Return each value's best neuron, feature and random direction as dots on one line."""
    names = [f"{row.factor}: {row.value}" for row in found.rows]
    seeds = [[one.value for one in row.features] for row in found.rows]
    means = [row.feature for row in found.rows]
    over_seeds = {
        "type": "data",
        "symmetric": False,
        "array": [max(each) - mean for each, mean in zip(seeds, means, strict=True)],
        "arrayminus": [mean - min(each) for each, mean in zip(seeds, means, strict=True)],
        "thickness": 1,
        "width": 0,
    }
    by_chance = [row.random for row in found.rows]
    neurons = [row.neuron.value for row in found.rows]
    return {
        "label": "the best feature beside the best neuron for each value of shapes",
        "traces": [
            _dots("best random direction", by_chance, names, GREY, "line-ns-open"),
            _dots("best neuron", neurons, names, COMPARISON, "diamond-open"),
            {
                **_dots("best feature (bar: its seeds)", means, names, ACCENT, "circle"),
                "error_x": over_seeds,
            },
        ],
        "layout": {
            "height": 17 * len(names) + 110,
            "margin": {"l": 10, "r": 10, "t": 30, "b": 40},
            "xaxis": {"title": {"text": "AUC; 0.5 is chance"}, "range": [0.45, 1.01]},
            "yaxis": {"autorange": "reversed", "automargin": True, "dtick": 1},
            "legend": {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
            "showlegend": True,
        },
    }


def _dots(name: str, areas: list[float], names: list[str], colour: str, symbol: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": areas,
        "y": names,
        "marker": {"color": colour, "symbol": symbol, "size": 8},
        "hovertemplate": f"%{{y}}, {name}: %{{x:.2f}}<extra></extra>",
    }
