"""A distortion at a level, alone or on top of others that were kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from replearn.core.errors import InputError
from replearn.distortions import DISTORTIONS, load_distortion
from replearn.distortions.base import Values
from replearn.distortions.stack import NOTHING, Stack


@dataclass(frozen=True)
class Condition:
    """What pictures are put through.

    Attributes:
        distortion: an entry of `DISTORTIONS`.
        level: in its own unit.
        before: distortions that come first.
    """

    distortion: str
    level: float
    before: Stack = NOTHING

    def __post_init__(self) -> None:
        self.stack()

    @property
    def name(self) -> str:
        """The distortion's name after those below it, e.g. "greyscale 1, contrast"."""
        return f"{self.before}, {self.distortion}" if self.before.layers else self.distortion

    def stack(self) -> Stack:
        """Return all layers.

        Raises:
            InputError: there are too many, one is unknown, or a level is out of range.
        """
        return self.before.then(self.distortion, self.level)

    def apply_values(self, values: Values, seeds: Sequence[int]) -> Values:
        """Return distorted pictures, (n, h, w, 3)."""
        return self.stack().apply_values(values, seeds)


def levels_of(distortion: str, levels: Iterable[float] | None = None) -> tuple[float, ...]:
    """Return the levels that are asked for, checked; None takes the distortion's own.

    Raises:
        InputError: the distortion is unknown, no level is given, or one is out of range.
    """
    method = load_distortion(distortion)
    try:
        chosen = method.levels if levels is None else tuple(map(float, levels))
    except (TypeError, ValueError) as error:
        raise InputError(f"Levels of {distortion} are a list of numbers, e.g. [0, 1].") from error
    if not chosen:
        raise InputError(f"Give at least one level of {distortion}, or none for its own.")
    for level in chosen:
        method.check(level)
    return tuple(dict.fromkeys(chosen))


def named_distortions(names: str) -> tuple[str, ...]:
    """Return the distortions of "a,b,c", or every one for "all".

    Raises:
        InputError: a name is unknown, or there is none.
    """
    if names.strip() == "all":
        return tuple(DISTORTIONS)
    found = tuple(name.strip() for name in names.split(",") if name.strip())
    for name in found:
        load_distortion(name)
    if not found:
        raise InputError("Name at least one distortion, or all.")
    return found
