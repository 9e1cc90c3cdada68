"""The style of a picture: which of a layer's channels respond together, wherever that is.

Gatys, Ecker and Bethge 2016 (https://arxiv.org/abs/1508.06576).
"""

from dataclasses import dataclass

from torch import Tensor

from replearn.visualisations.objectives import Objective, Seen


def gram(maps: Tensor) -> Tensor:
    """Return the Gram matrices of maps: the mean product of each two channels, (n, c, c).

    Args:
        maps: (n, c, h, w).
    """
    flat = maps.flatten(2)  # (n, c, h * w)
    return flat @ flat.transpose(1, 2) / flat.shape[2]


@dataclass(frozen=True, eq=False)
class SameStyle(Objective):
    """Nearness to the Gram matrix that a layer gave for another picture.

    Attributes:
        layer: its name; it lies over the picture.
        wanted: (1, c, c).
    """

    layer: str
    wanted: Tensor

    @property
    def reads(self) -> tuple[str, ...]:  # type: ignore[override]
        """The layer."""
        return (self.layer,)

    def value(self, seen: Seen) -> Tensor:
        """Return squared distances over the squared length of what is wanted, negative, (n,)."""
        apart = (gram(seen[self.layer]) - self.wanted).flatten(1).square().sum(1)
        return -apart / self.wanted.square().sum()
