"""Zero-shot on the world of shapes: what prompts read off a picture, and where they fail."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from replearn.classifiers.zero_shot import mean_prompt
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import nearest
from replearn.core.statistics import Proportion, proportion
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.prompts import coloured, prompts_for
from replearn.data.shapes.scenes import Scenes
from replearn.data.shapes.vocabulary import COLOURS, SOLIDS
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.store.encoded import encode_dataset, encode_texts

Vectors = npt.NDArray[np.float32]
ASKED = ("solid", "colour", "colour and solid", "relation")


def prompt_accuracy(
    model: str,
    asked: str,
    split: str = "test",
    size: int = 2000,
    seed: int = 7,
    progress: Progress = silent,
) -> Proportion:
    """Return how often the best prompt is the true one.

    A solid is one of 8, a colour one of 8, both together one of 64. A relation is one of two: "a
    red cube left of a blue cone", or right of it; chance is a half, and CLIP is known to stay
    near it (Yuksekgonul et al. 2023, https://arxiv.org/abs/2210.01936).

    Args:
        model: a model with a text tower.
        asked: an entry of `ASKED`.
        split: "test" or "held-out", combinations that training never showed.
        size: pictures.
        seed: of the pictures.
        progress: told as pictures are encoded.

    Raises:
        InputError: there is no such question, model or split.
        CapabilityError: the model has no text tower.
    """
    if asked not in ASKED:
        raise InputError(
            f"Prompts can't ask for {asked!r}; choose {', '.join(ASKED)}.{nearest(asked, ASKED)}"
        )
    encoder = load_model(model)
    data = Shapes(split, seed, size, objects=2 if asked == "relation" else 1)
    scenes = data.scenes(0, size)
    if asked == "relation":
        texts, truth = _relations(scenes)
        classes = encode_texts(encoder, texts).reshape(size, 2, -1)  # (n, 2, d)
        found = np.einsum("nd,nkd->nk", encode_dataset(encoder, data, progress), classes)
    else:
        prompts, truth = prompts_for(asked), _truth(asked, scenes)
        found = encode_dataset(encoder, data, progress) @ _mean_vectors(encoder, prompts).T
    return proportion(int((found.argmax(1) == truth).sum()), size)


def _truth(asked: str, scenes: Scenes) -> npt.NDArray[np.int64]:
    if asked in {"solid", "colour"}:
        return scenes.labels(asked)
    return scenes.labels("colour") * len(SOLIDS) + scenes.labels("solid")


def _relations(scenes: Scenes) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Return two texts a scene, left and right, and which is true."""
    texts = []
    for solids, colours in zip(scenes.solid, scenes.colour, strict=True):
        things = zip(solids, colours, strict=True)
        first, second = (coloured(COLOURS[colour], SOLIDS[solid]) for solid, colour in things)
        texts += [f"{first} left of {second}", f"{first} right of {second}"]
    return texts, (scenes.x[:, 0] > scenes.x[:, 1]).astype(np.int64)


def _mean_vectors(encoder: Encoder, prompts: Sequence[Sequence[str]]) -> Vectors:
    return np.concatenate(
        [mean_prompt(encode_texts(encoder, texts)[None]) for texts in prompts]
    )  # (k, d)
