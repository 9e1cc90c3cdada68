"""Heads taken away: those that carry the group more than the class, their mean in their place."""

import numpy as np

from replearn.classifiers.zero_shot import mean_prompt
from replearn.core.progress import batches
from replearn.results.groups.comparison import GroupComparison
from replearn.results.stamp import Floats
from replearn.studies.answering.prompts import encode_prompts
from replearn.studies.groups.helps.base import Case

COUNT = 4
BATCH = 16


def without_heads(case: Case) -> GroupComparison:
    """Take heads off that tell the groups apart, and ask the same prompts again.

    Gandelsman et al. 2024 (https://arxiv.org/abs/2310.05916) removed heads that carry a place
    where background told the class. Heads are chosen on one half of the pictures; only what a
    head adds to the vector directly goes.

    Raises:
        CapabilityError: the model reads no text, or isn't a transformer that can be laid open.
    """
    encoder, answers = case.reader(), case.answers
    states, directions, vectors = _heads(case)
    first = case.fitted_on()
    chosen = _carriers(case, states, first)
    left = vectors.copy()
    for layer, head in chosen:
        given = states[:, layer, head] @ directions[layer, head]
        left += given[first].mean(0) - given
    prompts = mean_prompt(encode_prompts(encoder, answers.classes, None).vectors)
    right = [(some @ prompts.T).argmax(1) == answers.truth for some in (vectors, left)]
    told = ", ".join(f"{layer}.{head}" for layer, head in chosen)
    return case.told(
        right[0],
        right[1],
        ("all heads", f"without {len(chosen)} heads"),
        f"Heads {told} (layer.head) carry the group most beside the class on one half; measured "
        "on the other.",
        ~first,
    )


def _heads(case: Case) -> tuple[Floats, Floats, Floats]:
    """Return heads' own numbers (n, layers, heads, w), where they lead, and whole vectors."""
    import torch

    from replearn.decompositions.heads import head_directions, head_states
    from replearn.decompositions.laid_open import transformer

    encoder, answers = case.encoder, case.answers
    tower, data = encoder.tower(), answers.dataset()
    parts = transformer(tower, encoder.name)
    states: list[Floats] = []
    wholes: list[Floats] = []
    for batch in batches(answers.rows.tolist(), BATCH):
        case.progress(len(states) * BATCH, len(answers), "pictures through every head")
        pixels = encoder.preprocess([data[row].image for row in batch])
        found = head_states(tower, parts, torch.from_numpy(pixels).to(tower.device))
        states.append(found.cpu().numpy())
        wholes.append(encoder.outputs(pixels))
    return np.concatenate(states), head_directions(parts).cpu().numpy(), np.concatenate(wholes)


def _carriers(case: Case, states: Floats, first: np.ndarray) -> list[tuple[int, int]]:
    inside = first & (case.grouping.codes >= 0)
    some = states[inside]
    lead = _between(some, case.grouping.codes[inside]) - _between(some, case.answers.truth[inside])
    order = np.argsort(-lead, axis=None, kind="stable")[:COUNT]
    layers, heads = np.unravel_index(order, lead.shape)
    return [(int(layer), int(head)) for layer, head in zip(layers, heads, strict=True)]


def _between(states: Floats, codes: np.ndarray) -> Floats:
    """Return the share of each head's variance that groups explain, (layers, heads)."""
    mean = states.mean(0)
    whole = np.square(states - mean).sum((0, 3))
    between = np.zeros_like(whole)
    for code in np.unique(codes):
        inside = states[codes == code]
        between += len(inside) * np.square(inside.mean(0) - mean).sum(-1)
    return np.asarray(between / np.maximum(whole, 1e-12), np.float32)
