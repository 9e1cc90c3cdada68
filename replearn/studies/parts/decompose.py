"""What does each part add to the answer? A transformer's heads, or a pooled map's channels."""

import time
from typing import TYPE_CHECKING

import numpy as np

from replearn.core.errors import CapabilityError
from replearn.data.images import open_image
from replearn.encoders.base import Encoder, Picture
from replearn.encoders.registry import load_model
from replearn.results.parts import Contributions, Term
from replearn.results.stamp import Floats, Stamp
from replearn.studies.answering.heat_map_question import HeatMapQuestion, Target, ask

if TYPE_CHECKING:
    from torch import Tensor

    from replearn.decompositions.transformer import Transformer
    from replearn.encoders.tower import ImageTower

OWN = "its own vector"


def decompose(
    image: Picture, model: str = "shapes-clip", target: Target = "", *, against: str = ""
) -> Contributions:
    """Split a model's answer into what each of its parts adds; the parts add up to it exactly.

    Vision transformers are split over layers, heads and MLPs (Gandelsman et al. 2024,
    https://arxiv.org/abs/2310.05916), networks that end in average pooling and one linear layer
    over the channels of their last map.

    Args:
        image: a PIL picture, a path, or an array or tensor.
        model: any model that is the sum of such parts.
        target: a class, any text for a model that reads text, or a second picture. Left out, it is
            the network's own first class, or its own vector.
        against: another class or text, whose score is taken off.

    Raises:
        InputError: the picture can't be opened, or the target doesn't exist.
        CapabilityError: the model isn't the sum of its parts; the message names models that are.

    Example:
        >>> found = decompose("cube.png", "shapes-clip", "a red cube")
        >>> found.strongest(3), found.without([(3, 1)]).score
    """
    start = time.perf_counter()
    encoder = load_model(model)
    why = no_parts(encoder)
    if why:
        raise CapabilityError(why)
    question = _question(encoder, image, target, against)
    import torch

    tower = question.explained.tower()
    pixels = torch.from_numpy(question.pixels).to(tower.device)
    with torch.inference_mode():
        features = tower.features(pixels)
        direction = question.score.direction(tower.head(features))  # (1, k)
    if tower.linear is None:
        terms, maps = _heads(encoder, tower, pixels, direction)
    else:
        terms, maps = _channels(encoder, tower, features, direction)
    name = OWN if question.score.name.endswith("second picture") and target == "" else ""
    told = name or question.score.name
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        settings={"target": told, "parts": next(iter(terms))},
    )
    return Contributions(
        terms, _numbers(direction[0]), told, maps, np.asarray(question.picture), stamp
    )


def no_parts(encoder: Encoder) -> str:
    """Return why a model isn't the sum of its parts, in one sentence; nothing where it is."""
    from replearn.decompositions.channels import pooled_linear
    from replearn.decompositions.laid_open import is_transformer, transformer

    tower = encoder.tower()
    try:
        if is_transformer(tower):
            transformer(tower, encoder.name)
        else:
            pooled_linear(tower, encoder.name)
    except CapabilityError as error:
        return str(error)
    return ""


def opened(encoder: Encoder) -> tuple["ImageTower", "Transformer"]:
    """Return a transformer and its parts.

    Raises:
        CapabilityError: the model isn't a transformer that can be laid open.
    """
    from replearn.decompositions.laid_open import transformer

    tower = encoder.tower()
    return tower, transformer(tower, encoder.name)


def _question(encoder: Encoder, image: Picture, target: Target, against: str) -> HeatMapQuestion:
    if not isinstance(target, str) or target.strip():
        return ask(image, target, encoder.name, against)
    if "logits" in encoder.card.capabilities:
        return ask(image, f"#{_best(encoder, image)}", encoder.name, against)
    return ask(image, open_image(image), encoder.name, against)


def _best(encoder: Encoder, image: Picture) -> int:
    """Return the network's own first class; in torch, for the engine would be made ready first."""
    import torch

    tower = encoder.tower()
    pixels = torch.from_numpy(encoder.preprocess([open_image(image)]))
    with torch.inference_mode():
        return int(tower(pixels.to(tower.device))[0].argmax())


def _heads(
    encoder: Encoder, tower: "ImageTower", pixels: "Tensor", direction: "Tensor"
) -> tuple[dict[str, Term], Floats]:
    from replearn.decompositions.heads import head_parts, token_scores

    _, parts_of = opened(encoder)
    found = head_parts(tower, parts_of, pixels)
    layer = ("layer", "output")
    terms = {
        "heads": Term(("layer", "head", "output"), _numbers(found.heads[0])),
        "MLPs": Term(layer, _numbers(found.mlps[0])),
        "first embedding": Term(("output",), _numbers(found.embedding[0])),
        "biases behind heads": Term(layer, _numbers(found.attention_biases[0])),
        "last bias": Term(("output",), _numbers(found.bias)),
    }
    shares = _numbers(token_scores(tower, parts_of, pixels, direction)[0])
    grid = tower.tokens
    assert grid is not None  # a transformer's
    patches = shares[..., grid.prefix :]  # (layers, heads, patches)
    return terms, patches.reshape(*patches.shape[:2], grid.rows, grid.columns)


def _channels(
    encoder: Encoder, tower: "ImageTower", features: "Tensor", direction: "Tensor"
) -> tuple[dict[str, Term], Floats]:
    from replearn.decompositions.channels import parts_of_maps

    found = parts_of_maps(tower, encoder.name, features)
    each = found.maps[0].sum((1, 2))[:, None] * found.weights.T  # (channels, k)
    terms = {
        "channels": Term(("channel", "output"), _numbers(each)),
        "last bias": Term(("output",), _numbers(found.bias)),
    }
    return terms, _numbers(found.channels(direction)[0])


def _numbers(values: "Tensor") -> Floats:
    return np.asarray(values.detach().cpu().numpy(), np.float32)
