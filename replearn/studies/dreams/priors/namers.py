"""Networks that name the solid or the colour of a picture of `shapes`, in any of their ways."""

import functools
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image

from replearn.classifiers.zero_shot import mean_prompt
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.prompts import prompts_for
from replearn.data.shapes.vocabulary import FACTORS
from replearn.encoders.registry import load_model
from replearn.training.decoder.network import watched_network
from replearn.training.measures import LinearProbe, linear_probe

Labels = npt.NDArray[np.int64]
Namer = Callable[[Sequence[Image.Image]], Labels]  # pictures -> an index into FACTORS each
FITTED, SEED = 4000, 11  # rendered pictures that a probe is fitted on
AT_ONCE = 128


def by_head(model: str) -> Namer:
    """Return how a network whose head knows the solids names them."""
    encoder = load_model(model)
    order = np.array([FACTORS["solid"].index(name) for name in encoder.class_names])

    def named(pictures: Sequence[Image.Image]) -> Labels:
        return np.asarray(order[_logits(model, pictures).argmax(1)], np.int64)

    return named


def by_prompts(model: str, factor: str) -> Namer:
    """Return how a network that reads text names a solid or a colour."""
    encoder = load_model(model)
    texts = np.concatenate(
        [mean_prompt(encoder.encode_text(some)[None]) for some in prompts_for(factor)]
    )  # (k, d)

    def named(pictures: Sequence[Image.Image]) -> Labels:
        found = [encoder.encode_image(some) @ texts.T for some in _batches(pictures)]
        return np.asarray(np.concatenate(found).argmax(1), np.int64)

    return named


def by_probe(model: str, factor: str) -> Namer:
    """Return how a linear probe on the mean responses of all of a network's units names a factor.

    A network's last layer alone has often lost what its head doesn't ask for.
    """
    probe = _probe(model, load_model(model).fingerprint, factor)

    def named(pictures: Sequence[Image.Image]) -> Labels:
        responses = _responses(model, np.stack([np.asarray(one) for one in pictures]))
        return np.asarray((responses @ probe.weight.T + probe.bias).argmax(1), np.int64)

    return named


@functools.lru_cache(maxsize=8)
def _probe(model: str, fingerprint: str, factor: str) -> LinearProbe:  # noqa: ARG001
    pictures, data = _fitting()
    labels = data.scenes(0, FITTED).labels(factor)
    return linear_probe(_responses(model, pictures), labels, len(FACTORS[factor]))


@functools.lru_cache(maxsize=1)
def _fitting() -> tuple[npt.NDArray[np.uint8], Shapes]:
    data = Shapes("train", SEED, FITTED)
    return np.stack([np.asarray(data[row].image) for row in range(FITTED)]), data


def _responses(model: str, pictures: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Return mean responses (n, d) to pictures (n, h, w, 3)."""
    network, found = watched_network(model, "", cells=1), []
    for some in torch.split(torch.from_numpy(pictures).permute(0, 3, 1, 2), AT_ONCE):
        with torch.inference_mode():
            seen = network.seen(some.to(network.tower.device).float() / 255)
            found.append(network.means(seen).cpu().numpy())
    return np.concatenate(found)


def _logits(model: str, pictures: Sequence[Image.Image]) -> npt.NDArray[np.float32]:
    encoder = load_model(model)
    return np.concatenate([encoder.logits(some) for some in _batches(pictures)])


def _batches(pictures: Sequence[Image.Image]) -> list[Sequence[Image.Image]]:
    return [pictures[at : at + AT_ONCE] for at in range(0, len(pictures), AT_ONCE)]
