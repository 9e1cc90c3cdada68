"""Accuracy on a shift against accuracy without it, on logit axes, with the line (Taori 2020)."""

import math
from typing import Any

import numpy as np

from replearn.core.statistics import Proportion
from replearn.plotting.figures import GREY, PALETTE, Figure, plain
from replearn.results.shift import ShiftTable

TICKS = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.995)
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star")


def shift_figure(found: ShiftTable, row: str) -> Figure:
    """Draw one shift: the baselines in grey with their line, each model by its own sign."""
    traces = [_line_trace(found, row)] if row in found.lines else []
    if found.baselines:
        traces.append(_baselines(found, row))
    for number, model in enumerate(found.models):
        traces += _model(found, row, model, number)
    low, high = _range(found, row)
    axis: dict[str, Any] = {
        "tickvals": [_logit(tick) for tick in TICKS],
        "ticktext": [f"{tick:g}" for tick in TICKS],
        "range": [low, high],
        "zeroline": False,
    }
    layout = {
        "height": 420,
        "margin": {"l": 52, "r": 10, "t": 10, "b": 120},
        "xaxis": {
            **axis,
            "title": {"text": f"accuracy on {plain(found.rows[0], 40)} (logit axis)"},
        },
        "yaxis": {**axis, "title": {"text": f"accuracy on {plain(row, 40)}"}},
        "legend": {"orientation": "h", "y": -0.22, "font": {"size": 11}},
        "shapes": [
            {
                "type": "line",
                "layer": "below",
                "x0": low,
                "y0": low,
                "x1": high,
                "y1": high,
                "line": {"color": GREY, "width": 1, "dash": "dot"},
            }
        ],
    }
    label = f"accuracy on {row} against accuracy on {found.rows[0]}, a point per model"
    return {"traces": traces, "layout": layout, "label": label}


def _model(found: ShiftTable, row: str, model: str, number: int) -> list[dict[str, Any]]:
    clean, shifted = (found.cells[name, model].accuracy for name in (found.rows[0], row))
    x, y = _of(clean), _of(shifted)
    colour = PALETTE[number % len(PALETTE)]
    above = found.cells[row, model].robustness
    told = "" if above is None else f": {round(above.value, 2) + 0.0:+.2f} to the line"
    point = {
        "type": "scatter",
        "mode": "markers",
        "name": plain(model, 28) + told,
        "x": [x],
        "y": [y],
        "error_x": _bars(clean),
        "error_y": _bars(shifted),
        "marker": {"color": colour, "size": 11, "symbol": SYMBOLS[number % len(SYMBOLS)]},
        "hovertemplate": f"{plain(model, 28)}<br>{clean} without<br>{shifted} with<extra></extra>",
    }
    if above is None:
        return [point]
    foretold = 1 / (1 + math.exp(-y)) - above.value  # strictly between 0 and 1
    foot = _logit(foretold)
    stem = {
        "type": "scatter",
        "mode": "lines",
        "x": [x, x],
        "y": [foot, y],
        "line": {"color": colour, "width": 1, "dash": "dash"},
        "showlegend": False,
        "hoverinfo": "skip",
    }
    return [stem, point]


def _baselines(found: ShiftTable, row: str) -> dict[str, Any]:
    clean = [found.cells[found.rows[0], name].accuracy for name in found.baselines]
    shifted = [found.cells[row, name].accuracy for name in found.baselines]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "probes, and their line",
        "x": [_of(one) for one in clean],
        "y": [_of(one) for one in shifted],
        "marker": {"color": GREY, "size": 8, "symbol": "circle-open"},
        "text": [
            f"{plain(name, 36)}<br>{a} without<br>{b} with"
            for name, a, b in zip(found.baselines, clean, shifted, strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _line_trace(found: ShiftTable, row: str) -> dict[str, Any]:
    line = found.lines[row]
    ends = np.array(_range(found, row))
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "the line",
        "x": ends.tolist(),
        "y": (line.intercept + line.slope * ends).tolist(),
        "line": {"color": GREY, "width": 2},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _range(found: ShiftTable, row: str) -> tuple[float, float]:
    every = [
        _of(found.cells[name, model].accuracy)
        for name in (found.rows[0], row)
        for model in (*found.models, *found.baselines)
    ]
    return min(every) - 0.6, max(every) + 0.6


def _bars(one: Proportion) -> dict[str, Any]:
    least = 0.5 / (one.n + 1)
    ends = [_logit(min(1 - least, max(least, end))) for end in (one.low, one.high)]
    return {
        "type": "data",
        "symmetric": False,
        "array": [max(0.0, ends[1] - _of(one))],
        "arrayminus": [max(0.0, _of(one) - ends[0])],
        "thickness": 1,
        "width": 3,
    }


def _of(one: Proportion) -> float:
    """Return the logit of an accuracy, half a picture away from 0 and 1."""
    return _logit((one.value * one.n + 0.5) / (one.n + 1))


def _logit(share: float) -> float:
    return math.log(share / (1 - share))
