"""Deletion and insertion (Petsiuk et al. 2018): does the score follow the order of a map?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.core.seeds import generator
from replearn.core.statistics import mean_of
from replearn.results.heat_map import resized
from replearn.results.trust import OrderCurve, area_under
from replearn.studies.answering.heat_map_question import HeatMapQuestion

Floats = npt.NDArray[np.float32]
Ranks = npt.NDArray[np.int64]
KINDS = ("deletion", "insertion")


@dataclass(frozen=True)
class CurveSettings:
    """How a picture is covered.

    Attributes:
        cells: at most so many along a side, and no more than the map has. Whole cells are
            covered: single pixels missing at random harm by themselves, wherever they are.
        steps: from the whole picture to the covered one.
        orders: how many random orders the map's is compared with.
        seed: of those, and of what decides between equal cells.
        batch: pictures a forward pass; memory grows with it, the curve doesn't change.

    Raises:
        InputError: a number is out of range.
    """

    cells: int = 14
    steps: int = 14
    orders: int = 10
    seed: int = 0
    batch: int = 16

    def __post_init__(self) -> None:
        if not (2 <= self.cells <= 512 and 1 <= self.steps <= 1000):
            raise InputError("Ask for 2 to 512 cells along a side and 1 to 1,000 steps.")
        if not (2 <= self.orders <= 1000 and self.batch >= 1):
            raise InputError("Ask for 2 to 1,000 random orders and a batch of 1 or more.")

    @property
    def passes(self) -> int:
        """Forward passes of the two curves."""
        return len(KINDS) * (self.orders + 1) * (self.steps + 1)


def order_curve(
    question: HeatMapQuestion,
    values: Floats,
    kind: str,
    settings: CurveSettings = CurveSettings(),
    progress: Progress = silent,
) -> OrderCurve:
    """Return a deletion or an insertion curve of a map, beside random orders of the same cells.

    Args:
        question: what was explained.
        values: (h, w) the map, raw.
        kind: an entry of `KINDS`.
        settings: how the picture is covered.
        progress: told after each batch; may raise `StoppedError`.

    Raises:
        InputError: there is no such kind of curve.
    """
    from replearn.explainers.masked import scores_of

    if kind not in KINDS:
        raise InputError(f"There is no curve called {kind!r}; choose {' or '.join(KINDS)}.")
    cells = (min(settings.cells, values.shape[0]), min(settings.cells, values.shape[1]))
    orders = [_ranks(values, cells, settings.seed), *_random_ranks(cells, settings)]
    total, found = len(orders) * (settings.steps + 1), [np.empty(0, np.float32)]
    for some in batches(_pictures(question, kind, orders, settings.steps), settings.batch):
        found.append(scores_of(question.explained, np.stack(some), question.score))
        progress(sum(map(len, found)), total, f"pictures, {kind}")
    scores = np.concatenate(found).reshape(len(orders), -1)  # (1 + orders, steps + 1)
    shares = np.linspace(0, 1, settings.steps + 1, dtype=np.float32)
    random = mean_of([area_under(shares, one) for one in scores[1:]])
    return OrderCurve(kind, shares, scores[0], scores[1:], random)


def _ranks(values: Floats, cells: tuple[int, int], seed: int) -> Ranks:
    """Return each cell's place in the map's order: 0 is the most important."""
    importance = resized(values, *cells).ravel()
    chance = generator(seed, "equal cells").random(importance.size)
    return _places(np.lexsort((chance, -importance)), cells)


def _random_ranks(cells: tuple[int, int], settings: CurveSettings) -> Iterator[Ranks]:
    for number in range(settings.orders):
        random = generator(settings.seed, "random order", number)
        yield _places(random.permutation(cells[0] * cells[1]), cells)


def _places(order: Ranks, cells: tuple[int, int]) -> Ranks:
    places = np.empty(order.size, np.int64)
    places[order] = np.arange(order.size)
    return places.reshape(cells)


def _pictures(
    question: HeatMapQuestion, kind: str, orders: list[Ranks], steps: int
) -> Iterator[Floats]:
    """Yield the picture (3, h, w) at each step of each order."""
    from replearn.explainers.fills import filled

    picture = question.pixels[0]
    start, end = picture, filled(picture, "grey")
    if kind == "insertion":
        start, end = filled(picture, "blur"), picture
    for ranks in orders:
        rows, columns = (
            np.arange(side) * cells // side
            for side, cells in zip(picture.shape[1:], ranks.shape, strict=True)
        )
        of_pixel = ranks[np.ix_(rows, columns)]  # (h, w)
        for step in range(steps + 1):
            yield np.where(of_pixel < round(step / steps * ranks.size), end, start)
