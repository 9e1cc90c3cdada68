"""Curves over the levels of a factor, and over the layers of a network."""

from collections.abc import Sequence
from typing import Any

from replearn.core.statistics import Estimate, Proportion
from replearn.plotting.figures import GREY, Figure, plain
from replearn.plotting.model_styles import ModelStyle, model_styles
from replearn.results.invariance import EMBEDDING, Invariance, InvarianceCurve, rescaled

HEIGHT = 270
TITLES = {
    "cosine": "likeness to the untouched picture",
    "plain cosine": "cosine to the untouched picture",
    "probability": "probability of the clean answer",
    "accuracy": "accuracy",
}
Mean = Estimate | Proportion


def level_figure(found: Invariance, kind: str) -> Figure:
    """Draw one line per model over the levels.

    Args:
        found: curves of models.
        kind: "cosine" (0 is chance, 1 the same vector), "plain cosine", "probability", "accuracy".
    """
    shown = [curve for curve in found.embeddings if _means(curve, kind)]
    styles = model_styles(curve.model for curve in shown)
    traces = [_line(curve, kind, styles[curve.model]) for curve in shown]
    traces += [_chance_line(shown[0], height) for height in _chances(shown, kind)]
    title = TITLES[kind]
    if kind == "accuracy" and shown:
        title += f" on {plain(found.dataset, 24)} (n = {shown[0].accuracy[0].n:,})"
    lowest = min((y for trace in traces for y in trace["y"]), default=0.0)
    axes = {
        "xaxis": _level_axis(shown, found.unit),
        "yaxis": {"range": [min(-0.04, lowest - 0.04), 1.04]},
    }
    return {
        "traces": traces,
        "layout": {**_layout(title), **axes},
        "label": f"{title} under {found.factor}, one line per model",
    }


def _means(curve: InvarianceCurve, kind: str) -> Sequence[Mean]:
    if kind == "probability":
        return curve.probability
    return curve.accuracy if kind == "accuracy" else curve.cosine


def _line(curve: InvarianceCurve, kind: str, style: ModelStyle) -> dict[str, Any]:
    means = _means(curve, kind)
    told = [str(one) for one in means]
    if kind == "cosine":
        told = [f"{mean}, cosine {one.value:.3f}" for mean, one in zip(told, means, strict=True)]
        means = [_between(one, curve.chance) for one in means]
        told = [f"{mean.value:.2f}, cosine {text}" for mean, text in zip(means, told, strict=True)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": plain(curve.model, 24),
        "x": list(curve.levels),
        "y": [round(one.value, 4) for one in means],
        "error_y": _bars(means),
        "text": told,
        "hovertemplate": f"{plain(curve.model, 24)} at %{{x}}: %{{text}}<extra></extra>",
        "line": {"color": style.colour, "dash": style.dash, "width": 2},
        "marker": {"symbol": style.marker, "size": 7},
    }


def _between(one: Mean, chance: float) -> Estimate:
    """Return a cosine on the scale from chance (0) to the same vector (1)."""
    value, low, high = rescaled([one.value, one.low, one.high], chance).tolist()
    return Estimate(value, low, high, one.n)


def _bars(means: Sequence[Mean]) -> dict[str, Any]:
    if not means or means[0].n < 2:
        return {"visible": False}
    return {
        "type": "data",
        "symmetric": False,
        "array": [round(one.high - one.value, 4) for one in means],
        "arrayminus": [round(one.value - one.low, 4) for one in means],
        "width": 0,
        "thickness": 1,
    }


def _chances(shown: Sequence[InvarianceCurve], kind: str) -> list[float]:
    """Return the heights at which chance lies; a plain cosine has one for each model: in words."""
    if kind == "cosine":
        return [0.0] if shown else []
    if kind == "accuracy":
        return sorted({curve.chance_accuracy for curve in shown})
    return []


def _chance_line(curve: InvarianceCurve, height: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "chance",
        "x": [curve.levels[0], curve.levels[-1]],
        "y": [height, height],
        "line": {"color": GREY, "dash": "dot", "width": 1},
        "hovertemplate": f"chance {height:.2f}<extra></extra>",
    }


def _layout(title: str) -> dict[str, Any]:
    return {
        "height": HEIGHT,
        "margin": {"l": 38, "r": 8, "t": 30, "b": 40},
        "title": {"text": title, "font": {"size": 13}, "x": 0.01, "xanchor": "left", "y": 0.97},
        "yaxis": {"range": [-0.04, 1.04]},
        "showlegend": False,
    }


def _level_axis(shown: Sequence[InvarianceCurve], unit: str) -> dict[str, Any]:
    axis: dict[str, Any] = {"title": {"text": plain(unit, 60), "font": {"size": 12}}}
    if shown and shown[0].levels != shown[0].positions:
        ticks = list(shown[0].levels)
        axis |= {"type": "log", "tickvals": ticks, "ticktext": [f"{level:g}" for level in ticks]}
    return axis


def layer_figure(found: Invariance) -> Figure:
    """Draw the rescaled area of each layer, shallow to deep, the embedding last; a line a model."""
    models = [curve.model for curve in found.embeddings if found.layers(curve.model)]
    styles = model_styles(models)
    traces, names = [], []
    for model in models:
        own = [curve for curve in found.embeddings if curve.model == model]
        path = [*found.layers(model), *own]
        names.append([short_layer(curve.layer) for curve in path])
        traces.append(_layer_line(model, path, names[-1], styles[model]))
    deepest = max(map(len, names), default=0)
    lowest = min((y for trace in traces for y in trace["y"]), default=0.0)
    same = all(one == names[0] for one in names)
    ticks = names[0] if same and names else [str(i + 1) for i in range(deepest)]
    return {
        "traces": traces,
        "layout": {
            **_layout(f"invariance to {found.factor}, by layer"),
            "xaxis": {"tickvals": list(range(deepest)), "ticktext": ticks, "tickangle": -30},
            "yaxis": {"range": [min(-0.04, lowest - 0.04), 1.04]},
        },
        "label": f"invariance to {found.factor} by layer, one line per model",
    }


def _layer_line(
    model: str, path: Sequence[InvarianceCurve], names: list[str], style: ModelStyle
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": plain(model, 24),
        "x": list(range(len(path))),
        "y": [round(curve.rescaled.value, 4) for curve in path],
        "error_y": _bars([curve.rescaled for curve in path]),
        "text": [f"{name}: {curve.rescaled}" for name, curve in zip(names, path, strict=True)],
        "hovertemplate": f"{plain(model, 24)}, %{{text}}<extra></extra>",
        "line": {"color": style.colour, "dash": style.dash, "width": 2},
        "marker": {"symbol": style.marker, "size": 7},
    }


def short_layer(name: str) -> str:
    """Return a layer's name without what all names of the network begin with."""
    if name == EMBEDDING:
        return name
    return name.removeprefix("network.").removeprefix("patch_embed.").removesuffix(".0")
