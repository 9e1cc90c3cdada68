"""What a heat map is asked about: a picture, a model, and a score named by a target."""

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from replearn.core.errors import CapabilityError, InputError
from replearn.core.registry import nearest
from replearn.data.images import open_image
from replearn.encoders.base import Encoder, Picture, Pixels
from replearn.encoders.registry import load_model
from replearn.store.encoded import encode_texts

if TYPE_CHECKING:
    from replearn.explainers.base import Explained, Score

Target = Picture  # a text is a class or a prompt, never a path
FINER = 2  # how many times the network's own side a finer map takes


@dataclass(frozen=True, eq=False)
class HeatMapQuestion:
    """Everything that a method needs.

    Attributes:
        encoder: the model.
        explained: the model, or its network in torch where another size or output is asked for.
        pixels: (1, 3, h, w).
        picture: (side, side, 3), what the network sees.
        score: what is explained.
        contrast: whether it is a difference of two scores.
    """

    encoder: Encoder
    explained: "Explained"
    pixels: Pixels
    picture: npt.NDArray[np.uint8]
    score: "Score"
    contrast: bool = False

    @functools.cached_property
    def value(self) -> float:
        """The score of the picture."""
        import torch

        return float(self.score(torch.from_numpy(self.explained.outputs(self.pixels)))[0])


def ask(
    image: Picture, target: Target, model: str, against: str = "", finer: bool = False
) -> HeatMapQuestion:
    """Prepare a question.

    Args:
        image: a PIL picture or a path.
        target: a class of the model's head, by name or as "#281"; any text, for a model that
            reads text; or a second picture (anything but a text): why are the two alike?
        model: the model that is explained.
        against: another class or text, whose score is taken off.
        finer: the picture goes in at twice the network's own side, which gives a finer map.

    Raises:
        InputError: the picture can't be opened, or the target doesn't exist or isn't clear.
        CapabilityError: the model can't take a larger picture.
    """
    from replearn.explainers.in_torch import InTorch
    from replearn.explainers.scores import DifferenceScore

    encoder = load_model(model)
    pixels = encoder.enlarged([image], FINER) if finer else encoder.preprocess([image])
    likeness = not isinstance(target, str)
    if likeness and against.strip():
        raise InputError("Compare with a second picture or with another text, not with both.")
    score = likeness_score(encoder, target) if not isinstance(target, str) else None
    score = score or score_for(encoder, str(target))
    if against.strip():
        score = DifferenceScore(score, score_for(encoder, against))
    explained: Explained = encoder
    if likeness and encoder.output_kind == "logits":
        explained = InTorch(encoder.name, encoder.embedding_tower())
    elif finer:
        explained = InTorch(encoder.name, encoder.tower())
    picture = np.asarray(encoder.preview(image))
    return HeatMapQuestion(encoder, explained, pixels, picture, score, bool(against.strip()))


def likeness_score(encoder: Encoder, other: Picture) -> "Score":
    """Return the cosine with another picture's vector.

    Raises:
        InputError: the other picture can't be opened.
    """
    from replearn.explainers.scores import CosineScore

    return CosineScore(
        encoder.encode_image([open_image(other)])[0], "cosine with the second picture"
    )


def score_for(encoder: Encoder, target: str) -> "Score":
    """Return the score that a text names: a class's logit, or the cosine with the text.

    Raises:
        InputError: the target is empty, isn't one of the model's classes, or is several.
        CapabilityError: the model has neither a text tower nor classes.
    """
    from replearn.explainers.scores import ClassScore, CosineScore

    text = target.strip()
    if not text:
        raise InputError("Type what to look for: a class of the model, or any text for photo-clip.")
    if "text" in encoder.card.capabilities:
        return CosineScore(encode_texts(encoder, [text])[0], f"cosine with “{text}”")
    if "logits" not in encoder.card.capabilities:
        raise CapabilityError(
            f"{encoder.name} has neither classes nor a text tower; give a second picture, or "
            "choose photo-clip."
        )
    index = class_index(encoder, text)
    return ClassScore(index, f"logit of “{encoder.class_names[index]}”")


def class_index(encoder: Encoder, text: str) -> int:
    """Return the class that a name or a number ("#281") means.

    Raises:
        InputError: there is none, or there are several of that name.
    """
    names = [name.casefold() for name in encoder.class_names]
    wanted = text.strip().casefold()
    number = wanted.removeprefix("#")
    if number.isdigit():
        if int(number) < len(names):
            return int(number)
        raise InputError(
            f"{encoder.name} has {len(names):,} classes, #0 to #{len(names) - 1}; there is no "
            f"#{number}."
        )
    found = [i for i, name in enumerate(names) if name == wanted]
    if len(found) > 1:
        numbers = " and ".join(f"#{i}" for i in found)
        raise InputError(f"{text!r} is the name of classes {numbers}; write the number.")
    if not found:
        holding = [name for name in names if wanted in name][:3]
        near = f" Did you mean {', '.join(holding)}?" if holding else nearest(wanted, names)
        raise InputError(f"{encoder.name} has no class called {text[:60]!r}.{near}")
    return found[0]
