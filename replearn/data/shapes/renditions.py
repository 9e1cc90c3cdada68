"""The five renditions of a scene, exactly: from what the renderer knows, not from its pixels."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from replearn.data.shapes.render import render, render_with_masks
from replearn.data.shapes.scenes import Scenes
from replearn.data.shapes.surfaces import painted
from replearn.data.shapes.vocabulary import TEXTURES

CREASE = 0.07  # step of lightness between pixels of the plain solid that counts as an edge
SHEET = 1.3  # half the width of the sheet of texture, in units of the solid
RECIPES = {
    "original": "as rendered",
    "greyscale": "lightness (BT.709)",
    "silhouette": "the object's exact mask, black on white",
    "edges": "outline of the exact mask and creases of the untextured solid, black on white",
    "texture": "the solid's own texture on a flat sheet, lit evenly",
}
_LUMA = torch.tensor([0.2125, 0.7154, 0.0721])

Bytes = npt.NDArray[np.uint8]  # (n, side, side, 3)


def renditions(scenes: Scenes, side: int) -> dict[str, Bytes]:
    """Return each of the five renditions of scenes with one object, (n, side, side, 3)."""
    found = render_with_masks(scenes, side)
    pictures = found.pictures.float() / 255
    mask = found.masks[:, 0]  # (n, side, side)
    drawn = {
        "original": pictures,
        "greyscale": _grey(_lightness(pictures)),
        "silhouette": _grey(1 - mask),
        "edges": _grey(1 - _edges(scenes, mask, side)),
        "texture": _sheets(scenes, side),
    }
    return {
        name: (255 * values).round().byte().permute(0, 2, 3, 1).contiguous().numpy()
        for name, values in drawn.items()
    }


def _lightness(pictures: Tensor) -> Tensor:
    return torch.einsum("c,nchw->nhw", _LUMA, pictures)


def _grey(values: Tensor) -> Tensor:
    return values.clamp(0, 1)[:, None].expand(-1, 3, -1, -1)


def _edges(scenes: Scenes, mask: Tensor, side: int) -> Tensor:
    """Return (n, side, side), 1 on an edge."""
    plain = replace(scenes, texture=np.full_like(scenes.texture, TEXTURES.index("plain")))
    lightness = _lightness(render(plain, side).float() / 255)
    inside = mask > 0.9
    crease = (_steps(lightness) > CREASE) & inside & ~(_steps(mask) > 0)
    return ((_steps((mask > 0.5).float()) > 0) | crease).float()


def _steps(values: Tensor) -> Tensor:
    """Return the larger step to the right or down, (n, h, w)."""
    steps = torch.zeros_like(values)
    steps[:, :, :-1] = (values[:, :, 1:] - values[:, :, :-1]).abs()
    down = (values[:, 1:] - values[:, :-1]).abs()
    steps[:, :-1] = torch.maximum(steps[:, :-1], down)
    return steps


def _sheets(scenes: Scenes, side: int) -> Tensor:
    """Return (n, 3, side, side)."""
    count = len(scenes)
    across = torch.linspace(-SHEET, SHEET, side)
    y, x = torch.meshgrid(-across, across, indexing="ij")
    points = [
        v.reshape(1, -1).expand(count, -1).reshape(-1) for v in (x, y, torch.full_like(x, 0.4))
    ]
    each = [
        torch.from_numpy(values[:, 0].copy()).repeat_interleave(side * side)
        for values in (scenes.colour, scenes.texture, scenes.phase)
    ]
    sheet = painted(*each, *points).reshape(count, side, side, 3)
    return sheet.permute(0, 3, 1, 2).clamp(0, 1)
