"""What all figures share. They are plain dictionaries, so that plotly itself isn't imported."""

import base64
from typing import Any

import numpy as np
import numpy.typing as npt

ACCENT = "#1f6feb"
COMPARISON = "#c2571a"
GREY = "#8b949e"
# Okabe and Ito (2008), colour-blind safe; the same group has the same colour in every tab
PALETTE = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#d55e00",
    "#7f7f2a",
    "#8b949e",
    "#6a51a3",
    "#a6761d",
)
Figure = dict[str, Any]


def packed(values: npt.NDArray[np.float32]) -> dict[str, str]:
    """Return an array as Plotly's typed-array form: half the bytes of text, no rounding."""
    return {"dtype": "f4", "bdata": base64.b64encode(values.astype("<f4").tobytes()).decode()}


def packed_rows(rows: npt.NDArray[np.int64]) -> dict[str, str]:
    """Return whole numbers in the same form."""
    return {"dtype": "i4", "bdata": base64.b64encode(rows.astype("<i4").tobytes()).decode()}


def plain(text: str, length: int) -> str:
    """Cut a text, and keep Plotly from reading tags in it."""
    cut = text if len(text) <= length else text[: length - 1] + "…"
    return cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
