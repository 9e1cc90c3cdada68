"""Blind spots nobody labelled: where, in a model's space, are pictures that are got wrong?"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question, as_question
from replearn.core.seeds import generator
from replearn.core.share_tests import difference, fisher, holm
from replearn.core.statistics import proportion
from replearn.data.base import Dataset
from replearn.encoders.registry import has_capability
from replearn.results.groups import SMALLEST
from replearn.results.groups.slices import Slice, Slices
from replearn.store.encoded import Vectors
from replearn.studies.answering.bridge import bridge_for
from replearn.studies.groups.answers import Answers, answers_of
from replearn.studies.groups.mixture import fit_mixture
from replearn.studies.groups.slice_words import slice_words
from replearn.studies.groups.vectors import vectors_of

CLUSTERS = 25
AXES = 16  # principal components that clusters lie in
WEIGHT = 10.0  # of a mistake beside the vector, as in the paper
MOST = 5  # slices that are told
SHOWN = 8
FEWEST = 100  # pictures
SEED = 0

Ints = npt.NDArray[np.integer]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Found:
    """A cluster before it is described.

    Attributes:
        typical: (n,), how typical each picture is of it, whatever was said of it.
        first, second: pictures of the half that it was found in, and of the other half.
    """

    typical: npt.NDArray[np.float64]
    first: Ints
    second: Ints


def slices(
    dataset: str | Dataset,
    model: str = "photo-clip",
    labels: Sequence[str] | Question | None = None,
    *,
    vectors: str = "",
    progress: Progress = silent,
) -> Slices:
    """Look for clusters of pictures on which a model fails, and check them on other pictures.

    After Domino (Eyuboglu et al. 2022, https://arxiv.org/abs/2203.14960): a mixture over vectors,
    from which the mean of their class is taken away, and mistakes, fitted on one random half of
    the pictures. The clusters that are worst there are tested on the other half, whose pictures
    join them by their vectors alone, so that no slice fails because failures were put into it.

    Args:
        dataset: with labels.
        model: whose mistakes they are: it reads text, or its head knows the data set's classes.
        labels: what to choose from, or a whole question; None takes the data set's classes.
        vectors: the model in whose space pictures are clustered; left out, an image-text model
            that knows pictures of this kind, whose words then describe the slices.
        progress: told as pictures are asked about and encoded; may raise `StoppedError`.

    Raises:
        InputError: no labels, fewer than 100 pictures, or fewer than 20 mistakes.
        CapabilityError: the model can't choose.

    Example:
        >>> slices("shapes-tied:0.5", "shapes-background-tied").rows[0].words
    """
    answers = answers_of(dataset, model, as_question(labels), progress)
    return sliced(answers, vectors, progress)


def sliced(answers: Answers, vectors: str = "", progress: Progress = silent) -> Slices:
    """Look for slices in answers that are known; takes what `slices` does."""
    start = time.perf_counter()
    space = vectors or bridge_for(answers.dataset())
    if len(answers) < FEWEST:
        raise InputError(
            f"{answers.data} has {len(answers)} labelled pictures; slices want at least {FEWEST}."
        )
    wrong = int((~answers.right).sum())
    if wrong < SMALLEST:
        raise InputError(
            f"{answers.stamp.model} makes {wrong} mistakes on {answers.data}; slices want at least "
            f"{SMALLEST}."
        )
    where = vectors_of(answers, space, progress)
    clusters = find_slices(where, answers.truth, ~answers.right)
    reads = has_capability(space, "text")
    beside = where - class_means(where, answers.truth)
    words = slice_words(space, beside, clusters, progress) if reads else None
    stamp = replace(
        answers.stamp,
        seconds=time.perf_counter() - start,
        seed=SEED,
        settings={**answers.stamp.settings, "vectors": space, "clusters": CLUSTERS},
    )
    right = answers.right
    return Slices(
        _told(answers, clusters, words),
        proportion(int(right.sum()), len(right)),
        space,
        stamp,
    )


def find_slices(vectors: Vectors, truth: Ints, wrong: Mask, seed: int = SEED) -> list[Found]:
    """Return the worst clusters of the first half, the worst first.

    Args:
        vectors: (n, d).
        truth: (n,) right answers.
        wrong: (n,) whether each was answered wrongly.
        seed: of the halves and of the clusters.
    """
    from sklearn.decomposition import PCA

    first = generator(seed, "halves").permutation(len(truth)) % 2 == 0
    axes = min(AXES, int(first.sum()), vectors.shape[1])
    beside = vectors - class_means(vectors, truth)
    pca = PCA(axes, svd_solver="covariance_eigh").fit(beside[first])
    placed = pca.transform(beside).astype(np.float64)
    placed /= placed[first].std() or 1.0
    inside = np.flatnonzero(first)
    mixture = fit_mixture(placed[inside], wrong[inside], CLUSTERS, WEIGHT, seed)
    known = mixture.responsibilities(placed[inside], wrong[inside]).argmax(1)
    typical = mixture.responsibilities(placed)
    others = np.flatnonzero(~first)
    joined = typical[others].argmax(1)
    found = []
    for cluster in range(typical.shape[1]):
        members, rest = inside[known == cluster], others[joined == cluster]
        if len(members) + len(rest) < SMALLEST or not (len(members) and len(rest)):
            continue
        share = proportion(int((~wrong[members]).sum()), len(members))
        found.append((share.high, Found(typical[:, cluster], members, rest)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])[:MOST]]


def class_means(vectors: Vectors, truth: Ints) -> Vectors:
    """Return the mean vector of each picture's class, (n, d)."""
    found = np.empty_like(vectors)
    for label in np.unique(truth):
        found[truth == label] = vectors[truth == label].mean(0)
    return found


def _told(
    answers: Answers, clusters: Sequence[Found], words: Sequence[tuple[str, ...]] | None
) -> tuple[Slice, ...]:
    right = answers.right
    second = generator(SEED, "halves").permutation(len(answers)) % 2 == 1
    hits, total = int(right[second].sum()), int(second.sum())
    counted = [(int(right[one.second].sum()), len(one.second)) for one in clusters]
    corrected = holm([fisher(h, n, hits - h, total - n) for h, n in counted])
    found = []
    for i, (one, (h, n)) in enumerate(zip(clusters, counted, strict=True)):
        shown = one.second[np.argsort(-one.typical[one.second], kind="stable")][:SHOWN]
        found.append(
            Slice(
                number=i + 1,
                found=proportion(int(right[one.first].sum()), len(one.first)),
                checked=proportion(h, n),
                difference=difference(h, n, hits - h, total - n),
                corrected=float(corrected[i]),
                words=words[i] if words else (),
                labels=_shares(answers, answers.truth[one.second]),
                said=_shares(answers, answers.said[one.second]),
                shown=tuple(answers.rows[shown].tolist()),
                wrong=tuple((~right[shown]).tolist()),
            )
        )
    return tuple(found)


def _shares(answers: Answers, given: Ints) -> tuple[tuple[str, float], ...]:
    counts = Counter(given.tolist()).most_common(3)
    return tuple((answers.classes[place], count / len(given)) for place, count in counts)
