"""What the checks of a heat map find, each with its verdict in words."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.statistics import Estimate
from replearn.results.heat_map import HeatMap
from replearn.results.stamp import Stamp

Floats = npt.NDArray[np.float32]
UNMOVED = 0.5  # a rank correlation from which the eye calls two maps alike


@dataclass(frozen=True, eq=False)
class OrderCurve:
    """A score while a picture is covered, or shown, in the order of a map.

    Attributes:
        kind: "deletion" (most important first, to grey) or "insertion" (from the blurred picture).
        shares: (s,) how much of the picture was changed, from 0 to 1.
        scores: (s,) in the map's order.
        random: (orders, s) the same cells in random orders.
        random_area: mean area under those, with its interval.
    """

    kind: str
    shares: Floats
    scores: Floats
    random: Floats
    random_area: Estimate

    @property
    def area(self) -> float:
        """Mean score on the way: low is good for a deletion, high for an insertion."""
        return area_under(self.shares, self.scores)

    @property
    def relative(self) -> tuple[float, float]:
        """The two areas, the map's and the random orders', from 0 (covered) to 1 (whole picture).

        nan where the covered picture scores as high as the whole one.
        """
        whole, covered = self.scores[0], self.scores[-1]
        if self.kind == "insertion":
            whole, covered = covered, whole
        if whole <= covered:
            return float("nan"), float("nan")
        areas = np.array([self.area, self.random_area.value])
        first, second = (areas - covered) / (whole - covered)
        return float(first), float(second)

    @property
    def beaten(self) -> int:
        """How many of the random orders the map's order does better than."""
        areas = np.array([area_under(self.shares, one) for one in self.random])
        better = self.area < areas if self.kind == "deletion" else self.area > areas
        return int(better.sum())

    @property
    def verdict(self) -> str:
        """The curve in one sentence."""
        effect = "falls" if self.kind == "deletion" else "rises"
        return (
            f"{self.kind.capitalize()}: the score {effect} sooner than in {self.beaten} of "
            f"{len(self.random)} random orders (area {self.area:.3g}; random {self.random_area})."
        )


def area_under(shares: Floats, scores: Floats) -> float:
    """Return the mean of a curve over shares from 0 to 1, by the trapezoidal rule."""
    return float(np.trapezoid(scores, shares))


@dataclass(frozen=True, eq=False)
class RandomisedMap:
    """The map of a network whose last blocks have shuffled weights.

    Attributes:
        stage: the lowest block that was shuffled; every block above it was too.
        values: (h, w) raw.
        correlation: Spearman's rank correlation with the trained network's map; nan where one of
            the two is flat.
    """

    stage: str
    values: Floats
    correlation: float


@dataclass(frozen=True, eq=False)
class Randomisation:
    """One method on one network with more and more of its weights shuffled, from the top down.

    Attributes:
        method: an entry of `EXPLAINERS`.
        fine: whether the map has the pixels' own resolution.
        original: (h, w), of the trained network.
        stages: from the last layer alone to all weights.
        seed: of the shuffling.
    """

    method: str
    fine: bool
    original: Floats
    stages: tuple[RandomisedMap, ...]
    seed: int

    @property
    def correlation(self) -> float:
        """Mean rank correlation while the upper half of the network is shuffled.

        Its answers are at chance from the first stage on, so a map that stays explains none of
        them. A map that has gone flat counts as 0.
        """
        upper = self.stages[: (len(self.stages) + 1) // 2]
        return float(np.mean(np.nan_to_num([one.correlation for one in upper])))

    @property
    def depends_on_weights(self) -> bool:
        """Whether the map changes when nothing is left of what the upper half had learnt."""
        return self.correlation < UNMOVED

    @property
    def verdict(self) -> str:
        """The check in one sentence."""
        name, last = self.method.replace("-", " "), self.stages[-1].correlation
        rest = "no map is left" if np.isnan(last) else f"{last:.2f}"
        found = f"mean rank correlation {self.correlation:.2f}; with all weights random {rest}"
        if self.depends_on_weights:
            return f"Random weights: the map changes with what was learnt ({found})."
        shows = "edges" if self.fine else "the picture's layout"
        return (
            f"Fails the check: {name} gives nearly the same map when the upper half of the network "
            f"is untrained ({found}); it shows {shows}, not reasons."
        )


@dataclass(frozen=True)
class Completeness:
    """Whether a map adds up to what its method claims.

    Attributes:
        claim: what should equal what, in words.
        reached: what the map adds up to.
        wanted: what it should.
    """

    claim: str
    reached: float
    wanted: float

    @property
    def error(self) -> float:
        """How far the two are apart, in the score's unit."""
        return abs(self.reached - self.wanted)

    @property
    def verdict(self) -> str:
        """The check in one sentence."""
        return (
            f"Completeness: {self.claim}: {self.reached:.4g} against {self.wanted:.4g} "
            f"(difference {self.error:.1g})."
        )


@dataclass(frozen=True)
class Box:
    """A rectangle on a picture, its sides as shares of the picture's, from the top left corner.

    Raises:
        InputError: it lies outside the picture or holds nothing.
    """

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        inside = all(0 <= side <= 1 for side in (self.left, self.top, self.right, self.bottom))
        if not (inside and self.left < self.right and self.top < self.bottom):
            raise InputError(
                "The box must lie in the picture, its left side before its right one and its top "
                "above its bottom, each from 0 to 1."
            )


@dataclass(frozen=True)
class Pointing:
    """Where a map points, judged by a region that is known to matter.

    Attributes:
        hit: whether the largest value lies inside (Zhang et al. 2018).
        energy: share of the positive values inside; nan where there are none.
        area: the region's share of the picture: what a map that knows nothing would reach.
    """

    hit: bool
    energy: float
    area: float

    @property
    def verdict(self) -> str:
        """The check in one sentence."""
        where = "inside" if self.hit else "outside"
        return (
            f"Pointing game: the peak lies {where} the box, which holds {self.energy:.0%} of the "
            f"positive map on {self.area:.0%} of the picture."
        )


@dataclass(frozen=True, eq=False)
class Trust:
    """Everything that was checked about one heat map.

    Attributes:
        heat_map: what was checked.
        deletion, insertion: its curves.
        randomisation: the same method on shuffled weights.
        completeness: whether it adds up, where the method claims so; else None.
        pointing: on the user's box, or None where none was drawn.
        reads_target: whether the method looks at the score at all.
        stamp: where it comes from.
    """

    heat_map: HeatMap
    deletion: OrderCurve
    insertion: OrderCurve
    randomisation: Randomisation
    completeness: Completeness | None
    pointing: Pointing | None
    reads_target: bool
    stamp: Stamp

    @property
    def verdicts(self) -> tuple[str, ...]:
        """Each check in one sentence."""
        blind = (
            f"Fails the check: {self.heat_map.method} doesn't look at the target; every class and "
            "every text has this same map."
        )
        said = [] if self.reads_target else [blind]
        said += [self.randomisation.verdict, self.deletion.verdict, self.insertion.verdict]
        said += [one.verdict for one in (self.completeness, self.pointing) if one is not None]
        return tuple(said)
