"""What do prompts give away? Cosines with pictures that differ in one trait only.

Caliskan et al. 2017 (https://arxiv.org/abs/1608.07187) measured which words lie nearer to which
names; Steed and Caliskan 2021 (https://arxiv.org/abs/2010.15052) the same of pictures.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import nearest
from replearn.core.seeds import generator
from replearn.core.share_tests import holm
from replearn.core.statistics import Estimate, mean_of
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.results.audit import Audit, Weat
from replearn.results.audit.association import Association
from replearn.results.stamp import Stamp
from replearn.studies.answering.prompts import encode_prompts
from replearn.studies.groups.associations import associations, weat
from replearn.studies.groups.audit_options import (
    AuditOptions,
    checked_models,
    checked_prompts,
    reading_encoder,
)
from replearn.studies.groups.kept_pairs import kept_vectors
from replearn.studies.groups.pairs import ENDS, PEOPLE, PairedVectors, chosen_trait

MOST_PAIRS = 1_000  # of more, as many are drawn: the permutations take memory by pairs
FEWEST_PAIRS = 6  # signs of fewer can't fall so seldom that p is below 0.05
Cosines = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]


def audit(
    prompts: Sequence[str],
    pairs: str | Dataset = PEOPLE,
    model: str | Sequence[str] = "photo-clip",
    options: AuditOptions | None = None,
    progress: Progress = silent,
) -> Audit:
    """Compare prompts with pictures of the same things that differ in one trait only.

    Args:
        prompts: what is asked about, without a frame: "a doctor", "a nurse".
        pairs: `emoji-people`, or a data set whose table has the columns `pair` (what belongs
            together) and `trait`, or another column named by the options. Several pictures of a
            pair with the same value are averaged.
        model: the name of a model with a text tower, or several names.
        options: trait, compared values, paraphrases, prompts for WEAT, seed.
        progress: told as texts and pictures are encoded; may raise `StoppedError`.

    Returns:
        For each model and prompt: the difference with its interval, the yardstick, tests, and
        effect sizes. p is corrected over all prompts and models together.

    Raises:
        InputError: no prompt or too many, fewer than two paraphrases, data without pairs, without
            the trait or its values, or with fewer than `FEWEST_PAIRS` pairs.
        CapabilityError: a model reads no text.

    Example:
        >>> found = audit(["a doctor", "a nurse"], "emoji-people", "photo-clip")
        >>> [(one.prompt, str(one.difference), one.verdict) for one in found.associations]
    """
    start = time.perf_counter()
    chosen = options or AuditOptions()
    asked, against, templates = checked_prompts(prompts, chosen)
    names = checked_models(model)
    encoders = [reading_encoder(name) for name in names]
    data = load_dataset(pairs) if isinstance(pairs, str) else pairs
    trait = chosen_trait(data, chosen.trait)
    found: list[Association] = []
    common: dict[str, Estimate] = {}
    alike: dict[str, tuple[tuple[str, ...], ...]] = {}
    weats: dict[str, Weat] = {}
    for encoder in encoders:
        pictured = kept_vectors(encoder, data, trait, progress)
        compared = _compared(pictured, chosen.compared)
        shown = _complete(pictured, compared, chosen.seed)
        texts = encode_prompts(encoder, (*asked, *against), templates, progress=progress).vectors
        cosines = _cosines(texts, shown.vectors)
        ours, name = cosines[: len(asked)], encoder.name
        found += associations(name, asked, shown.values, ours, compared, chosen.seed)
        common[name] = mean_of((ours[..., compared[1]] - ours[..., compared[0]]).mean(axis=(0, 1)))
        alike[name] = _read_alike(asked, texts)
        if against:
            both = cosines.mean(axis=1)[..., list(compared)]
            weats[name] = weat(both[: len(asked)], both[len(asked) :], chosen.seed)
    corrected = holm([one.p for one in found])
    found = [replace(one, corrected=float(p)) for one, p in zip(found, corrected, strict=True)]
    first, second = (shown.values[one] for one in compared)
    settings = {"data": data.name, "pictures": shown.pictures, "trait": f"{first} to {second}"}
    *before, last = encoders
    stamp = Stamp(
        "".join(f"{one.name} {one.fingerprint[:6]}, " for one in before) + last.name,
        last.fingerprint,
        time.perf_counter() - start,
        n=len(shown.pairs),
        seed=chosen.seed,
        settings={**settings, "prompts": len(asked), "paraphrases": len(templates)},
    )
    return Audit(
        data.name,
        trait,
        shown.values,
        (first, second),
        templates,
        against,
        tuple(found),
        common,
        alike,
        weats,
        stamp,
    )


def _compared(pictured: PairedVectors, compared: tuple[str, str] | None) -> tuple[int, int]:
    """Return which two values are compared.

    Raises:
        InputError: there is only one value, or none of this name.
    """
    if len(pictured.values) < 2:
        raise InputError(
            f"All pictures of {pictured.dataset} have the same {pictured.trait}; an audit wants "
            "pairs of pictures that differ in it."
        )
    usual = ENDS.get(pictured.trait, ())
    ends = usual if usual and set(usual) <= set(pictured.values) else pictured.values
    first, second = compared or (ends[0], ends[-1])
    for value in (first, second):
        if value not in pictured.values:
            raise InputError(
                f"No picture of {pictured.dataset} has the {pictured.trait} {value!r}; choose two "
                f"of {', '.join(pictured.values[:20])}.{nearest(value, pictured.values)}"
            )
    if first == second:
        raise InputError(f"Choose two different values of {pictured.trait}, not {first} twice.")
    return pictured.values.index(first), pictured.values.index(second)


def _complete(pictured: PairedVectors, compared: tuple[int, int], seed: int) -> PairedVectors:
    """Return the pairs that have a picture of both values, at most `MOST_PAIRS` of them.

    Raises:
        InputError: there are too few.
    """
    there = np.isfinite(pictured.vectors[:, list(compared), 0]).all(axis=1)
    rows = np.flatnonzero(there)
    if len(rows) < FEWEST_PAIRS:
        first, second = (pictured.values[one] for one in compared)
        raise InputError(
            f"Only {len(rows)} pairs of {pictured.dataset} have a picture with the "
            f"{pictured.trait} {first} and one with {second}; with fewer than {FEWEST_PAIRS} no "
            "test can tell anything from chance."
        )
    if len(rows) > MOST_PAIRS:
        rows = np.sort(generator(seed, "pairs").permutation(rows)[:MOST_PAIRS])
    return replace(
        pictured,
        pairs=tuple(pictured.pairs[row] for row in rows),
        vectors=pictured.vectors[rows],
    )


def _cosines(texts: Vectors, pictures: Vectors) -> Cosines:
    """Return cosines (m, t, n, k) of texts (m, t, d) with pairs' pictures (n, k, d)."""
    (m, t, width), (n, k, _) = texts.shape, pictures.shape
    flat = texts.reshape(m * t, width) @ pictures.reshape(n * k, width).T
    return flat.reshape(m, t, n, k).astype(np.float64)


def _read_alike(prompts: tuple[str, ...], texts: Vectors) -> tuple[tuple[str, ...], ...]:
    """Return groups of prompts whose texts (m, t, d) are the same in every paraphrase."""
    groups: dict[bytes, list[str]] = {}
    for prompt, vectors in zip(prompts, texts, strict=False):
        groups.setdefault((np.round(vectors, 4) + 0.0).tobytes(), []).append(prompt)
    return tuple(tuple(some) for some in groups.values() if len(some) > 1)
