"""The network that is inverted, its code, and how well pictures come back."""

import copy

import numpy as np
import torch
from torch import Tensor

from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.core.statistics import Estimate, mean_of
from replearn.encoders.registry import load_model
from replearn.explainers.feature_maps import blocks
from replearn.training.decoder.method import DecoderMethod
from replearn.training.device import best_device
from replearn.training.sources.batch import Source
from replearn.visualisations.decoders.code import Code, Watched
from replearn.visualisations.objectives import OUTPUTS

AT_ONCE = 128


def watched_network(model: str, layers: str, cells: int) -> Watched:
    """Return a model's network, ending in its vector, with the layers that are read.

    Args:
        model: its name.
        layers: with commas; empty takes all, and the vector where it isn't the last layer's mean.
        cells: a side, over each of which a response is averaged.

    Raises:
        InputError: there is no such model or layer.
        CapabilityError: the model can't be opened in torch.
    """
    encoder = load_model(model)
    tower = copy.deepcopy(encoder.embedding_tower()).to(best_device()).eval()
    side = encoder.preprocessing.crop
    known = blocks(tower, torch.zeros(1, 3, side, side))
    if not known:
        raise InputError(f"{model} has no layer whose output lies over the picture.")
    chosen = tuple(name.strip() for name in layers.split(",") if name.strip())
    every = known if tower.spatial else (*known, OUTPUTS)
    for name in chosen:
        if name not in every:
            raise InputError(
                f"{model} has no layer {name!r}; there are {', '.join(every)}."
                f"{nearest(name, every)}"
            )
    return Watched(tower, chosen or every, cells, encoder.preprocessing)


def fitted_code(network: Watched, source: Source, components: int, most: int) -> Code:
    """Return the code of a network for pictures of a source.

    Args:
        network: that is inverted.
        source: of the pictures.
        components: at the most; there are no more than units, nor than half the pictures.
        most: pictures.

    Raises:
        InputError: there are too few pictures.
    """
    pictures = source.probe("fit", most).pictures[0]
    if len(pictures) < 8:
        raise InputError(f"There are {len(pictures)} pictures; a decoder needs at least 8.")
    with torch.no_grad():
        responses = torch.cat(
            [
                network.means(network.seen(some)).cpu()
                for some in _batches(pictures, network.tower.device)
            ]
        )
    kept = min(components, responses.shape[1], len(pictures) // 2)
    code = Code(responses.shape[1], kept)
    code.fit(responses)
    return code


def psnr(method: DecoderMethod, pictures: Tensor) -> Estimate:
    """Return the mean over pictures (n, 3, s, s), uint8, of the rebuilt ones' PSNR in dB."""
    was, found = method.training, []
    method.eval()
    with torch.no_grad():
        for some in _batches(pictures, method.network.tower.device):
            apart = (method.rebuilt(some) - some).square().mean((1, 2, 3))
            found.append((-10 * apart.clamp_min(1e-10).log10()).cpu().numpy())
    method.train(was)
    return mean_of(np.concatenate(found))


def _batches(pictures: Tensor, device: torch.device) -> list[Tensor]:
    return [some.to(device).float() / 255 for some in torch.split(pictures, AT_ONCE)]
