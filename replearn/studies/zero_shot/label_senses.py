"""Which senses a model took a question's labels for, where it looks them up."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from replearn.data.lexicon import Reading, Sense, read, with_sense
from replearn.encoders.base import Encoder

MOST = 60  # more are no help to a reader


@dataclass(frozen=True)
class LabelSense:
    """A label whose first noun has several senses.

    Attributes:
        label: as it was given.
        noun: the noun that was looked up, without what stands in brackets.
        senses: those that a label can choose, the one that is taken first.
        doubtful: whether the second is likely too.
        chosen: whether the label itself names the sense, "crane (wading bird)".
    """

    label: str
    noun: str
    senses: tuple[Sense, ...]
    doubtful: bool
    chosen: bool


def label_senses(encoder: Encoder, labels: Sequence[str]) -> tuple[LabelSense, ...]:
    """Return the labels that may mean several things, the doubtful ones first, 60 at most.

    Empty for a model that looks no noun up: only photo-clip does.
    """
    return _looked_up(tuple(labels)) if encoder.looks_up_senses else ()


@functools.lru_cache(maxsize=8)  # thousands of labels are asked again with every picture
def _looked_up(labels: tuple[str, ...]) -> tuple[LabelSense, ...]:
    several = []
    for label in labels:
        found = read(label)
        if found and len(found[0].senses) > 1:
            several.append((label, found[0]))
    several.sort(key=lambda one: not one[1].doubtful)
    told = [_told(label, first) for label, first in several[:MOST]]
    return tuple(one for one in told if len(one.senses) > 1)


def _told(label: str, first: Reading) -> LabelSense:
    # two senses may have the same hint, so that only the more usual one can be chosen by it
    others = [sense for sense in first.senses[1:] if _taken(label, sense) == sense]
    doubtful = first.doubtful and others[:1] == [first.senses[1]]
    chosen = with_sense(label, first.sense).casefold() == label.strip().casefold()
    return LabelSense(label, first.phrase, (first.sense, *others), doubtful, chosen)


def _taken(label: str, sense: Sense) -> Sense | None:
    found = read(with_sense(label, sense))
    return found[0].sense if found else None
