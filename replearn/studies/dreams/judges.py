"""Who else sees it? What networks that didn't make a picture say of it."""

import re
from dataclasses import replace

import numpy as np
from PIL import Image

from replearn.classifiers.zero_shot import softmax
from replearn.core.errors import InputError, ReplearnError
from replearn.encoders.base import Encoder
from replearn.encoders.lab import SHIPPED
from replearn.encoders.registry import load_model
from replearn.results.dreams import Dream, Judgement
from replearn.studies.answering.heat_map_question import class_index
from replearn.studies.answering.opened_network import with_margin

OF_SHAPES = tuple(name for name in SHIPPED if name.startswith("shapes-") and name != "shapes-clip")


def judges_of(model: str) -> tuple[str, ...]:
    """Return networks with a head that know the same world and weren't trained with this model.

    `photo-clip` looks through `imagenet`'s network, so neither can judge the other.
    """
    if model.startswith("shapes"):
        return tuple(name for name in OF_SHAPES if name != model)
    if model in ("imagenet", "photo-clip"):
        return ("imagenet-lite2",)
    if model == "imagenet-lite2":
        return ("imagenet",)
    return ()


def judgements(picture: Image.Image, target: str, model: str) -> tuple[Judgement, ...]:
    """Ask the model that made a picture, and those that didn't, for the class.

    Args:
        picture: RGB, of the side of the maker's input.
        target: a class, or a text that names one ("a red cube").
        model: that made it.
    """
    found = []
    for name in (model, *judges_of(model)):
        try:
            encoder = load_model(name)
        except ReplearnError:  # its weights aren't installed: one judge less
            continue
        index = _named_class(encoder, target)
        if index is not None:
            own = name == model
            # its maker sees every value as it was made; others look at it as at any picture
            seen = with_margin(encoder.preprocessing, picture) if own else picture
            found.append(judgement(encoder, seen, index, own))
    return tuple(found)


def judged_by(found: Dream, model: str) -> Dream:
    """Return a picture with one network more among those that were asked for its class.

    Raises:
        InputError: no class was asked of its maker, or the network has none of that name.
    """
    if not found.judges:
        raise InputError(f"{found.target} is no class that {model} could be asked for.")
    if any(judge.network == model for judge in found.judges):
        return found
    asked, encoder = found.judges[0].asked, load_model(model)
    index = _named_class(encoder, asked)
    if index is None:
        raise InputError(f"{model} has no class called {asked}, so it can't be asked for it.")
    judge = judgement(encoder, found.image, index, own=False)
    return replace(found, judges=(*found.judges, judge))


def judgement(encoder: Encoder, picture: Image.Image, index: int, own: bool) -> Judgement:
    """Ask one network's head."""
    probabilities = softmax(encoder.logits([picture]))[0]
    names, best = encoder.class_names, int(np.argmax(probabilities))
    return Judgement(
        network=encoder.name,
        own=own,
        asked=names[index],
        probability=float(probabilities[index]),
        rank=int((probabilities > probabilities[index]).sum()) + 1,
        answer=names[best],
        answer_probability=float(probabilities[best]),
    )


def _named_class(encoder: Encoder, target: str) -> int | None:
    """Return the class that a text is, or has in it; None where there is none or no head."""
    if "logits" not in encoder.card.capabilities:
        return None
    try:
        return class_index(encoder, target)
    except ReplearnError:
        words = set(re.findall(r"[a-z]+", target.casefold()))
        held = [i for i, name in enumerate(encoder.class_names) if name.casefold() in words]
        return held[0] if len(held) == 1 else None
