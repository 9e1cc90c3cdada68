"""The names of emoji."""

from replearn.data.emoji import Emoji


def emoji_texts() -> tuple[str, ...]:
    """Return the names of all emoji."""
    return tuple(Emoji().names)
