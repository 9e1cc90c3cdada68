"""Captions as features of a kernel (Williams and Seeger 2001), beside what the closed form says.

With K the kernel among the captions' nouns, K = U S U', the features k(x) U S^-1/2 make the
kernel's norm of a function the length of its coefficients. What is learnt on them fades with the
distance from those nouns: texts about other things keep the closed form's answer.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from replearn.core.progress import Progress, silent
from replearn.encoders.photo_clip.sentences import sentence_vectors
from replearn.encoders.photo_clip.text_kernel import Floats, TextKernel, described, unit

LEAST = 1e-4  # eigenvalues below this share of the largest are noise


@dataclass(frozen=True, eq=False)
class CaptionFeatures:
    """The text side before tuning, and what tuning adds to it.

    Attributes:
        closed: the closed form.
        own: from a text to its features (r,): the kernel at the captions' nouns.
    """

    closed: TextKernel
    own: TextKernel

    def tuned(self, coefficients: Floats) -> TextKernel:
        """Return the text side with a learnt map (r, 512) of the features added."""
        closed, own = self.closed, self.own
        return replace(
            closed,
            names=np.concatenate([closed.names, own.names]),
            kinds=np.concatenate([closed.kinds, own.kinds]),
            coefficients=np.concatenate([closed.coefficients, own.coefficients @ coefficients]),
        )


def caption_features(
    captions: Sequence[str],
    closed: TextKernel,
    most: int,
    vectors: Callable[[Sequence[str]], Floats] = sentence_vectors,
) -> CaptionFeatures:
    """Return the features of captions.

    Args:
        captions: those that are trained on.
        closed: the closed form, whose kernels are used.
        most: at most so many nouns, the most frequent.
        vectors: gives sentence vectors (n, 384).
    """
    counted = Counter(noun for text in captions for noun in described(text))
    nouns = [noun for noun, _ in counted.most_common(most)]
    names = unit(vectors([noun.names for noun in nouns]))
    kinds = unit(vectors([noun.kind for noun in nouns]))
    empty = np.empty((len(nouns), 0), np.float32)
    own = TextKernel(names, kinds, empty, closed.width, closed.kind_weight)
    values, directions = np.linalg.eigh(own.between(names, kinds).astype(np.float64))
    kept = values > LEAST * values[-1]
    whitened = directions[:, kept] / np.sqrt(values[kept])  # (nouns, r)
    return CaptionFeatures(closed, replace(own, coefficients=whitened.astype(np.float32)))


def squared_norm(kernel: TextKernel) -> float:
    """Return the squared norm of a regression in its kernel's space, tr(A' K A)."""
    among = kernel.between(kernel.names, kernel.kinds)
    return float((kernel.coefficients * (among @ kernel.coefficients)).sum())


def remembered(
    texts: Sequence[str], progress: Progress = silent
) -> Callable[[Sequence[str]], Floats]:
    """Return sentence vectors of all that texts are described by, computed once, looked up then."""
    nouns = [noun for text in texts for noun in described(text)]
    every = list(dict.fromkeys(part for noun in nouns for part in (noun.names, noun.kind)))
    known = dict(zip(every, sentence_vectors(every, progress), strict=True))
    return lambda wanted: np.stack([known[text] for text in wanted])
