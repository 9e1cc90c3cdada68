"""`emoji-people`: what people are and do, each as the same picture that differs in one trait."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from replearn.core import fingerprint
from replearn.data.base import Sample
from replearn.data.emoji import DESIGNERS, Emoji

TONES = ("light", "medium-light", "medium", "medium-dark", "dark")
YELLOW = "none (yellow)"
GENDERS = ("person", "woman", "man")
_TONE_OF = {f"1f3f{mark}": tone for mark, tone in zip("bcdef", TONES, strict=True)}
_GENDER_OF = {"1f469": "woman", "2640": "woman", "1f468": "man", "2642": "man"}
_SUBGROUPS = ("person-role", "person-activity", "person-sport")
_MIRRORED = "facing right"
_FORMS = (1 + len(TONES)) * len(GENDERS)


@dataclass(frozen=True)
class _Person:
    """One drawing."""

    row: int  # of the designer's emoji
    designer: str
    thing: str  # the code without tone and gender
    tone: str
    gender: str


class EmojiPeople:
    """Emoji of people's roles, activities and sports in every skin tone and gender, on white.

    A label is what the person is or does, in the name of the form that spells out no gender. Of
    each there are eighteen drawings by each of two designers: five skin tones and the yellow that
    stands for none, each as a woman, a man and a person. So the pictures of two tones are the same
    but for the tone. `meta` holds the skin tone, the gender, the designer and Unicode's subgroup.
    Families, hands, and what isn't drawn in all forms are left out.

    Raises:
        InputError: a package isn't installed.
    """

    name = "emoji-people"

    def __init__(self) -> None:
        self._drawn = {designer: _all(designer) for designer in DESIGNERS}
        self._people = tuple(_whole(self._drawn))
        neutral = {
            one.thing: self._named(one)
            for one in self._people
            if (one.tone, one.gender) == (YELLOW, GENDERS[0])
        }
        self.class_names: tuple[str, ...] = tuple(dict.fromkeys(neutral.values()))
        self._label_of = {thing: self.class_names.index(name) for thing, name in neutral.items()}

    def __len__(self) -> int:
        return len(self._people)

    def __getitem__(self, index: int) -> Sample:
        """Open drawing `index`."""
        one = self._people[index]
        found = self._drawn[one.designer][one.row]
        meta = {
            "skin tone": one.tone,
            "gender": one.gender,
            "designer": one.designer,
            "subgroup": found.meta["subgroup"],
        }
        identity = f"{one.designer}-{found.id}"
        return Sample(found.image, self._label_of[one.thing], found.caption, identity, meta)

    def fingerprint(self) -> str:
        """Return a fingerprint of both designers' drawings."""
        parts = [self._drawn[designer].fingerprint() for designer in DESIGNERS]
        return fingerprint.of_parts([self.name, str(len(self)), *parts])

    def _named(self, one: _Person) -> str:
        return self._drawn[one.designer].names[one.row]


@lru_cache(maxsize=len(DESIGNERS))
def _all(designer: str) -> Emoji:
    return Emoji(frozenset({"gender", "skin-tone"}), designer, "subgroup")


def _whole(drawn: dict[str, Emoji]) -> Iterator[_Person]:
    """Yield the drawings of what both designers drew in all forms, thing by thing."""
    found: dict[str, list[_Person]] = {}
    for designer, emoji in drawn.items():
        for row, (code, subgroup, name) in enumerate(
            zip(emoji.ids, emoji.labels, emoji.names, strict=True)
        ):
            if subgroup in _SUBGROUPS and _MIRRORED not in name:
                one = _person(row, designer, code)
                found.setdefault(one.thing, []).append(one)
    for some in found.values():
        forms = {(one.designer, one.tone, one.gender) for one in some}
        if len(some) == len(forms) == _FORMS * len(drawn):
            yield from some


def _person(row: int, designer: str, code: str) -> _Person:
    points = [point for point in code.split("-") if point not in {"200d", "fe0f"}]
    tones = [_TONE_OF[point] for point in points if point in _TONE_OF]
    genders = [_GENDER_OF[point] for point in points if point in _GENDER_OF]
    # a person stands where a woman or a man would; a sign after the rest is left out
    thing = [point for point in points if point not in _TONE_OF and point not in _GENDER_OF]
    thing = [point for point in thing if point != "1f9d1"]
    return _Person(
        row,
        designer,
        "-".join(thing),
        tones[0] if len(tones) == 1 else YELLOW if not tones else "mixed",
        genders[0] if genders else GENDERS[0],
    )
