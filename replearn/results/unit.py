"""One unit of a network: the pictures it responds to, and what it tells apart."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.statistics import Estimate, Proportion
from replearn.results.stamp import Floats, Stamp, stamp_dict


@dataclass(frozen=True, eq=False)
class UnitPicture:
    """What a unit saw of one picture.

    Attributes:
        picture: cut to the receptive field of the cell that responded most.
        caption: the whole picture's.
        response: the unit's.
        box: (left, top, right, bottom) of the cut, in pixels of the network's input.
    """

    picture: Image.Image
    caption: str
    response: float
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Selectivity:
    """How well a unit tells one value of a factor from the others.

    Attributes:
        factor, value: of `shapes`.
        area: under the ROC curve, with its interval; 0.5 is chance.
        untrained: the highest area of any unit of an untrained network, in the same layer.
    """

    factor: str
    value: str
    area: Estimate
    untrained: float


@dataclass(frozen=True)
class Overlap:
    """How well the cells where a unit is strongest cover one thing in the pictures.

    Network dissection (Bau et al. 2017, https://arxiv.org/abs/1704.05796).

    Attributes:
        factor, value: of `shapes`, where the thing has that value: "colour", "red".
        iou: intersection over union, summed over all pictures, with its interval.
        untrained: the highest of any unit of an untrained network, in the same layer.
    """

    factor: str
    value: str
    iou: Estimate
    untrained: float


@dataclass(frozen=True)
class ClassWeight:
    """What a unit of the last layer adds to one class.

    Attributes:
        name: of the class, or the label that was asked.
        weight: what the score gains when the unit's mean over the picture rises by one.
    """

    name: str
    weight: float


@dataclass(frozen=True)
class UnitAblation:
    """What a model gets right with and without a unit, its mean in its place.

    Attributes:
        before, after: the share of pictures answered rightly.
        change: of that share, paired over the pictures; its n counts independent ones.
        read_by: who answers: its own head, or prompts.
        stamp: where it comes from.
    """

    before: Proportion
    after: Proportion
    change: Estimate
    read_by: str
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON."""
        return {
            "before": asdict(self.before),
            "after": asdict(self.after),
            "change": asdict(self.change),
            "read_by": self.read_by,
            "stamp": stamp_dict(self.stamp),
        }


@dataclass(frozen=True, eq=False)
class Unit:
    """One unit of a layer.

    Attributes:
        layer: its layer's name.
        index: its number in it, counted from 0.
        count: how many units the layer has.
        responses: (n,), the highest in each picture.
        pictures: by "top", "middle" and "low", those of the highest, middle and lowest responses.
        selectivity: best first; empty where the data set isn't `shapes`.
        overlaps: best first; empty where the data set isn't `shapes`.
        weights: of a last layer's unit for each class, the highest first; else empty.
        ablation: the answers without it, where they are known at once; else None.
        notes: why there are no weights or no answers without it.
        stamp: where it comes from.
    """

    layer: str
    index: int
    count: int
    responses: Floats
    pictures: Mapping[str, tuple[UnitPicture, ...]]
    selectivity: tuple[Selectivity, ...]
    overlaps: tuple[Overlap, ...]
    weights: tuple[ClassWeight, ...]
    ablation: UnitAblation | None
    notes: tuple[str, ...]
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON."""
        return {
            "layer": self.layer,
            "unit": self.index,
            "units": self.count,
            "responses": np.asarray(self.responses).round(5).tolist(),
            "pictures": {
                group: [
                    {"caption": one.caption, "response": one.response, "box": list(one.box)}
                    for one in pictures
                ]
                for group, pictures in self.pictures.items()
            },
            "selectivity": [
                {
                    "factor": one.factor,
                    "value": one.value,
                    "auc": one.area.value,
                    "low": one.area.low,
                    "high": one.area.high,
                    "untrained": one.untrained,
                }
                for one in self.selectivity
            ],
            "overlaps": [
                {
                    "factor": one.factor,
                    "value": one.value,
                    "iou": one.iou.value,
                    "low": one.iou.low,
                    "high": one.iou.high,
                    "untrained": one.untrained,
                }
                for one in self.overlaps
            ],
            "weights": [asdict(one) for one in self.weights],
            "without": None if self.ablation is None else self.ablation.to_dict(),
            "notes": list(self.notes),
            "stamp": stamp_dict(self.stamp),
        }


@dataclass(frozen=True, eq=False)
class Filters:
    """A network's first layer as pictures.

    Attributes:
        pictures: (n, side, side, 3), each scaled about mid-grey by its own largest value.
        untrained: the same of fresh weights.
        told: what they are, in words.
        stamp: where they come from.
    """

    pictures: npt.NDArray[np.uint8]
    untrained: npt.NDArray[np.uint8]
    told: str
    stamp: Stamp
