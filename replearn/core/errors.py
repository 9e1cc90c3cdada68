"""Errors that a user may meet. Each message is one sentence that says what to do."""

import unicodedata

LONGEST = 2000  # characters of a message: what a user gave may be a whole file
_END = 500  # of them that are kept of its end, where it says what to do
# Cc: control characters; Cs: halves of a character, which can't be sent; the others turn what
# follows from left to right or are lines of their own
_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
_TURNING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class ReplearnError(Exception):
    """Base of every error whose message is meant for a user.

    Args:
        sentence: may repeat what a user gave: what would break the line, or turn it, becomes a
            space, and of what is endless the middle is left out.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(_one_line(sentence))


def _one_line(text: str) -> str:
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - _END]} ... {text[-_END:]}"
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if _breaks(one) else one for one in text)


def _breaks(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in _UNSEEN


class InputError(ReplearnError):
    """What the user gave (a picture, a label, a folder, a setting) can't be used as it is."""


class ModelError(ReplearnError):
    """A model can't be opened, or its weights or configuration don't fit."""


class CapabilityError(ModelError):
    """The chosen model can't do what was asked; the message names models that can."""


class OfflineError(ReplearnError):
    """Something would have to be downloaded, and no download was asked for or none is possible."""


class StoppedError(ReplearnError):
    """The user stopped the work."""


class TrainingError(ReplearnError):
    """A run can't go on; the message says what is kept and what to change."""
