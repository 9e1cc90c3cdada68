"""What an endpoint is given: passed on as it came, and checked in one place."""

import functools
import math
import types
from collections.abc import Callable
from typing import Any, Union, get_args, get_origin, get_type_hints

import gradio as gr

from replearn.core.errors import InputError, ReplearnError

LONGEST = 100_000  # characters of a text


class TextInput(gr.Textbox):
    """A text; what is none reaches `checked`."""

    is_template = True  # Gradio: the browser draws it as the parent class

    def preprocess(self, payload: Any) -> Any:
        """Return what was given."""
        return payload


class NumberInput(gr.Number):
    """A number; what is none reaches `checked`."""

    is_template = True

    def preprocess(self, payload: Any) -> Any:
        """Return what was given."""
        return payload


def checked(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """Return an endpoint that refuses wrong values, and what its study refuses, in one sentence.

    The endpoint's annotations say what each value must be.
    """
    hints = get_type_hints(endpoint)
    names = [name for name in hints if name != "return"]

    @functools.wraps(endpoint)
    def answer(*values: Any) -> Any:
        try:
            for name, value in zip(names, values, strict=False):
                _check(name, value, hints[name])
            return endpoint(*map(_sendable, values))
        except ReplearnError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return answer


def _sendable(value: Any) -> Any:
    """Return a value without halves of characters: no answer that repeats it could be sent."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, dict):
        return {_sendable(name): _sendable(one) for name, one in value.items()}
    return value


def _check(name: str, value: Any, hint: Any) -> None:
    if get_origin(hint) in (Union, types.UnionType):
        if value is None:
            return  # what is optional, or a picture: the endpoint says what is missing
        hint = next(one for one in get_args(hint) if one is not types.NoneType)
    if not _fits(value, hint):
        raise InputError(f"The value of {name} must be {_wanted(hint)}.")


def _fits(value: Any, hint: Any) -> bool:
    if hint is str:
        return isinstance(value, str) and len(value) <= LONGEST
    if hint is float:
        return _is_number(value)
    if get_origin(hint) is list:
        return isinstance(value, list) and all(_is_number(one) for one in value)
    return isinstance(value, dict)


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and math.isfinite(value) and abs(value) < 2**53


def _wanted(hint: Any) -> str:
    if hint is str:
        return f"a text of at most {LONGEST:,} characters"
    if hint is float:
        return "a finite number"
    if get_origin(hint) is list:
        return "a list of finite numbers, or null"
    return 'a set of names and values such as {"dimensions": 3}, or null'
