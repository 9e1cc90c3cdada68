"""Label lists and prompt templates: presets, and what a user types."""

import ast
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.data.packages import package_file

MAX_LABELS = 2_000
MAX_LENGTH = 300
MAX_TEMPLATES = 100
IMAGENET = "ImageNet's 1,000 names"
_IMAGENET_VARIABLE = "IMAGENET_CLASSNAMES"


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(","))


LABEL_PRESETS: dict[str, tuple[str, ...]] = {
    "everyday things": _split(
        "person, dog, cat, bird, fish, flower, tree, house, bridge, car, bicycle, motorcycle, bus, "
        "train, airplane, boat, chair, table, bed, lamp, cup, bottle, plate, knife, book, pen, "
        "clock, telephone, computer, camera, television, shoe, hat, shirt, bag, umbrella, guitar, "
        "ball, cake, apple"
    ),
    "animals": _split(
        "dog, cat, horse, cow, sheep, goat, pig, rabbit, mouse, squirrel, fox, wolf, bear, lion, "
        "tiger, cheetah, leopard, elephant, giraffe, zebra, monkey, gorilla, kangaroo, camel, "
        "deer, whale, dolphin, shark, fish, octopus, crab, turtle, snake, lizard, frog, eagle, "
        "owl, parrot, penguin, duck, chicken, butterfly, bee, spider, snail"
    ),
    "food": _split(
        "apple, banana, orange, strawberry, grapes, lemon, pineapple, tomato, carrot, broccoli, "
        "potato, mushroom, bread, cheese, egg, salad, soup, pizza, pasta, hamburger, hot dog, "
        "sandwich, french fries, sushi, rice, steak, roast chicken, fish dish, pancakes, cake, "
        "cookie, doughnut, chocolate, ice cream, coffee, tea, orange juice, beer, wine"
    ),
    "vehicles": _split(
        "car, taxi, police car, sports car, bus, van, pickup truck, fire engine, ambulance, "
        "tractor, bulldozer, bicycle, motorcycle, scooter, train, tram, airplane, helicopter, "
        "hot-air balloon, rocket, rowing boat, sailing boat, ferry, container ship, submarine"
    ),
    "scenes": _split(
        "beach, mountain, forest, desert, lake, river, waterfall, sea, snow, field, garden, park, "
        "city street, highway, bridge, harbour, airport, railway station, castle, church, market, "
        "shop, restaurant, kitchen, living room, bedroom, bathroom, office, classroom, library, "
        "stadium, night sky"
    ),
    "what mood": _split(
        "joyful, calm, sad, lonely, angry, frightening, mysterious, romantic, funny, exciting, "
        "solemn, cosy"
    ),
    "what style": _split(
        "photograph, black-and-white photograph, drawing, pencil sketch, oil painting, "
        "watercolour, cartoon, icon, logo, 3D rendering, pixel art, screenshot, map, silhouette, "
        "poster, sculpture"
    ),
    "CIFAR-10": _split("airplane, automobile, bird, cat, deer, dog, frog, horse, ship, truck"),
}

TEMPLATE_PRESETS: dict[str, tuple[str, ...]] = {
    "plain": ("{}",),
    "a photo": ("a photo of a {}.",),
    "seven of CLIP's": (
        "itap of a {}.",
        "a bad photo of the {}.",
        "a origami {}.",
        "a photo of the large {}.",
        "a {} in a video game.",
        "art of the {}.",
        "a photo of the small {}.",
    ),
}

DEFAULT_TEMPLATES = TEMPLATE_PRESETS["a photo"]

# they would turn the reading order of everything after them, or say nothing
_UNSEEN = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True)
class Labels:
    """Labels that can be encoded, and what was changed on the way, in words for the user."""

    names: tuple[str, ...]
    notes: tuple[str, ...] = ()


def preset_names() -> tuple[str, ...]:
    """Return the names of all label presets."""
    return (*LABEL_PRESETS, IMAGENET)


def preset_labels(name: str) -> tuple[str, ...]:
    """Return the labels of a preset.

    Raises:
        InputError: there is no such preset, or ImageNet's names aren't installed.
    """
    if name == IMAGENET:
        return imagenet_names()
    if name not in LABEL_PRESETS:
        known = preset_names()
        raise InputError(
            f"There is no label preset {name!r}; choose one of {', '.join(known)}."
            f"{nearest(name, known)}"
        )
    return LABEL_PRESETS[name]


