"""How a picture is made: with which helps, in how many steps, from which seed."""

from dataclasses import dataclass

from replearn.core.errors import InputError

# each help beside the one before it: the order of the lesson
WOBBLE, FREQUENCIES, GROWING, MAGNITUDES = (
    "moved and turned",
    "colours and frequencies",
    "growing",
    "magnitudes of photographs",
)
HELPS = (WOBBLE, FREQUENCIES, GROWING, MAGNITUDES)
USUAL = (WOBBLE, FREQUENCIES, GROWING)
MOST_STEPS, MOST_AT_ONCE = 1024, 6


@dataclass(frozen=True)
class DreamChoice:
    """How a picture is made.

    Attributes:
        helps: of `HELPS`; none is plain pixels, which become noise of confidence 1.
        steps: of gradient ascent.
        seed: of noise and moves.
        count: pictures at once, kept unlike each other.
        prior: a decoder whose code is changed in place of a picture: one that ships, or "run:NAME"
            (Nguyen et al. 2016, https://arxiv.org/abs/1605.09304). Of the helps only the moves
            count then. Nothing: none.

    Raises:
        InputError: there is no such help, or a number is out of range.
    """

    helps: tuple[str, ...] = USUAL
    steps: int = 192
    seed: int = 0
    count: int = 1
    prior: str = ""

    @property
    def counted(self) -> tuple[str, ...]:
        """The helps that change the picture: a generator has colours and sizes of its own."""
        return tuple(name for name in self.helps if not self.prior or name == WOBBLE)

    def __post_init__(self) -> None:
        for name in self.helps:
            if name not in HELPS:
                raise InputError(f"There is no help {name!r}; choose of {', '.join(HELPS)}.")
        for number, least, most, what in (
            (self.steps, 1, MOST_STEPS, "steps"),
            (self.count, 1, MOST_AT_ONCE, "pictures at once"),
        ):
            if not isinstance(number, int) or not least <= number <= most:
                raise InputError(f"Choose {least} to {most:,} {what}, not {number}.")


def helps_without(names: str) -> tuple[str, ...]:
    """Return the usual helps but for some.

    Args:
        names: with commas between them; or "all".

    Raises:
        InputError: there is no such help.
    """
    left_out = [name.strip() for name in names.split(",") if name.strip()]
    if left_out == ["all"]:
        return ()
    for name in left_out:
        if name not in HELPS:
            raise InputError(f"There is no help {name!r}; choose of {', '.join(HELPS)}, or all.")
    return tuple(name for name in USUAL if name not in left_out)
