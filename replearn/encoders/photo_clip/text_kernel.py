"""The text side of photo-clip: a kernel regression that is evaluated as it is, not imitated.

A text is looked up in the lexicon. Its noun is compared with the nodes that were learnt from twice,
by name ("puffin, Atlantic puffin") and by what it is a kind of ("puffin, a kind of auk, seabird");
the two Gaussian kernels are added.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.data.lexicon import read
from replearn.data.lexicon.words import subject

Floats = npt.NDArray[np.float32]
SentenceVectors = Callable[[Sequence[str]], Floats]


@dataclass(frozen=True)
class Described:
    """A noun as the two kernels want it: its names, and what it is a kind of."""

    names: str
    kind: str


def described(text: str) -> list[Described]:
    """Describe every noun of a text; a text without a known noun stands as it is."""
    found = [
        Described(noun.sense.names(noun.phrase), noun.sense.sentence(noun.phrase))
        for noun in read(text)
    ]
    plain = subject(text) or text
    return found or [Described(plain, plain)]


@dataclass(frozen=True, eq=False)
class TextKernel:
    """A regression from described nouns to the joint space.

    Attributes:
        names: unit sentence vectors of what was learnt from, (m, 384).
        kinds: the same of their chains of hypernyms, (m, 384).
        coefficients: (m, d).
        width: of both kernels, exp((cosine - 1) / width^2).
        kind_weight: how much the kernel of chains counts against that of names.
    """

    names: Floats
    kinds: Floats
    coefficients: Floats
    width: float
    kind_weight: float

    def __call__(self, texts: Sequence[str], sentence_vectors: SentenceVectors) -> Floats:
        """Return embeddings, not normalised, (n, d): the mean over a text's nouns."""
        nouns = [described(text) for text in texts]
        flat = [noun for found in nouns for noun in found]
        every = list(dict.fromkeys(part for noun in flat for part in (noun.names, noun.kind)))
        row = {text: number for number, text in enumerate(every)}
        vectors = unit(sentence_vectors(every))  # (texts, 384)
        answers = self.answers(
            vectors[[row[noun.names] for noun in flat]], vectors[[row[noun.kind] for noun in flat]]
        )
        ends = np.cumsum([len(found) for found in nouns])[:-1]
        return np.stack([part.mean(0) for part in np.split(answers, ends)])

    def answers(self, names: Floats, kinds: Floats) -> Floats:
        """Return predictions (n, d) for unit sentence vectors (n, 384) of names and of chains."""
        return np.asarray(self.between(names, kinds) @ self.coefficients, np.float32)

    def between(self, names: Floats, kinds: Floats) -> Floats:
        """Return the kernel (n, m) of unit sentence vectors with what was learnt from."""
        by_name = cosine_kernel(names, self.names, self.width)
        by_kind = cosine_kernel(kinds, self.kinds, self.width)
        return by_name + self.kind_weight * by_kind


def cosine_kernel(left: Floats, right: Floats, width: float) -> Floats:
    """Return exp((cosine - 1) / width^2) for all pairs of unit vectors, (n, m)."""
    return np.asarray(np.exp((left @ right.T - 1) / width**2), np.float32)


def unit(vectors: npt.NDArray[np.floating]) -> Floats:
    """Return rows of unit length."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
