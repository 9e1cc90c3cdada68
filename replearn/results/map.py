"""What the studies of maps return."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.core.statistics import Proportion
from replearn.results.stamp import Stamp

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class EmbeddingMap:
    """A data set laid out in two or three dimensions.

    Attributes:
        dataset: its name.
        projection: an entry of `PROJECTIONS`, or "own coordinates".
        coordinates: (n, 2 or 3).
        rows: (n,) which rows of the table are drawn, in order; all of them up to 20,000, a
            stratified sample above.
        ids, captions, groups: one per point.
        preservation: how well the layout keeps the neighbours (see `projections.quality`).
        misplaced: (n,) how badly each point is placed, from 0 to 1; nan where it isn't known.
        stamp: where it comes from.
    """

    dataset: str
    projection: str
    coordinates: Floats
    rows: Rows
    ids: tuple[str, ...]
    captions: tuple[str, ...]
    groups: tuple[str, ...]
    preservation: Mapping[str, float]
    misplaced: Floats
    stamp: Stamp

    def worst(self, share: float = 0.02) -> Rows:
        """Return the points (not the table's rows) that are placed worst, worst first."""
        known = np.flatnonzero(np.isfinite(self.misplaced))
        count = max(1, round(share * len(known))) if len(known) else 0
        order = np.argsort(-self.misplaced[known], kind="stable")
        return np.asarray(known[order][:count], np.int64)


@dataclass(frozen=True, eq=False)
class Placed:
    """Pictures or texts on a map that was made without them."""

    names: tuple[str, ...]
    coordinates: Floats  # (m, 2 or 3)
    stamp: Stamp


@dataclass(frozen=True, eq=False)
class Colouring:
    """What a map is coloured by: numbers, or categories where `names` isn't empty.

    Attributes:
        title: what the colour means.
        values: (n,) a number per row of the table, or the index of its category.
        names: of the categories; ().
    """

    title: str
    values: Floats
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModelOnData:
    """How one model sorts a data set: the share of pictures whose neighbours vote for their label.

    Attributes:
        model: its name.
        accuracy: leave-one-out, by the k nearest.
        stamp: where it comes from.
    """

    model: str
    accuracy: Proportion
    stamp: Stamp


@dataclass(frozen=True, eq=False)
class ModelComparison:
    """Several models on one data set.

    Attributes:
        models: a line for each.
        chance: accuracy of always naming the commonest label.
        overlap: (m, m) mutual kNN overlap, 1 on the diagonal.
        cka: (m, m) linear CKA, 1 on the diagonal.
        k: neighbours counted.
    """

    models: tuple[ModelOnData, ...]
    chance: float
    overlap: Floats
    cka: Floats
    k: int


@dataclass(frozen=True, eq=False)
class LayoutVariants:
    """The same vectors laid out again with another seed or setting, turned onto the first map.

    Attributes:
        varied: "seed", or the setting's name.
        values: what it was for each map.
        maps: the first is the reference.
        agreement: per map, the share of the 10 nearest on the reference (of few pictures: fewer)
            that stay so.
    """

    varied: str
    values: tuple[float, ...]
    maps: tuple[EmbeddingMap, ...]
    agreement: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class PrincipalAxes:
    """The directions of largest variance, and what stands at their ends.

    Attributes:
        explained: (c,) share of the variance along each.
        low, high: (c, e) rows of the table at the two ends, outermost first.
        stamp: where it comes from.
    """

    explained: Floats
    low: Rows
    high: Rows
    stamp: Stamp


@dataclass(frozen=True)
class Neighbours:
    """The pictures nearest to one, in the model's full space."""

    query: str
    ids: tuple[str, ...]
    captions: tuple[str, ...]
    similarities: Floats  # (k,) cosines, descending
    indices: npt.NDArray[np.int64]  # (k,) into the data set
    stamp: Stamp
