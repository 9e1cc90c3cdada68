"""Words for what photographs show: colours, surfaces, shapes, counts, places, moods, things."""

from replearn.data.labels import IMAGENET, preset_labels
from replearn.data.vocabularies.lists import (
    COLOURS,
    COUNTED,
    COUNTS,
    LETTERS,
    LIGHT,
    MATERIALS,
    MOODS,
    PLACES,
    SEASONS,
    SHAPES,
    STYLES,
    TEXTURES,
    VIEWS,
    WEATHER,
)


def photograph_texts() -> tuple[str, ...]:
    """Return single words, and pairs of two kinds; names of things come from the label sets."""
    single = [*COLOURS, *TEXTURES, *SHAPES, *MATERIALS, *PLACES, *MOODS, *SEASONS, *WEATHER]
    found = [*single, *(f"a {style}" for style in STYLES), *VIEWS, *LIGHT]
    found += [f"the letter {letter}" for letter in LETTERS]
    found += [f"{count} {thing}" for count in COUNTS for thing in COUNTED]
    found += [f"{colour} {material}" for colour in COLOURS for material in MATERIALS]
    found += [f"{texture} {material}" for texture in TEXTURES for material in MATERIALS]
    found += [f"{mood} {place}" for mood in MOODS for place in PLACES]
    found += [f"{place} in {season}" for place in PLACES for season in SEASONS]
    found += [name for kind in ("animals", "food", "vehicles") for name in preset_labels(kind)]
    return (*found, *preset_labels(IMAGENET))
