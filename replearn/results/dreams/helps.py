"""How much each help adds to class pictures, over classes drawn at random."""

from dataclasses import dataclass

from replearn.core.statistics import Proportion, proportion


@dataclass(frozen=True)
class HelpTrial:
    """One way of drawing, over classes drawn at random.

    Attributes:
        helps: that were on.
        first, among_five: how often the judge's first answer, or one of its first five, is the
            class.
        own: the mean probability that the network itself gives the class.
        n: classes.
    """

    helps: tuple[str, ...]
    first: int
    among_five: int
    own: float
    n: int

    @property
    def share(self) -> Proportion:
        """The share that the judge has among its first five answers."""
        return proportion(self.among_five, self.n)


@dataclass(frozen=True)
class HelpTrials:
    """All ways of drawing, and how strongly units respond to pictures made for them.

    Attributes:
        model, judge: the network that draws and the one that is asked.
        rows: a way each.
        unit_ratios: for units drawn at random, the response to a picture made for it over that to
            the best real picture.
        layer: of the units.
        steps, seed: of the drawing; classes and units are drawn with seed 0.
    """

    model: str
    judge: str
    rows: tuple[HelpTrial, ...]
    unit_ratios: tuple[float, ...]
    layer: str
    steps: int
    seed: int
