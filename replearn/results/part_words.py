"""Words for a model's parts, and for a picture."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from replearn.core.statistics import Proportion
from replearn.results.parts import Part
from replearn.results.stamp import Floats, Stamp, stamp_dict


@dataclass(frozen=True)
class Words:
    """Texts that span what one head gives.

    Attributes:
        texts: in the order in which they were taken.
        explained: what share of the head's variance each adds.
        shuffled: the share that as many shuffled texts explain together, the mean of some orders.
    """

    texts: tuple[str, ...]
    explained: tuple[float, ...]
    shuffled: float

    @property
    def total(self) -> float:
        """The share of the variance that the texts explain together."""
        return float(sum(self.explained))


@dataclass(frozen=True, eq=False)
class HeadTexts:
    """Texts for each head of a model.

    Attributes:
        centred: by (layer, head): with the mean picture and the mean text taken away.
        raw: the same with nothing taken away.
        weight: (layers, heads), each head's share of the variance of all heads' outputs.
        stamp: where it comes from.
    """

    centred: Mapping[Part, Words]
    raw: Mapping[Part, Words]
    weight: Floats
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON; layers and heads are counted from 0."""
        return {
            "heads": [
                {
                    "layer": part[0],
                    "head": part[1],
                    "weight": float(self.weight[part]),
                    **{
                        name: {
                            "texts": list(words[part].texts),
                            "explained": list(words[part].explained),
                            "shuffled": words[part].shuffled,
                        }
                        for name, words in (("centred", self.centred), ("raw", self.raw))
                    },
                }
                for part in self.centred
            ],
            "stamp": stamp_dict(self.stamp),
        }


@dataclass(frozen=True, eq=False)
class Concepts:
    """A picture's vector as a few words.

    Attributes:
        words: those of the sum, the heaviest first.
        weights: theirs, positive.
        cosine: of the rebuilt vector and the picture's own.
        centred_cosine: the same with the mean picture taken away from both.
        nearest: the words of highest cosine, with it.
        nearest_centred: the words whose cosine most exceeds the mean picture's, with the excess.
        stamp: where it comes from.
    """

    words: tuple[str, ...]
    weights: tuple[float, ...]
    cosine: float
    centred_cosine: float
    nearest: tuple[tuple[str, float], ...]
    nearest_centred: tuple[tuple[str, float], ...]
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON."""
        return {
            "words": list(self.words),
            "weights": list(self.weights),
            "cosine": self.cosine,
            "centred_cosine": self.centred_cosine,
            "nearest": [list(one) for one in self.nearest],
            "nearest_centred": [list(one) for one in self.nearest_centred],
            "stamp": stamp_dict(self.stamp),
        }


@dataclass(frozen=True)
class ConceptPoint:
    """What is left of pictures' vectors in so many words.

    Attributes:
        k: the most words of a picture.
        accuracy: of zero-shot answers from the rebuilt vectors.
        cosine: mean, of rebuilt vectors and pictures' own.
    """

    k: int
    accuracy: Proportion
    cosine: float


@dataclass(frozen=True)
class ConceptAccuracy:
    """How often zero-shot is right where pictures are written in a few words (SpLiCE).

    Attributes:
        points: by rising k.
        whole: with the pictures' own vectors.
        chance: of always saying the most frequent class.
        stamp: where it comes from.
    """

    points: tuple[ConceptPoint, ...]
    whole: Proportion
    chance: float
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON."""
        return {
            "points": [asdict(point) for point in self.points],
            "whole": asdict(self.whole),
            "chance": self.chance,
            "stamp": stamp_dict(self.stamp),
        }


@dataclass(frozen=True)
class UnitWord:
    """A word that goes with a unit.

    Attributes:
        text: the word.
        correlation: of the unit's responses with the word's likeness to the pictures.
        beats: whether that is more than the best word has with shuffled pictures.
    """

    text: str
    correlation: float
    beats: bool


@dataclass(frozen=True, eq=False)
class UnitWords:
    """Words that an image-text model predicts for a unit.

    Attributes:
        words: the best first.
        shuffled: what the best word of all has with shuffled pictures, exceeded once in twenty.
        stamp: where it comes from.
    """

    words: tuple[UnitWord, ...]
    shuffled: float
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON."""
        return {
            "words": [asdict(one) for one in self.words],
            "shuffled": self.shuffled,
            "stamp": stamp_dict(self.stamp),
        }
