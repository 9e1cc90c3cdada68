"""Which pictures are alike to one head, and which to the whole model?"""

import time
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.vocabularies import usual_dataset
from replearn.encoders.base import Encoder, Picture
from replearn.encoders.registry import load_model
from replearn.results.head_neighbours import HeadNeighbours, NearPicture, NearRow
from replearn.results.parts import Part
from replearn.results.stamp import Floats, Stamp
from replearn.store.encoded import encode_picture
from replearn.studies.answering.samples import samples_of
from replearn.studies.parts.decompose import opened
from replearn.studies.parts.head_table import HeadTable, head_table

FEWEST, MOST = 1, 24


def head_neighbours(
    image: Picture,
    heads: Sequence[Part],
    model: str = "shapes-clip",
    dataset: str = "",
    k: int = 6,
    progress: Progress = silent,
) -> HeadNeighbours:
    """Find the nearest pictures by the whole vector, by each of some heads, and by their sum.

    Gandelsman et al. 2024 (https://arxiv.org/abs/2310.05916) retrieve by the outputs of heads. A
    head adds much the same to every picture, so its mean over the data set is taken away first; the
    whole vector is compared as the model does it.

    Args:
        image: a PIL picture, a path, or an array or tensor.
        heads: (layer, head) each, counted from 0.
        model: a transformer that `decompose` takes apart.
        dataset: where neighbours are looked for, a thousand pictures of it at most; left out, the
            one that suits the model.
        k: how many, for each row.
        progress: told as pictures are shown, the first time.

    Raises:
        InputError: the picture can't be opened, or there is no such head, model or data set.
        CapabilityError: the model has no heads that can be taken apart.

    Example:
        >>> head_neighbours("cube.png", [(3, 0), (3, 2)]).rows[0].pictures[0].caption
        'a red cube'
    """
    if not FEWEST <= k <= MOST:
        raise InputError(f"Ask for {FEWEST} to {MOST} neighbours, not {k}.")
    start = time.perf_counter()
    encoder, name = load_model(model), dataset or usual_dataset(model)
    opened(encoder)  # refuses what has no heads before a data set is shown to it
    data = load_dataset(name)
    table = head_table(model, name, progress)
    wanted = tuple(dict.fromkeys(_known(part, table.shape) for part in heads))
    whole = table.vectors @ encode_picture(encoder, image)
    rows = [_row((), whole, data, table, k)]
    states = _states(encoder, image)
    together = [wanted] if len(wanted) > 1 else []
    for group in [*((part,) for part in wanted), *together]:
        rows.append(_row(group, _cosines(table, states, group), data, table, k))
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(table.rows),
        settings={"data": name, "heads": len(wanted)},
    )
    return HeadNeighbours(tuple(rows), stamp)


def _known(part: Part, shape: tuple[int, int]) -> Part:
    if len(part) != 2 or not all(0 <= at < size for at, size in zip(part, shape, strict=True)):
        raise InputError(
            f"There is no head {part}; there are {shape[0]} layers of {shape[1]} heads, counted "
            "from 0."
        )
    return part


def _states(encoder: Encoder, image: Picture) -> Floats:
    """Return the picture's own numbers in every head, (layers, heads, head width)."""
    import torch

    from replearn.decompositions.heads import head_states

    tower, parts = opened(encoder)
    pixels = torch.from_numpy(encoder.preprocess([image])).to(tower.device)
    return np.asarray(head_states(tower, parts, pixels)[0].cpu().numpy(), np.float32)


def _cosines(table: HeadTable, states: Floats, group: tuple[Part, ...]) -> Floats:
    """Return the cosines (n,) of what some heads add to the picture and to those of the table."""
    given = np.zeros((len(table.rows), table.directions.shape[-1]), np.float32)
    own = np.zeros(table.directions.shape[-1], np.float32)
    for layer, head in group:
        given += table.states[:, layer, head] @ table.directions[layer, head]
        own += states[layer, head] @ table.directions[layer, head]
    mean = given.mean(0)
    given, own = given - mean, own - mean
    lengths = np.linalg.norm(given, axis=1) * np.linalg.norm(own)
    return np.asarray(given @ own / np.maximum(lengths, 1e-12), np.float32)


def _row(
    heads: tuple[Part, ...],
    cosines: npt.NDArray[np.floating],
    data: Dataset,
    table: HeadTable,
    k: int,
) -> NearRow:
    order = np.argsort(-cosines, kind="stable")[:k]
    samples = samples_of(data, [table.rows[int(i)] for i in order])
    return NearRow(
        heads,
        tuple(
            NearPicture(sample.id, sample.caption, float(cosines[i]), sample.image)
            for i, sample in zip(order, samples, strict=True)
        ),
    )
