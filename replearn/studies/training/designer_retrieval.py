"""The same emoji in another hand: does a model find it among those that training never saw?"""

import numpy as np

from replearn.core.progress import Progress, silent
from replearn.core.statistics import Proportion, proportion
from replearn.data.emoji import DESIGNERS, Emoji
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.store.encoded import encode_dataset, encode_texts
from replearn.training.sources.dataset_source import kept_out


def designer_retrieval(model: str, progress: Progress = silent) -> Proportion:
    """Return how often the nearest openmoji to a twemoji is the same emoji, by cosine.

    Among the emoji that `DatasetSource` keeps out of training; chance is 1 in n.

    Args:
        model: any model.
        progress: told as pictures are encoded.

    Raises:
        InputError: there is no such model, or a package of drawings is missing.
    """
    encoder = load_model(model)
    first, second = (_held_out(encoder, designer, progress) for designer in DESIGNERS)
    found = (first @ second.T).argmax(1)
    return proportion(int((found == np.arange(len(first))).sum()), len(first))


def name_retrieval(model: str, designer: str = DESIGNERS[0]) -> Proportion:
    """Return how often an emoji kept out of training is nearest to its own name, by cosine.

    Raises:
        InputError: there is no such model or designer.
        CapabilityError: the model has no text tower.
    """
    encoder = load_model(model)
    data = Emoji(designer=designer)
    rows, _ = kept_out(len(data))
    names = [data.names[row] for row in rows]
    found = (_held_out(encoder, designer) @ encode_texts(encoder, names).T).argmax(1)
    return proportion(int((found == np.arange(len(rows))).sum()), len(rows))


def _held_out(encoder: Encoder, designer: str, progress: Progress = silent) -> np.ndarray:
    data = Emoji(designer=designer)
    rows, _ = kept_out(len(data))
    return encode_dataset(encoder, data, progress, rows.tolist())
