"""Settings of a dataclass by name, from values or from text."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from replearn.core.errors import InputError
from replearn.core.registry import nearest


def configured(name: str, make: Any, overrides: Mapping[str, Any]) -> Any:
    """Make an object with some of its settings changed.

    Args:
        name: what a user calls it.
        make: its class; one that isn't a dataclass has no settings.
        overrides: by name, as values or as text.

    Raises:
        InputError: there is no such setting, or a value can't be read.
    """
    fields = dataclasses.fields(make) if dataclasses.is_dataclass(make) else ()
    known = {field.name: type(field.default) for field in fields}
    for key in overrides:
        if key not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise InputError(f"{name} has no setting {key!r}; {has}.{nearest(key, known)}")
    return make(**{key: _parsed(key, value, known[key]) for key, value in overrides.items()})


def _parsed(key: str, value: Any, kind: type) -> Any:
    try:
        return kind(value)
    except (TypeError, ValueError) as error:
        raise InputError(f"{key} is {value!r}; it must be a {kind.__name__}.") from error
