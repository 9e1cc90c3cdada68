"""The grammar of the captions of `shapes`, written out: single factors, and pairs of them."""

from replearn.data.shapes.captions import (
    BACKDROP_WORDS,
    FLOOR_WORDS,
    SIZE_WORDS,
    SOLID_WORDS,
    TEXTURE_WORDS,
)
from replearn.data.shapes.vocabulary import COLOURS, LIGHTS


def shapes_texts() -> tuple[str, ...]:
    """Return phrases that the captions are made of, and those of two factors."""
    solids = [words[0] for words in SOLID_WORDS]
    textures = [forms[0][0] for forms in TEXTURE_WORDS[1:]]
    every_solid = [word for words in SOLID_WORDS for word in words]
    sizes = [words[0] for words in SIZE_WORDS]
    floors = [words[0] for words in FLOOR_WORDS]
    backdrops = [words[0] for words in BACKDROP_WORDS]
    found = [_article(solid) for solid in every_solid]
    found += [_article(f"{colour} {solid}") for colour in COLOURS for solid in solids]
    found += [_article(f"{texture} {solid}") for texture in textures for solid in solids]
    found += [_article(f"{size} {solid}") for size in sizes for solid in solids]
    found += [f"{_article(solid)} {place}" for solid in solids for place in floors + backdrops]
    sides = [side if side == "behind" else f"the {side}" for side in LIGHTS]
    found += [f"{_article(solid)}, lit from {side}" for solid in solids for side in sides]
    found += [
        _article(f"{colour} {texture} {solid}")
        for colour in COLOURS
        for texture in textures
        for solid in solids
    ]
    return tuple(found)


def _article(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
