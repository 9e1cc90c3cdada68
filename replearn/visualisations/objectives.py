"""What a picture is changed towards; objectives add and scale."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.encoders.tower import POOLED, ImageTower, as_map
from replearn.encoders.watched import watched

OUTPUTS = "outputs"  # what the last layer gives
AS_IT_IS = "as it is: "  # before a layer's name: its tokens, the class token too, and not as a map
Seen = Mapping[str, Tensor]  # by layer; maps are (n, c, h, w), outputs (n, k)


class Objective(ABC):
    """A number for each picture of a batch, the higher the better.

    Attributes:
        reads: the layers that it looks at.
    """

    reads: tuple[str, ...]

    @abstractmethod
    def value(self, seen: Seen) -> Tensor:
        """Return one number for each picture, (n,)."""

    def __add__(self, other: "Objective") -> "Objective":
        return Sum(((1.0, self), (1.0, other)))

    def __mul__(self, factor: float) -> "Objective":
        return Sum(((factor, self),))

    __rmul__ = __mul__

    def __neg__(self) -> "Objective":
        return self * -1.0

    def __sub__(self, other: "Objective") -> "Objective":
        return self + -other


@dataclass(frozen=True, eq=False)
class Sum(Objective):
    """Several objectives, weighed."""

    parts: tuple[tuple[float, Objective], ...]

    @property
    def reads(self) -> tuple[str, ...]:  # type: ignore[override]
        """All layers that the parts look at."""
        return tuple(dict.fromkeys(name for _, part in self.parts for name in part.reads))

    def value(self, seen: Seen) -> Tensor:
        """Return the weighted sums, (n,)."""
        return torch.stack([weight * part.value(seen) for weight, part in self.parts]).sum(0)


@dataclass(frozen=True, eq=False)
class OutputScore(Objective):
    """A score of the outputs: a class's logit, the cosine with a text."""

    score: Callable[[Tensor], Tensor]
    reads = (OUTPUTS,)

    def value(self, seen: Seen) -> Tensor:
        """Return scores, (n,)."""
        return self.score(seen[OUTPUTS])


@dataclass(frozen=True, eq=False)
class UnitMean(Objective):
    """The mean response of one unit over the picture (Olah et al. 2017's channel objective)."""

    layer: str
    unit: int

    @property
    def reads(self) -> tuple[str, ...]:  # type: ignore[override]
        """The unit's layer."""
        return (self.layer,)

    def value(self, seen: Seen) -> Tensor:
        """Return means, (n,)."""
        return seen[self.layer][:, self.unit].mean((1, 2))


@dataclass(frozen=True, eq=False)
class LayerEnergy(Objective):
    """The mean square of all responses of a layer, or of one unit: what DeepDream raises.

    Mordvintsev, Olah and Tyka 2015 (Inceptionism).
    """

    layer: str
    unit: int | None = None

    @property
    def reads(self) -> tuple[str, ...]:  # type: ignore[override]
        """The layer."""
        return (self.layer,)

    def value(self, seen: Seen) -> Tensor:
        """Return mean squares, (n,)."""
        found = seen[self.layer]
        chosen = found if self.unit is None else found[:, self.unit : self.unit + 1]
        return chosen.square().mean((1, 2, 3))


@dataclass(frozen=True, eq=False)
class SameResponses(Objective):
    """Nearness to what a layer gave for another picture (Mahendran and Vedaldi 2015).

    Attributes:
        layer: its name, or `OUTPUTS`.
        wanted: (1, c, h, w) or (1, k).
    """

    layer: str
    wanted: Tensor

    @property
    def reads(self) -> tuple[str, ...]:  # type: ignore[override]
        """The layer."""
        return (self.layer,)

    def value(self, seen: Seen) -> Tensor:
        """Return squared distances over the squared length of what is wanted, negative, (n,)."""
        apart = (seen[self.layer] - self.wanted).flatten(1).square().sum(1)
        return -apart / self.wanted.square().sum()


@dataclass(frozen=True, eq=False)
class Diversity(Objective):
    """How unlike the pictures of a batch are in what a layer's units do together (Gram matrices).

    Olah et al. 2017; nothing for a single picture.
    """

    layer: str

    @property
    def reads(self) -> tuple[str, ...]:  # type: ignore[override]
        """The layer."""
        return (self.layer,)

    def value(self, seen: Seen) -> Tensor:
        """Return the negative mean cosine with the other pictures' Gram matrices, (n,)."""
        flat = seen[self.layer].flatten(2)  # (n, c, h * w)
        gram = F.normalize((flat @ flat.transpose(1, 2)).flatten(1), dim=1)  # (n, c * c)
        alike = gram @ gram.T
        others = max(1, len(gram) - 1)
        return -(alike.sum(1) - alike.diagonal()) / others


def seen_by(tower: ImageTower, pixels: Tensor, layers: Sequence[str]) -> dict[str, Tensor]:
    """Run a network once, with gradients, and return what some layers give.

    Args:
        tower: the network.
        pixels: (n, 3, h, w), normalised as the network wants it.
        layers: names in `tower.trunk`, perhaps `AS_IT_IS`; `POOLED`, `OUTPUTS`.
    """
    found: dict[str, Tensor] = {}

    def note(name: str, output: Tensor) -> None:
        seen = None if name.startswith(AS_IT_IS) else as_map(tower, output)
        # a map of one cell is no less a map
        found[name] = output if seen is None else seen

    with ExitStack() as stack:
        for name in layers:
            if name not in (POOLED, OUTPUTS):
                module = tower.trunk.get_submodule(name.removeprefix(AS_IT_IS))
                stack.enter_context(watched(module, lambda out, name=name: note(name, out)))  # type: ignore[misc]
        features = tower.features(pixels)
    if POOLED in layers:
        note(POOLED, features)
    if OUTPUTS in layers:
        found[OUTPUTS] = tower.head(features)
    return found
