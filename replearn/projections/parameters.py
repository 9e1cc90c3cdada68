"""What a projection lets one choose: the page's controls and the checks come from here."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from replearn.core.errors import InputError
from replearn.core.registry import nearest

Value = int | float | str


@dataclass(frozen=True)
class Parameter:
    """One setting of a projection: a number from `low` to `high`, or one of `choices`."""

    name: str
    default: Value
    text: str
    low: float = 0
    high: float = 0
    step: float = 1
    choices: tuple[Value, ...] = ()


def number(default: float, ends: tuple[float, float], step: float, text: str) -> Any:
    """Declare a dataclass field that holds a number between two ends."""
    return field(
        default=default, metadata={"low": ends[0], "high": ends[1], "step": step, "text": text}
    )


def choice(default: Value, choices: tuple[Value, ...], text: str) -> Any:
    """Declare a dataclass field that holds one of some values."""
    return field(default=default, metadata={"choices": choices, "text": text})


def parameters_of(projection: type) -> list[Parameter]:
    """Return the declared parameters of a projection's class, in order."""
    return [
        Parameter(declared.name, cast(Value, declared.default), **declared.metadata)
        for declared in dataclasses.fields(projection)
    ]


def checked(kind: str, declared: list[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the given settings, numbers as numbers of the declared kind.

    Raises:
        InputError: a setting doesn't exist or is outside its range.
    """
    known = {one.name: one for one in declared}
    found = {}
    for name, value in given.items():
        if name not in known:
            raise InputError(
                f"{kind} has no setting {name!r}; it has {', '.join(known)}.{nearest(name, known)}"
            )
        found[name] = _checked_one(kind, known[name], value)
    return found


def _checked_one(kind: str, one: Parameter, value: Any) -> Value:
    if one.choices:
        for valid in one.choices:
            if str(value) == str(valid):
                return valid
        named = ", ".join(map(str, one.choices))
        raise InputError(f"{one.name} of {kind} is {value!r}; choose one of {named}.")
    try:
        inside = one.low <= float(value) <= one.high
    except (TypeError, ValueError):
        inside = False
    if not inside:
        raise InputError(
            f"{one.name} of {kind} is {value!r}; give a number from {one.low:g} to {one.high:g}."
        )
    return int(float(value)) if isinstance(one.default, int) else float(value)
