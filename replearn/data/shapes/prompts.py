"""Texts that ask for a solid, a colour or both."""

from replearn.data.shapes.captions import SOLID_WORDS
from replearn.data.shapes.vocabulary import COLOURS, SOLIDS


def prompts_for(asked: str) -> list[list[str]]:
    """Return the texts of each solid, colour or pair of both, which are averaged."""
    if asked == "solid":
        return [
            [f"{start}{coloured('', word)}" for start in ("", "a photo of ") for word in words]
            for words in SOLID_WORDS
        ]
    if asked == "colour":
        return [[coloured(colour, solid) for solid in SOLIDS] for colour in COLOURS]
    return [
        [coloured(colour, word) for word in words] for colour in COLOURS for words in SOLID_WORDS
    ]


def coloured(colour: str, solid: str) -> str:
    """Return a solid with its colour and article; an empty colour leaves it out."""
    words = f"{colour} {solid}".strip()
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
