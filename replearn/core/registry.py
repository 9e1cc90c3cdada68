"""Explicit registries: a name and where its class stands, imported on use."""

import difflib
import importlib
from collections.abc import Iterable, Mapping

from replearn.core.errors import InputError


def nearest(name: str, valid: Iterable[str]) -> str:
    """Return ' Did you mean X?' for the nearest valid name, or an empty string."""
    matches = difflib.get_close_matches(name, list(valid), n=1)
    return f" Did you mean {matches[0]}?" if matches else ""


def resolve(kind: str, name: str, registry: Mapping[str, str]) -> object:
    """Import the object that `registry[name]` ("module:attribute") names.

    Raises:
        InputError: the name isn't in the registry; the message lists the valid names.
    """
    if name not in registry:
        valid = ", ".join(registry)
        raise InputError(
            f"There is no {kind} called {name!r}; choose one of {valid}.{nearest(name, registry)}"
        )
    module, attribute = registry[name].split(":")
    found: object = getattr(importlib.import_module(module), attribute)
    return found
