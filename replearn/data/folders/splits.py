"""Names of splits: train, validation and test, as people call their folders and tables."""

import re
from collections.abc import Collection, Sequence

from replearn.core.errors import InputError
from replearn.core.registry import nearest

_KINDS = {
    "train": "train|training",
    "validation": "val|valid|validation|dev|development",
    "test": "test|testing|eval|evaluation|holdout|held[-_ ]?out",
    # what stands beside them
    "": "unlabell?ed|pred|predict|prediction|extra",
}
_NAME = re.compile(
    r"(?P<before>(?:.*[-_. ])?)"
    rf"(?P<kind>{'|'.join(_KINDS.values())})"
    r"(?:[-_. ]?(?:sets?|data|datasets?|images|imgs|pictures|photos|split|\d+|\d+-of-\d+))*",
    re.I,
)


def kind_of_split(name: str) -> str | None:
    """Return "train", "validation" or "test" for a name of a split; None for any other name."""
    found = _NAME.fullmatch(name.strip())
    return _kind(found) if found and not found["before"] else None


def are_splits(names: Collection[str]) -> bool:
    """Say whether all names are those of splits, e.g. train and val, or seg_train and seg_test.

    With a word in front there must be two kinds: steam_train and freight_train are classes.
    """
    found = [match for name in names if (match := _NAME.fullmatch(name.strip()))]
    if not names or len(found) < len(names):
        return False
    kinds = {kind for match in found if (kind := _kind(match))}
    befores = {match["before"].lower() for match in found}
    return bool(kinds) and (befores == {""} or (len(befores) == 1 and len(kinds) > 1))


def chosen_split(data: str, wanted: str, there: Sequence[str]) -> str:
    """Return the split that is meant: one of that name, or the one of that kind.

    Args:
        data: what the message calls the data set.
        wanted: e.g. "test"; also finds a split called testing.
        there: the splits there are.

    Raises:
        InputError: there is none.
    """
    same = [name for name in there if name.lower() == wanted.strip().lower()]
    kind = kind_of_split(wanted)
    same = same or [name for name in there if kind and _any_kind(name) == kind]
    if len(same) == 1:
        return same[0]
    if not there:
        raise InputError(
            f"{data} has no splits; put the pictures in folders called train and test, or leave "
            "the split out."
        )
    raise InputError(
        f"{data} has no split {wanted!r}; choose one of {', '.join(there)}.{nearest(wanted, there)}"
    )


def _any_kind(name: str) -> str | None:
    found = _NAME.fullmatch(name.strip())
    return _kind(found) if found else None


def _kind(found: "re.Match[str]") -> str:
    return next(kind for kind, names in _KINDS.items() if re.fullmatch(names, found["kind"], re.I))
