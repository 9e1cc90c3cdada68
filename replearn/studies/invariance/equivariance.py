"""Does the map move with the picture? Feature maps shifted or turned back, and compared.

Lenc and Vedaldi 2015 ("Understanding image representations by measuring their equivariance and
equivalence") fit the transformation of the features; here it is the picture's own, moved back.
"""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from replearn.core.errors import CapabilityError, InputError
from replearn.core.progress import Progress, batches, silent
from replearn.core.statistics import mean_of
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.distortions import load_distortion
from replearn.encoders.base import Encoder, Picture
from replearn.encoders.registry import load_model
from replearn.results.invariance import Equivariance, LayerEquivariance, area, rescaled
from replearn.results.stamp import Stamp
from replearn.studies.answering.network_input import network_input
from replearn.studies.invariance.factors import Factor, checked_levels, factor_named
from replearn.studies.invariance.models_at_work import look
from replearn.studies.invariance.pictures import readable, rows_of

if TYPE_CHECKING:
    from torch import Tensor

MOVES = ("translation", "rotation")
BATCH = 32
Floats = npt.NDArray[np.float64]


def equivariance(
    dataset: str | Dataset = "shapes",
    factor: str = "translation",
    model: str = "shapes-simclr",
    levels: tuple[float, ...] | None = None,
    n: int = 50,
    progress: Progress = silent,
) -> Equivariance:
    """Move pictures at the network's input, move its maps back, and compare them with the clean.

    Args:
        dataset: where the pictures come from.
        factor: translation or rotation.
        model: a network with layers that lie over the picture.
        levels: of the factor; None takes its own.
        n: pictures.
        progress: told after each batch; may raise `StoppedError`.

    Raises:
        InputError: another factor, fewer than two pictures, a level out of range.
        CapabilityError: the model has no feature maps.

    Example:
        >>> [str(layer.rescaled) for layer in equivariance(factor="rotation").layers]
    """
    if factor not in MOVES:
        raise InputError(
            f"{factor} can't be taken back on a feature map; choose {' or '.join(MOVES)}."
        )
    asked = factor_named(factor)
    chosen = checked_levels(asked, levels)
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    samples = readable(data, rows_of(data, n, 0))
    if len(samples) < 2:
        raise InputError(f"{len(samples)} pictures give no interval; take at least 2.")
    encoder = load_model(model)
    start = time.perf_counter()
    layers = layer_trials(encoder, [one.image for one in samples], asked, chosen, progress)
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(samples),
        settings={"factor": factor, "data": data.name, "levels": len(chosen)},
    )
    return Equivariance(factor, asked.unit, data.name, layers, stamp)


def layer_trials(
    encoder: Encoder,
    images: Sequence[Picture],
    factor: Factor,
    levels: tuple[float, ...],
    progress: Progress = silent,
) -> tuple[LayerEquivariance, ...]:
    """Return every layer's figures over the pictures.

    Raises:
        CapabilityError: the model has no feature maps.
    """
    watched = look(encoder, None)
    if not watched.layers:
        raise CapabilityError(
            f"{encoder.name} has no feature maps that could be moved back; choose a network, such "
            "as shapes-simclr or imagenet."
        )
    records = [_Record(name) for name in watched.layers]
    scale, method = network_input(encoder), load_distortion(factor.name)
    done, total = 0, len(images) * len(levels)
    for batch in batches(images, BATCH):
        pixels = encoder.preprocess(batch)
        values, seeds = scale.values(pixels), range(len(batch))
        clean = watched.maps(pixels)
        for record in records:
            record.start(clean[record.layer])
        for level in levels:
            progress(done, total, "pictures moved")
            taken = _taken(factor.name, level, values.shape[2])
            moved = watched.maps(scale.pixels(method.apply_values(values, level, seeds)))
            for record in records:
                record.note(moved[record.layer], factor.name, taken)
            done += len(batch)
    return tuple(record.figures(encoder.name, levels) for record in records)


def _taken(factor: str, level: float, width: int) -> float:
    """Return what a picture of this width really moves by: shifts are by whole pixels."""
    return round(level * width) / width if factor == "translation" else level


class _Record:
    """One layer's cosines, filled batch by batch and level by level."""

    def __init__(self, layer: str) -> None:
        self.layer = layer
        self._rows: list[list[Floats]] = []  # per batch and level, (n, 3)
        self._count, self._total = 0, np.zeros(1)

    def start(self, clean: "Tensor") -> None:
        """Take the maps of a batch's untouched pictures, (n, c, h, w)."""
        from torch.nn import functional as F

        self._clean = clean
        unit = F.normalize(clean.flatten(1).double(), dim=1).cpu().numpy()
        self._total = self._total + unit.sum(0)
        self._count += len(unit)
        self._rows.append([])

    def note(self, moved: "Tensor", factor: str, level: float) -> None:
        """Take the maps of the same pictures at the next level."""
        from replearn.studies.invariance.moved_back import compared

        self._rows[-1].append(compared(self._clean, moved, factor, level))

    def figures(self, model: str, levels: tuple[float, ...]) -> LayerEquivariance:
        """Return means and areas."""
        n = self._count
        chance = float((self._total @ self._total - n) / (n * (n - 1)))
        cosines = np.concatenate([np.stack(batch, -1) for batch in self._rows])  # (n, 3, k)
        standing, returned, pooled = (
            tuple(mean_of(column) for column in cosines[:, i].T) for i in range(3)
        )
        areas = area(cosines[:, 1], levels)
        rows, columns = self._clean.shape[2:]
        return LayerEquivariance(
            model=model,
            layer=self.layer,
            rows=rows,
            columns=columns,
            levels=levels,
            standing=standing,
            returned=returned,
            pooled=pooled,
            chance=chance,
            area=mean_of(areas),
            rescaled=mean_of(rescaled(areas, chance)),
        )
