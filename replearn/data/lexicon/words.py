"""Words in a label: what is said about the picture, singular forms, phrases of a sentence."""

import re

_ABOUT_THE_PICTURE = re.compile(
    r"^(?:(?:itap|(?:(?:a|an|the|this is|one|my)\s+)*(?:[\w-]+\s+){0,2}?"
    r"(?:photo|photograph|picture|image|close-up|snapshot)s?)\s+(?:of|showing)\s+)+",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"^(?:(?:a|an|the|some|one|two|three|many|my|this|that)\s+)+", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\s*[,;.!?]\s*|\s+(?:of|on|in|with|at|under|and|or|by|near|behind|beside|over|from|for|to|"
    r"into|through|above|below|between|against|without|is|are|that|which|while|as)\s+",
    re.IGNORECASE,
)
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "person",
    "mice": "mouse",
    "geese": "goose",
    "feet": "foot",
    "teeth": "tooth",
    "leaves": "leaf",
    "knives": "knife",
    "loaves": "loaf",
    "wolves": "wolf",
    "calves": "calf",
    "halves": "half",
    "shelves": "shelf",
    "scarves": "scarf",
}
# the plainest first: "vases" are vases, though "buses" lose two letters
_ENDINGS = (("s", ""), ("ies", "y"), ("es", ""), ("ves", "f"), ("ves", "fe"), ("i", "us"))


def subject(text: str) -> str:
    """Return a prompt without what it says about the picture, without articles and full stop."""
    bare = _ABOUT_THE_PICTURE.sub("", text.strip()).strip(" .")
    return _DETERMINER.sub("", bare)


def phrases(text: str) -> list[str]:
    """Return the parts of a sentence between its prepositions, conjunctions and commas."""
    return [bare for part in _BETWEEN.split(text) if (bare := subject(part))]


def singulars(phrase: str) -> list[str]:
    """Return a case-folded phrase and what its last word may be the plural of."""
    folded = phrase.casefold().replace("_", " ")
    head, space, last = folded.rpartition(" ")
    found = [folded]
    if last in _IRREGULAR:
        found.append(f"{head}{space}{_IRREGULAR[last]}")
    for ending, instead in _ENDINGS:
        if last.endswith(ending) and not last.endswith("ss") and len(last) > len(ending) + 1:
            found.append(f"{head}{space}{last.removesuffix(ending)}{instead}")
    if "-" in folded:
        found += [folded.replace("-", " "), folded.replace("-", "")]
    return found
