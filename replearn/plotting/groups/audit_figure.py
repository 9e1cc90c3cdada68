"""Prompts by models: how much nearer to the second value of a trait, beside rewording alone."""

from typing import Any

from replearn.plotting.figures import GREY, Figure, plain
from replearn.plotting.model_styles import ModelStyle, model_styles
from replearn.results.audit import Audit
from replearn.results.audit.association import SURVIVES, Association

ROW = 17  # pixels for each prompt and model
SHOWN = 60  # prompts; the table has all
BAND = "rgba(139, 148, 158, 0.28)"
BEYOND = " ★"


def audit_figure(found: Audit) -> Figure:
    """Draw each association with its interval over the band of what rewording alone does.

    A filled sign survives; an open one doesn't. The dotted lines are the models' means over all
    prompts: what the pictures do whatever is asked.
    """
    prompts = found.prompts[:SHOWN]
    styles = model_styles(found.models)
    traces: list[dict[str, Any]] = []
    places = len(found.models)
    for number, model in enumerate(found.models):
        shown = found.of(model)[:SHOWN]
        at = [row * (places + 0.8) + number for row in range(len(shown))]
        traces += [_band(shown, at, number), _points(found, shown, at, styles[model])]
    first, second = (plain(one, 16) for one in found.compared)
    middle = (places - 1) / 2
    height = ROW * len(prompts) * (places + 0.8)
    layout = {
        "height": 100 + max(140, height),
        "margin": {"l": 8, "r": 12, "t": 34, "b": 48},
        "barmode": "overlay",
        "bargap": 0.1,
        "xaxis": {
            "title": {"text": f"← {first} · cosine difference · {second} →", "font": {"size": 11}},
            "zeroline": True,
            "zerolinecolor": GREY,
            "side": "bottom",
            "automargin": True,
        },
        "yaxis": {
            "tickvals": [row * (places + 0.8) + middle for row in range(len(prompts))],
            "ticktext": [_named(found, prompt) for prompt in prompts],
            "range": [len(prompts) * (places + 0.8) - 0.4, -1],
            "zeroline": False,
            "automargin": True,
        },
        "legend": {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "font": {"size": 11}},
        "shapes": [
            {
                "type": "line",
                "layer": "below",
                "xref": "x",
                "yref": "paper",
                "x0": found.common[model].value,
                "x1": found.common[model].value,
                "y0": 0,
                "y1": 1,
                "line": {"color": styles[model].colour, "width": 1, "dash": "dot"},
            }
            for model in found.models
        ],
    }
    label = f"cosine with {second} minus cosine with {first}, by prompt and model"
    return {"traces": traces, "layout": layout, "label": label}


def _named(found: Audit, prompt: str) -> str:
    """Return a prompt as its row's name, with a star where it survives under some model."""
    survives = any(one.prompt == prompt and one.verdict == SURVIVES for one in found.associations)
    return plain(prompt, 26) + (BEYOND if survives else "")


def _band(shown: tuple[Association, ...], at: list[float], number: int) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": "rewording alone",
        "legendgroup": "rewording",
        "showlegend": number == 0,
        "x": [2 * one.wording for one in shown],
        "base": [-one.wording for one in shown],
        "y": at,
        "width": 0.9,
        "marker": {"color": BAND, "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def _points(
    found: Audit, shown: tuple[Association, ...], at: list[float], style: ModelStyle
) -> dict[str, Any]:
    values = [one.difference for one in shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain(shown[0].model, 28),
        "x": [one.value for one in values],
        "y": at,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [one.high - one.value for one in values],
            "arrayminus": [one.value - one.low for one in values],
            "thickness": 1.2,
            "width": 2,
            "color": style.colour,
        },
        "marker": {
            "size": 9,
            "color": style.colour,
            "line": {"color": style.colour, "width": 1.5},
            "symbol": [
                style.marker if one.verdict == SURVIVES else f"{style.marker}-open" for one in shown
            ],
        },
        "text": [_said(found, one) for one in shown],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _said(found: Audit, one: Association) -> str:
    return (
        f"{plain(one.prompt, 60)}<br>{plain(one.model, 28)}: {one.difference}<br>"
        f"rewording ±{one.wording:.3f}, same sign in {one.same_sign} of {len(found.templates)}<br>"
        f"p (Holm) {one.corrected:.2g}, SC-WEAT {one.effect:+.2f} (p {one.effect_p:.2g})<br>"
        f"{one.verdict}"
    )
