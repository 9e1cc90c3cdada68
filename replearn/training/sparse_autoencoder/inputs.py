"""What a dictionary is learnt on: a model's vectors of a data set, or a layer's places."""

import numpy as np
import torch
from torch import Tensor

from replearn.core.errors import CapabilityError, InputError
from replearn.core.progress import Progress, batches, silent
from replearn.core.registry import nearest
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder
from replearn.encoders.sparse_features import tower_below
from replearn.encoders.sparse_tower import at_places, places_of
from replearn.explainers.layers import layers

RENDERED = ("shapes", "shapes-free", "shapes-easy")
BATCH = 64
FEWEST = 64  # vectors to learn on


def opened_data(dataset: str, pictures: int, seed: int) -> Dataset:
    """Return the pictures to learn on; of a rendered world, new ones of its train split.

    Raises:
        InputError: there is no such data set.
    """
    if dataset in RENDERED:
        return load_dataset(dataset, split="train", seed=seed, size=pictures)
    return load_dataset(dataset)


def checked_place(encoder: Encoder, layer: str) -> str:
    """Return a layer's name as it is; nothing is the vector.

    Raises:
        InputError: the model has no such layer.
    """
    if not layer:
        return layer
    side = encoder.preprocessing.crop
    known = [one.name for one in layers(encoder.tower(), torch.zeros(1, 3, side, side))]
    if layer not in known:
        has = f"it has {', '.join(known)}" if known else "it has none"
        raise InputError(
            f"{encoder.name} has no layer {layer!r} that lies over the picture; {has}. Leave it "
            f"empty for the model's vector.{nearest(layer, known)}"
        )
    return layer


def vectors_of(
    encoder: Encoder,
    layer: str,
    data: Dataset,
    most: int,
    progress: Progress = silent,
) -> Tensor:
    """Return vectors to learn on, (n, width).

    Args:
        encoder: the model.
        layer: of `checked_place`.
        data: whose pictures are shown, spread evenly.
        most: pictures at the most.
        progress: told as pictures are shown.

    Raises:
        InputError: there are too few.
        CapabilityError: the model can't be opened in torch.
    """
    tower = tower_below(encoder, layer)
    places = places_of(tower, layer)
    rows = np.linspace(0, len(data) - 1, min(most, len(data))).round().astype(int).tolist()
    found: list[Tensor] = []
    for batch in batches(rows, BATCH):
        progress(len(found) * BATCH, len(rows), "pictures shown to the model")
        pixels = encoder.preprocess([data[row].image for row in batch])
        if layer:
            found.append(at_places(places, torch.from_numpy(pixels), tower.tokens).float().cpu())
        else:  # the engine is faster, and gives the same
            found.append(torch.from_numpy(encoder.embed_pixels(pixels)))
    vectors = torch.cat(found) if found else torch.zeros(0, 1)
    if len(vectors) < FEWEST:
        raise InputError(
            f"{data.name} gives {len(vectors)} vectors; a dictionary needs at least {FEWEST}: "
            "choose a larger data set, or a layer, which gives several a picture."
        )
    if not bool(torch.isfinite(vectors).all()):
        raise CapabilityError(f"{encoder.name} gives values that are no numbers; choose another.")
    return vectors
