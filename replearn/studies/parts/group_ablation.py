"""Without the heads that carry a factor, does the answer about it fall, and the other stay?"""

import json
import time

import numpy as np

from replearn.classifiers.zero_shot import mean_prompt
from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.statistics import Estimate, mean_of
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.prompts import prompts_for
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.head_factors import Ablated, GroupAblation, HeadFactors
from replearn.results.parts import Part
from replearn.results.stamp import Floats, Stamp
from replearn.store.encoded import encode_texts
from replearn.studies.parts.head_factors import head_factors, shipped_head_factors
from replearn.studies.parts.head_table import MOST, HeadTable, head_states_of

ASKED = ("colour", "solid")
SEED = 11  # other pictures than those that heads' factors were read from


def group_ablation(
    factor: str = "colour",
    count: int = 4,
    model: str = "shapes-clip",
    progress: Progress = silent,
) -> GroupAblation:
    """Take off the heads that carry a factor, their mean in their place, and ask prompts again.

    Beside them stand as many heads that carry it least. Later layers keep what they made of what
    these heads wrote; only what they add directly goes.

    Args:
        factor: "colour" or "solid".
        count: heads in each group.
        model: a transformer that reads text and whose heads can be taken apart.
        progress: told as pictures are shown.

    Raises:
        InputError: there is no such model or factor, or not as many heads.
        CapabilityError: the model reads no text, or has no heads that can be taken apart.
    """
    if factor not in ASKED:
        raise InputError(f"Prompts can't ask for {factor!r}; choose {' or '.join(ASKED)}.")
    start = time.perf_counter()
    encoder = load_model(model)
    read = shipped_head_factors(model) or head_factors(model, progress=progress)
    ranked = _ranked(read, factor)
    if not 1 <= count <= len(ranked) // 2:
        raise InputError(f"Take 1 to {len(ranked) // 2} heads off, not {count}.")
    data = Shapes("test", SEED, MOST)
    table = head_states_of(model, data, progress)
    rows = []
    for asked in ASKED:
        classes = _classes(encoder, asked)
        truth = data.scenes(0, MOST).labels(asked)
        before = (table.vectors @ classes.T).argmax(1) == truth
        for group, heads in (("carriers", ranked[:count]), ("others", ranked[-count:])):
            after = (_without(table, heads) @ classes.T).argmax(1) == truth
            change = mean_of(after.astype(float) - before)
            rows.append(Ablated(group, heads, asked, float(before.mean()), change))
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=MOST,
        seed=SEED,
        settings={"data": "shapes, test", "in their place": "their mean", "heads": count},
    )
    return GroupAblation(factor, tuple(rows), stamp)


def shipped_group_ablation(model: str) -> GroupAblation | None:
    """Return what ships for a model, where it does and is of its weights."""
    path = asset_path("parts", f"{model}-ablation.json")
    if not path.exists():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    stamp = Stamp(**said["stamp"])
    if stamp.fingerprint != load_model(model).fingerprint:
        return None
    rows = (
        Ablated(
            row["group"],
            tuple((layer, head) for layer, head in row["heads"]),
            row["asked"],
            row["before"],
            Estimate(row["change"], row["low"], row["high"], row["n"]),
        )
        for row in said["rows"]
    )
    return GroupAblation(said["factor"], tuple(rows), stamp)


def _ranked(read: HeadFactors, factor: str) -> tuple[Part, ...]:
    """Return all heads, those that carry the factor most beside the other one first."""
    other = next(one for one in ASKED if one != factor)
    lead = read.read[..., read.factors.index(factor)] - read.read[..., read.factors.index(other)]
    order = np.argsort(-lead, axis=None, kind="stable")
    layers, heads = np.unravel_index(order, lead.shape)
    return tuple((int(layer), int(head)) for layer, head in zip(layers, heads, strict=True))


def _classes(encoder: Encoder, asked: str) -> Floats:
    """Return a unit vector for each value of a factor, (values, k)."""
    found = [mean_prompt(encode_texts(encoder, texts)[None])[0] for texts in prompts_for(asked)]
    return np.asarray(np.stack(found), np.float32)


def _without(table: HeadTable, heads: tuple[Part, ...]) -> Floats:
    """Return vectors (n, k) whose heads give their mean; lengths don't count for an argmax."""
    left = table.vectors * table.lengths[:, None]
    for layer, head in heads:
        given = table.outputs(layer, head) * table.lengths[:, None]
        left = left - given + given.mean(0)
    return left
