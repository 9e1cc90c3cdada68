"""Network dissection: do the places where a unit is strongest cover one thing in the pictures?

Bau et al. 2017, https://arxiv.org/abs/1704.05796. The masks of `shapes` are the renderer's own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.progress import Progress, batches, silent
from replearn.core.statistics import Estimate
from replearn.data.base import Dataset
from replearn.data.shapes import FACTORS
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.stamp import Floats
from replearn.results.unit import Overlap
from replearn.studies.answering.responses import MOST
from replearn.studies.answering.samples import samples_of
from replearn.studies.parts.units.kept_dissections import Dissection, shipped_dissection
from replearn.studies.parts.units.selectivity import UNTRAINED, untrained_layer

if TYPE_CHECKING:
    from torch import Tensor

TOP = 0.005  # the share of all cells in which a unit counts as on
SIDE = 64  # maps and masks are compared at this size
BATCH = 16
KEPT = 6
REGIONS = ("solid", "floor", "backdrop")
WITHIN = {"floor": "floor", "backdrop": "backdrop"}  # the other factors are the solid's
_NOWHERE = ("light",)  # a factor that lies in no place
_kept: dict[tuple[str, str, str], tuple[tuple[str, str], Dissection]] = {}


def overlaps_of(
    model: str, layer: str, data: Dataset, index: int, progress: Progress = silent
) -> tuple[Overlap, ...]:
    """Return how well a unit covers each thing of `shapes`, best first; elsewhere nothing.

    Args:
        model: the unit's.
        layer: the unit's.
        data: what is shown to it.
        index: of the unit.
        progress: told as pictures are shown.
    """
    if not isinstance(data, Shapes):
        return ()
    own = dissection(model, layer, data, progress)
    beside = dissection(UNTRAINED, untrained_layer(layer), data, progress)
    best = beside.iou.max(0)
    rows = []
    for c, (factor, value) in enumerate(own.concepts):
        iou, half = float(own.iou[index, c]), float(own.half_width[index, c])
        interval = Estimate(iou, max(0.0, iou - half), min(1.0, iou + half), own.n)
        rows.append(Overlap(factor, value, interval, float(best[c])))
    return tuple(sorted(rows, key=lambda row: -row.iou.value))


def dissection(model: str, layer: str, data: Shapes, progress: Progress = silent) -> Dissection:
    """Return the overlaps of all units of a layer; kept in memory, and what ships is read."""
    encoder = load_model(model)
    key, state = (model, layer, data.name), (encoder.fingerprint, data.fingerprint())
    known = _kept.get(key)
    if known is None or known[0] != state:
        found = shipped_dissection(encoder, layer, data)
        known = (state, found or computed_dissection(encoder, layer, data, progress))
        _kept[key] = known
        while len(_kept) > KEPT:
            _kept.pop(next(iter(_kept)))
    return known[1]


def computed_dissection(
    encoder: Encoder, layer: str, data: Shapes, progress: Progress = silent
) -> Dissection:
    """Compare every unit of a layer with every thing, over a thousand pictures at most.

    A unit is on where its map, made as large as the masks (bilinear, its cells evenly spread), is
    above the value that 0.5 % of its cells exceed. The interval of the overlap, a ratio of two sums
    over pictures, is linearised.

    Args:
        encoder: the model.
        layer: one of `layers_worth_showing`.
        data: the pictures.
        progress: told as pictures are shown.
    """
    import torch

    rows = np.linspace(0, len(data) - 1, min(MOST, len(data))).round().astype(np.int64)
    maps = _maps(encoder, layer, data, rows.tolist(), progress)  # (n, units, rows, columns)
    level = torch.from_numpy(thresholds(maps.numpy())).float()
    concepts, region, present = _concepts(data, rows)
    sums = np.zeros((5, maps.shape[1], len(concepts)))
    for batch in batches(range(len(rows)), BATCH):
        progress(batch[0], len(rows), "masks compared")
        masks = torch.from_numpy(region_masks(encoder, data, rows[batch])).flatten(2)  # (b, 3, p)
        covered, on = _covered(maps[batch].float(), level, masks)
        shown = present[batch][:, None]  # (b, 1, concepts)
        both = covered[..., region] * shown  # (b, units, concepts)
        either = masks.sum(2).double().numpy()[:, None][..., region] * shown - both
        either += on[..., None]
        for i, part in enumerate((both, either, both * both, both * either, either * either)):
            sums[i] += part.sum(0)
    both, either, squares, products, either_squares = sums
    iou = both / np.maximum(either, 1)
    spread = squares - 2 * iou * products + iou * iou * either_squares
    half = 1.959963984540054 * np.sqrt(np.maximum(spread, 0)) / np.maximum(either, 1)
    return Dissection(concepts, iou.astype(np.float32), half.astype(np.float32), len(rows))


def _covered(
    maps: "Tensor", level: "Tensor", masks: "Tensor"
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return on how much of each region each unit is on, (b, units, 3), and on how much at all.

    Between cells a map is never higher than in the highest of them: most pictures needn't be drawn.
    """
    import torch

    regions = torch.zeros(*maps.shape[:2], masks.shape[1], dtype=torch.float64)
    whole = torch.zeros(*maps.shape[:2], dtype=torch.float64)
    picture, unit = (maps.amax((2, 3)) > level).nonzero().unbind(1)
    large = torch.nn.functional.interpolate(
        maps[picture, unit][:, None], (SIDE, SIDE), mode="bilinear"
    )
    on = (large > level[unit][:, None, None, None]).flatten(2).float()  # (pairs, 1, p)
    regions[picture, unit] = (on @ masks[picture].mT)[:, 0].double()
    whole[picture, unit] = on.sum((1, 2)).double()
    return regions.numpy(), whole.numpy()


