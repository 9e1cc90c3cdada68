"""Which of a word's senses is taken first: the likeliest on a picture's label.

WordNet orders senses by how often they are seen in a small corpus of prose. A picture's label wants
another order: by what a word names by itself, by its compounds, things before persons.
"""

from dataclasses import dataclass

from replearn.data.lexicon.table import lexicon

PERSON, ANIMAL, PLANT = "n00007846", "n00015388", "n00017222"
FOODS = ("n00021265", "n07555863")
OF_ANIMALS = (*FOODS, "n14700745")  # skin, fur
# in times seen; chosen by hand on all of ImageNet's class names, so that of these no figure is one
# of names kept out
LEAD = 20.0  # an animal before its meat or fur, a fruit before its tree
UNSEEN = 0.25  # of any sense; the corpus is too small to have them all
COMPOUND = 0.5  # "soup plate", "paper plate" are plates: each counts half a time seen
OTHER_NAME = 0.3  # "plate" is the fourth name of home plate
PERSONS = 0.2  # prose speaks of people more often than labels do


@dataclass(frozen=True)
class Weighed:
    """A sense and how much speaks for it.

    Attributes:
        row: of the lexicon.
        weight: in times seen.
    """

    row: int
    weight: float


def likeliest_first(form: str) -> list[Weighed]:
    """Return the senses of a case-folded word, the likeliest first; empty for an unknown word.

    A word whose usual meanings are no physical things, and which is only another name for one that
    is rarely meant, counts as unknown: "galaxy" is a collection of stars, and also a herb, galax.
    """
    known = lexicon()
    entries = sorted(known.rows.get(form, []))
    if not any(seen or rank == 1 or _own(form, row) for rank, seen, row in entries):
        return []
    first, compounds = entries[0][2], known.compounds.get(form, ())
    places = []
    for rank, seen, row in entries:
        kinds = sum(known.is_below(below, known.wnids[row]) for below in compounds)
        weight = UNSEEN + seen + COMPOUND * kinds
        if not _own(form, row):
            weight *= OTHER_NAME
        if known.is_below(row, PERSON):
            weight *= PERSONS
        if _leads(row, first):
            weight += LEAD
        places.append((-weight, not _own(form, row), known.is_below(row, PERSON), rank, row))
    return [Weighed(row, -weight) for weight, *_, row in sorted(places)]


def _own(form: str, row: int) -> bool:
    """Say whether a word is the first of a synset's names."""
    return lexicon().words[row][0].casefold() == form


def _leads(row: int, first: int) -> bool:
    """Say whether a sense goes before WordNet's first one because of what the two are."""
    known = lexicon()
    if known.is_below(row, ANIMAL):
        return any(known.is_below(first, wnid) for wnid in OF_ANIMALS)
    return known.is_below(first, PLANT) and any(known.is_below(row, wnid) for wnid in FOODS)
