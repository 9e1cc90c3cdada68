"""A colour, a dash and a marker for each model: the same in every figure, never colour alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from replearn.plotting.figures import PALETTE

# Plotly's name of a marker, and the sign that looks like it
_MARKERS = (
    ("circle", "●"),
    ("square", "■"),
    ("diamond", "◆"),
    ("triangle-up", "▲"),
    ("triangle-down", "▼"),
    ("star", "★"),
    ("cross", "✚"),
    ("x", "✖"),
    ("pentagon", "⬟"),
    ("hexagon", "⬢"),
)
# those that ship keep their place; the eighth colour is grey
_PLACES = {
    "photo-clip": 0,
    "shapes-supervised": 1,
    "shapes-simclr": 2,
    "shapes-multiview": 3,
    "shapes-supcon": 4,
    "shapes-clip": 5,
    "shapes-untrained": 6,
    "pixels": 7,
    "imagenet": 8,
}
_DASHES = {"pixels": "dot", "shapes-untrained": "dash"}


@dataclass(frozen=True)
class ModelStyle:
    """How a model is drawn: a colour, Plotly's dash and marker, and the marker as a sign."""

    colour: str
    dash: str
    marker: str
    sign: str


def model_styles(models: Iterable[str]) -> dict[str, ModelStyle]:
    """Return a style for each model; those that don't ship take the places that are left."""
    names = list(dict.fromkeys(models))
    free = iter([i for i in (*range(9, -1, -1),) if i not in {_PLACES.get(n) for n in names}])
    found: dict[str, ModelStyle] = {}
    for name in names:
        place = _PLACES[name] if name in _PLACES else next(free, len(found) % len(PALETTE))
        marker, sign = _MARKERS[place]
        found[name] = ModelStyle(PALETTE[place], _DASHES.get(name, "solid"), marker, sign)
    return found


def legend_value(models: Iterable[str]) -> list[dict[str, str]]:
    """Return what the page's legend shows."""
    return [
        {"name": name, "colour": style.colour, "sign": style.sign}
        for name, style in model_styles(models).items()
    ]
