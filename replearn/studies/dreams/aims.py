"""What a picture may be made for: classes, texts, units, heads, directions; they add and scale."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from replearn.core.errors import InputError
from replearn.encoders.base import Picture
from replearn.studies.answering.opened_network import OpenedNetwork
from replearn.studies.dreams.targets import (
    Target,
    direction_target,
    head_target,
    target_of,
)


class Wish(ABC):
    """One thing that a picture may be made for."""

    @abstractmethod
    def target(self, network: OpenedNetwork) -> Target:
        """Return it for one network."""


@dataclass(frozen=True)
class Aim:
    """What a picture is made for; aims add and scale.

    A class's logit, a cosine with a text and a unit's response have scales of their own: weights
    are between what is alike, or found by trying.

    Attributes:
        parts: each with its weight.

    Example:
        >>> visualise(Aim.text("balloon") + 0.5 * Aim.text("jellyfish"), "imagenet")
        >>> visualise(Aim.head(3, 1, "a red cube"), "shapes-clip")
        >>> visualise(Aim.between("cat.jpg", "dog.jpg"), "imagenet")
    """

    parts: tuple[tuple[float, Wish], ...]

    @classmethod
    def text(cls, text: str, against: str = "") -> "Aim":
        """Return a class of the model, by name or as "#281", or a text where it reads text.

        Args:
            text: the class or text.
            against: another one, whose score is taken off.
        """
        return cls(((1.0, _Said(text, against)),))

    @classmethod
    def unit(cls, unit: int, layer: str = "") -> "Aim":
        """Return a channel of a layer, or of the last layer."""
        return cls(((1.0, _OfUnit(unit, layer)),))

    @classmethod
    def head(cls, layer: int, head: int, along: str = "") -> "Aim":
        """Return an attention head of a plain vision transformer, both counted from 0.

        Gandelsman et al. 2024 (https://arxiv.org/abs/2310.05916): with a text, what the head adds
        to the cosine with it (or to a class's logit), the share that `decompose` shows; without
        one, the length of what it adds to the image vector, over that vector's length.
        """
        return cls(((1.0, _OfHead(layer, head, along)),))

    @classmethod
    def between(cls, before: Picture, after: Picture) -> "Aim":
        """Return the direction from one picture's vector to another's.

        What rises is the cosine of the made picture's vector with the difference of the two, each
        of length 1: what the second has and the first has not.
        """
        return cls(((1.0, _Direction(before, after)),))

    def __add__(self, other: "Aim") -> "Aim":
        return Aim(self.parts + other.parts)

    def __mul__(self, factor: float) -> "Aim":
        return Aim(tuple((factor * weight, part) for weight, part in self.parts))

    __rmul__ = __mul__

    def __neg__(self) -> "Aim":
        return self * -1.0

    def __sub__(self, other: "Aim") -> "Aim":
        return self + -other

    def target(self, network: OpenedNetwork) -> Target:
        """Return what rises in one network.

        Raises:
            InputError: the network has no such class, unit or head, or there is nothing to add.
            CapabilityError: it can't be asked for such a thing.
        """
        if not self.parts:
            raise InputError("Say what to draw: a class, a text, a unit or a head.")
        found = [(weight, part.target(network)) for weight, part in self.parts]
        weight, first = found[0]
        if len(found) == 1 and weight == 1:
            return first
        total = weight * first.objective
        for factor, one in found[1:]:
            total = total + factor * one.objective
        return Target(total, _told(found), first.layer, None, "")


@dataclass(frozen=True)
class _Said(Wish):
    text: str
    against: str

    def target(self, network: OpenedNetwork) -> Target:
        return target_of(network, self.text, self.against)


@dataclass(frozen=True)
class _OfUnit(Wish):
    unit: int
    layer: str

    def target(self, network: OpenedNetwork) -> Target:
        return target_of(network, "", layer=self.layer, unit=self.unit)


@dataclass(frozen=True)
class _OfHead(Wish):
    layer: int
    head: int
    along: str

    def target(self, network: OpenedNetwork) -> Target:
        return head_target(network, self.layer, self.head, self.along)


@dataclass(frozen=True, eq=False)
class _Direction(Wish):
    before: Picture
    after: Picture

    def target(self, network: OpenedNetwork) -> Target:
        return direction_target(network, self.before, self.after)


def _told(found: list[tuple[float, Target]]) -> str:
    """Return a sum in words: "logit of “a” + 0.5 x logit of “b”"."""
    said = ""
    for weight, one in found:
        sign = ("- " if weight < 0 else "+ ") if said else ("- " if weight < 0 else "")
        times = "" if abs(weight) == 1 else f"{abs(weight):.3g} x "
        said += f"{' ' if said else ''}{sign}{times}{one.name}"
    return said
