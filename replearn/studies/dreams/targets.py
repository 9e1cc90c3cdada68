"""What rises in a network: a score, a unit, an attention head, a direction between pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from replearn.core.errors import CapabilityError, InputError
from replearn.data.images import open_image
from replearn.encoders.base import Picture
from replearn.studies.answering.heat_map_question import score_for
from replearn.studies.answering.layers import checked_layer, units_of
from replearn.studies.answering.opened_network import OpenedNetwork

if TYPE_CHECKING:
    from torch import Tensor, nn

    from replearn.encoders.tower import ImageTower
    from replearn.visualisations.objectives import Objective, Seen


@dataclass(frozen=True, eq=False)
class Target:
    """What rises.

    Attributes:
        objective: it.
        name: in words.
        layer: where pictures of one batch are kept apart.
        unit: the unit of that layer, or None.
        judged: the class or text that networks are asked about; nothing where it is none.
    """

    objective: "Objective"
    name: str
    layer: str
    unit: int | None
    judged: str


def target_of(
    network: OpenedNetwork, text: str, against: str = "", layer: str = "", unit: int | None = None
) -> Target:
    """Return what is asked for.

    Args:
        network: the opened model.
        text: a class or a text; nothing where a unit is asked for.
        against: another class or text, whose score is taken off.
        layer: of the unit; left out, the last.
        unit: counted from 0.

    Raises:
        InputError: there is no such class, layer or unit, or both or neither are asked for.
        CapabilityError: the model has neither classes nor reads text.
    """
    from replearn.visualisations.objectives import OutputScore, UnitMean

    place = checked_layer(network.encoder.name, layer)
    if unit is not None:
        if text.strip():
            raise InputError("Ask for a class or for a unit, not for both at once.")
        check_unit(network.encoder.name, place, unit)
        return Target(UnitMean(place, unit), f"unit {unit} of {place}", place, unit, "")
    score = score_for(network.encoder, text)
    objective: Objective = OutputScore(score)
    name = score.name
    if against.strip():
        other = score_for(network.encoder, against)
        objective, name = objective - OutputScore(other), f"{name} minus {other.name}"
    return Target(objective, name, place, None, text)


def heads_of(network: OpenedNetwork) -> tuple[int, int]:
    """Return how many layers a network has, and how many attention heads each.

    Raises:
        CapabilityError: it isn't a transformer that can be laid open.
    """
    from replearn.decompositions.laid_open import transformer

    open_ = transformer(network.tower, network.encoder.name)
    return len(open_.blocks), open_.blocks[0].heads


def head_target(network: OpenedNetwork, layer: int, head: int, along: str = "") -> Target:
    """Return what an attention head adds to the answer: along a class or text, or its length.

    Raises:
        InputError: there is no such head or class.
        CapabilityError: the network isn't a transformer that can be laid open.
    """
    from replearn.decompositions.heads import head_share
    from replearn.decompositions.laid_open import transformer
    from replearn.visualisations.mixed_objectives import Computed
    from replearn.visualisations.objectives import AS_IT_IS, OUTPUTS

    open_ = transformer(network.tower, network.encoder.name)
    layers, heads = heads_of(network)
    if not (0 <= layer < layers and 0 <= head < heads):
        raise InputError(
            f"{network.encoder.name} has layers 0 to {layers - 1} with heads 0 to {heads - 1}; "
            f"there is no layer {layer}, head {head}."
        )
    before, last = (
        AS_IT_IS + _name_of(network.tower, part)
        for part in (open_.blocks[layer].before, open_.blocks[-1].whole)
    )
    score = score_for(network.encoder, along) if along.strip() else None

    def share(seen: "Seen") -> "Tensor":
        added, outputs = head_share(open_, layer, head, seen[before], seen[last]), seen[OUTPUTS]
        if score is None:
            lengths: Tensor = added.norm(dim=1) / outputs.norm(dim=1)
            return lengths
        along_it: Tensor = (added * score.direction(outputs)).sum(1)
        return along_it

    what = "length" if score is None else score.name
    return Target(
        Computed((before, last, OUTPUTS), share),
        f"what layer {layer}, head {head} adds to the {what}",
        checked_layer(network.encoder.name, ""),
        None,
        "",
    )


def _name_of(tower: "ImageTower", wanted: "nn.Module") -> str:
    named: Iterator[str] = (n for n, part in tower.trunk.named_modules() if part is wanted)
    return next(named)


def direction_target(network: OpenedNetwork, before: Picture, after: Picture) -> Target:
    """Return the cosine of a picture's vector with the direction from one picture to another.

    Raises:
        InputError: a picture can't be opened, or both have the same vector.
        CapabilityError: the network's vector isn't to be had beside its classes.
    """
    import torch
    from torch.nn import functional as F

    from replearn.encoders.tower import POOLED
    from replearn.visualisations.mixed_objectives import Computed
    from replearn.visualisations.objectives import OUTPUTS

    encoder = network.encoder
    of_classes = encoder.output_kind == "logits"
    if of_classes and network.tower.linear is None:
        raise CapabilityError(
            f"{encoder.name} has no vector beside its classes that a picture could be led along; "
            "imagenet, photo-clip and the shapes networks have."
        )
    vectors = encoder.encode_image([open_image(one) for one in (before, after)])
    apart = vectors[1] - vectors[0]
    length = float(np.linalg.norm(apart))
    if length < 1e-6:
        raise InputError("Both pictures have the same vector; choose two that differ.")
    direction = torch.from_numpy(apart / length)
    place = POOLED if of_classes else OUTPUTS

    def along(seen: "Seen") -> "Tensor":
        vector = seen[place].mean((2, 3)) if of_classes else seen[place]  # (n, d)
        return F.normalize(vector, dim=1) @ direction.to(vector)

    told = "cosine with the direction from the first picture to the second"
    return Target(Computed((place,), along), told, checked_layer(encoder.name, ""), None, "")


def check_unit(model: str, layer: str, unit: int) -> None:
    """Refuse a unit that a layer hasn't.

    Raises:
        InputError: there is no such unit.
    """
    count = units_of(model, layer)
    if not 0 <= unit < count:
        raise InputError(f"{layer} of {model} has units 0 to {count - 1}; there is no {unit}.")
