"""A label is looked up: which senses its nouns have, and which of them is taken."""

import re
from dataclasses import dataclass

from replearn.data.lexicon.order import Weighed, likeliest_first
from replearn.data.lexicon.table import Sense, lexicon
from replearn.data.lexicon.words import phrases, singulars, subject

LIKELY = 0.2  # a second sense is likely if it weighs at least so much against the first
_CHOSEN = re.compile(r"^(.*\S)\s*\(([^()]+)\)\s*\.?$")
# they say nothing of what a picture shows, though WordNet knows them as things
_EMPTY = frozenset(
    ["photo", "photograph", "picture", "image", "thing", "something", "anything", "one", "these"]
)


@dataclass(frozen=True)
class Reading:
    """One noun of a label, and what it is taken for.

    Attributes:
        phrase: as written, with its adjectives, without articles: "red crane".
        senses: what the noun may mean, the one that is taken first.
        doubtful: whether the second sense is likely too.
    """

    phrase: str
    senses: tuple[Sense, ...]
    doubtful: bool

    @property
    def sense(self) -> Sense:
        """The sense that is taken."""
        return self.senses[0]


def read(label: str) -> tuple[Reading, ...]:
    """Look up the nouns of a label or sentence; empty where none is known.

    A name in brackets at the end chooses the sense: "crane (wading bird)".
    """
    text = subject(label)
    hint = ""
    if chosen := _CHOSEN.match(text):
        text, hint = subject(chosen[1]), chosen[2]
    rows = _rows(text)
    if rows:
        return (_reading(text, rows, hint),)
    if told := _told_by_its_kind(text):
        return (told,)
    found = []
    for part in phrases(text):
        words = part.split()
        for phrase in _inner(words):
            if rows := _rows(phrase):
                found.append(_reading(part, rows, hint))
                break
    return tuple(found)


def senses(label: str) -> tuple[Sense, ...]:
    """Return what a label's first noun may mean, the sense that is taken first."""
    found = read(label)
    return found[0].senses if found else ()


def with_sense(label: str, sense: Sense) -> str:
    """Return the label with a sense chosen, "crane (wading bird)", to be encoded or looked up."""
    chosen = _CHOSEN.match(label.strip())
    return f"{chosen[1] if chosen else label.strip().rstrip('.')} ({sense.hint})"


def _told_by_its_kind(text: str) -> Reading | None:
    """Read "crane bird" as the crane that is a bird; None where the last word is no kind of it."""
    name, _, kind = text.rpartition(" ")
    rows = _rows(name)
    if not rows:
        return None
    found = _reading(name, rows, kind)
    above = {word for names in found.sense.chain for word in names.casefold().split()}
    if not above & set(singulars(kind)):
        return None
    return Reading(text, found.senses, doubtful=False)


def _inner(words: list[str]) -> list[str]:
    """Return the runs of words, those that end last first, of these the longest first."""
    return [" ".join(words[a:z]) for z in range(len(words), 0, -1) for a in range(z)]


def _rows(phrase: str) -> list[Weighed]:
    """Return a phrase's senses, the likeliest first."""
    for form in singulars(phrase):
        if form in _EMPTY:
            return []
        if found := likeliest_first(form):
            return found
    return []


def _reading(phrase: str, rows: list[Weighed], hint: str) -> Reading:
    found = [lexicon().sense(weighed.row) for weighed in rows]
    wanted = set(re.findall(r"\w+", hint.casefold()))
    if wanted:
        matches = [_match(sense, wanted) for sense in found]
        best = max(range(len(found)), key=lambda i: (matches[i], -i))
        if matches[best]:
            return Reading(phrase, (found[best], *found[:best], *found[best + 1 :]), False)
    doubtful = len(found) > 1 and rows[1].weight >= LIKELY * rows[0].weight
    return Reading(phrase, tuple(found), doubtful)


def _match(sense: Sense, wanted: set[str]) -> float:
    """Return how well words in brackets name a sense; what is nearer in its chain counts more."""
    weight, total = 1.0, 0.0
    for names in (sense.chain[:1], sense.words, *((name,) for name in sense.chain[1:])):
        known = set(re.findall(r"\w+", " ".join(names).casefold()))
        total += weight * len(wanted & known)
        weight /= 2
    return total