def thresholds(maps: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Return the value that 0.5 % of each unit's cells exceed, (units,); maps (n, units, h, w)."""
    return np.array(
        [np.quantile(maps[:, u].astype(np.float32), 1 - TOP) for u in range(maps.shape[1])]
    )


def region_masks(encoder: Encoder, data: Shapes, rows: npt.NDArray[np.int64]) -> Floats:
    """Return where the network sees solid, floor and backdrop, (n, 3, 64, 64), 0 or 1."""
    from replearn.data.shapes.render import render_with_masks

    found = render_with_masks(data.scenes_at(rows), data.side)
    rest, floor = 1 - found.masks.sum(1), found.floor.float()
    regions = [found.masks[:, 0], floor * rest, (1 - floor) * rest]
    masks = []
    for planes in zip(*(part.mul(255).round().byte().numpy() for part in regions), strict=True):
        seen = encoder.preview(Image.fromarray(np.stack(planes, -1)))  # cut as pictures are
        masks.append(np.asarray(seen.resize((SIDE, SIDE), Image.Resampling.BOX)))
    return np.asarray(np.stack(masks).transpose(0, 3, 1, 2) > 127, np.float32)


def _maps(
    encoder: Encoder, layer: str, data: Shapes, rows: Sequence[int], progress: Progress
) -> "Tensor":
    import torch

    from replearn.explainers.feature_maps import feature_maps

    found: list[Tensor] = []
    for batch in batches(rows, BATCH):
        progress(len(found) * BATCH, len(rows), "pictures shown to the layer")
        pixels = encoder.preprocess([one.image for one in samples_of(data, batch)])
        maps = feature_maps(encoder.tower(), [layer], torch.from_numpy(pixels))[layer]
        found.append(maps.half().cpu())  # three digits are enough to be above or below
    return torch.cat(found)


def _concepts(
    data: Shapes, rows: npt.NDArray[np.int64]
) -> tuple[tuple[tuple[str, str], ...], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return things (factor, value), the region of each, and which picture has it, (n, things)."""
    scenes = data.scenes_at(rows)
    things = [("part", f"any {name}") for name in REGIONS]
    region = list(range(len(REGIONS)))
    present = [np.ones(len(rows), bool) for _ in REGIONS]
    for factor, values in FACTORS.items():
        if factor in _NOWHERE:
            continue
        labels = scenes.labels(factor)
        for number, value in enumerate(values):
            if (labels == number).any():
                things.append((factor, value))
                region.append(REGIONS.index(WITHIN.get(factor, "solid")))
                present.append(labels == number)
    return tuple(things), np.array(region), np.stack(present, 1)