@cache
def imagenet_names() -> tuple[str, ...]:
    """Return ImageNet's 1,000 class names in their order, as OpenCLIP words them.

    The file is parsed, not imported: importing it would load torch. Two names stand there twice
    (missile, sunglasses), as two classes each.

    Raises:
        InputError: open_clip_torch isn't installed, or no longer holds the names.
    """
    path = package_file("open_clip", "zero_shot_metadata.py")
    tree = ast.parse(path.read_text(encoding="utf-8") if path else "")
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == _IMAGENET_VARIABLE:
            return tuple(map(str, ast.literal_eval(node.value)))
    raise InputError("ImageNet's names come with OpenCLIP; run pip install open_clip_torch.")


def parse_labels(text: str) -> Labels:
    """Read labels, one a line; a single line is split at its commas.

    White space is trimmed, control characters and duplicates (whatever their case) are dropped;
    everything else, HTML too, stays as it is.

    Raises:
        InputError: no label is left, there are more than `MAX_LABELS`, or one is longer than
            `MAX_LENGTH` characters.
    """
    lines = _lines(text)
    return check_labels(lines[0].split(",") if len(lines) == 1 else lines)


def check_labels(given: Sequence[str]) -> Labels:
    """Clean a list of labels as `parse_labels` does, without splitting any.

    Raises:
        InputError: no label is left, there are more than `MAX_LABELS`, or one is longer than
            `MAX_LENGTH` characters.
    """
    names = _clean(given)
    if not names:
        raise InputError("Type at least one label, one on each line.")
    for name in names:
        if len(name) > MAX_LENGTH:
            raise InputError(
                f"The label that begins with {name[:40]!r} has {len(name):,} characters; "
                f"shorten it to at most {MAX_LENGTH}."
            )
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.casefold(), name)
    kept = tuple(first.values())
    if len(kept) > MAX_LABELS:
        raise InputError(f"These are {len(kept):,} labels; give at most {MAX_LABELS:,}.")
    return Labels(kept, _notes(len(names) - len(kept)))


def parse_templates(text: str) -> tuple[str, ...]:
    """Read prompt templates, one a line, each with one {} where the label goes; none is ("{}",).

    Raises:
        InputError: a template doesn't hold exactly one {}, is too long, or there are too many.
    """
    return check_templates(_lines(text))


def check_templates(given: Sequence[str]) -> tuple[str, ...]:
    """Clean a list of templates; an empty one becomes ("{}",), the bare label.

    Raises:
        InputError: a template doesn't hold exactly one {}, is too long, or there are too many.
    """
    templates = tuple(dict.fromkeys(_clean(given)))
    for template in templates:
        if template.count("{}") != 1:
            raise InputError(
                f"The template {template[:80]!r} must contain {{}} exactly once, "
                "where the label goes."
            )
        if len(template) > MAX_LENGTH:
            raise InputError(
                f"The template that begins with {template[:40]!r} has {len(template):,} "
                f"characters; shorten it to at most {MAX_LENGTH}."
            )
    if len(templates) > MAX_TEMPLATES:
        raise InputError(f"These are {len(templates)} templates; give at most {MAX_TEMPLATES}.")
    return templates or ("{}",)


def fill(template: str, label: str) -> str:
    """Put a label into a template; braces other than the template's {} mean nothing."""
    before, after = template.split("{}")
    return before + label + after


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _clean(texts: Sequence[str]) -> list[str]:
    """Drop what can't be seen or encoded, join runs of white space, leave out what is empty."""
    cleaned = ("".join(map(_visible, text)) for text in texts)
    return [name for text in cleaned if (name := " ".join(text.split()))]


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    # Cc: control characters; Cs: halves of a character, which can't be encoded
    unseen = character in _UNSEEN or unicodedata.category(character) in {"Cc", "Cs"}
    return "" if unseen else character


def _notes(duplicates: int) -> tuple[str, ...]:
    if not duplicates:
        return ()
    return (f"{duplicates} duplicate{'' if duplicates == 1 else 's'} dropped",)
