"""Words that a model's parts are told by: the captions' grammar, emoji's names, own lists."""

from collections.abc import Callable
from typing import cast

from replearn.core.registry import resolve

# a further list is one line: its name, and the function that returns its texts
VOCABULARIES = {
    "shapes": "replearn.data.vocabularies.grammar:shapes_texts",
    "emoji": "replearn.data.vocabularies.names:emoji_texts",
    "photographs": "replearn.data.vocabularies.photographs:photograph_texts",
    "nouns": "replearn.data.vocabularies.nouns:noun_texts",
}


def vocabulary(name: str) -> tuple[str, ...]:
    """Return the texts of a vocabulary, each once.

    Raises:
        InputError: there is none of that name.
    """
    texts = cast(Callable[[], tuple[str, ...]], resolve("vocabulary", name, VOCABULARIES))
    return tuple(dict.fromkeys(texts()))


def usual_vocabulary(model: str) -> str:
    """Return the vocabulary that suits a model: that of what it was trained on."""
    for name in ("shapes", "emoji"):
        if model.startswith(f"{name}-"):
            return name
    return "photographs"


def usual_dataset(model: str) -> str:
    """Return the data set that a model's parts are measured on: what it was trained on."""
    name = usual_vocabulary(model)
    return "photo-crops" if name == "photographs" else name
