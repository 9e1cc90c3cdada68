"""Which pictures are alike? The nearest ones in the full space, never on the map."""

import time

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.results import Neighbours, Stamp
from replearn.data import load_dataset
from replearn.encoders.base import Encoder, Picture
from replearn.encoders.registry import load_model
from replearn.store.encoded import encode_picture
from replearn.store.table import EmbeddingTable, embed


def neighbours(
    query: int | Picture,
    dataset: str = "emoji",
    model: str = "photo-clip",
    k: int = 12,
    progress: Progress = silent,
) -> Neighbours:
    """Find the pictures of a data set whose vectors have the highest cosine with the query's.

    Args:
        query: a row of the data set (which is then left out of the answer), or a picture.
        dataset: a data set's name.
        model: any model.
        k: how many.
        progress: told as pictures are embedded, where they aren't yet.

    Raises:
        InputError: the data set, model or row doesn't exist, or the picture can't be opened.
    """
    if k < 1:
        raise InputError(f"k is {k}; ask for at least one neighbour.")
    encoder = load_model(model)
    data = load_dataset(dataset)
    start = time.perf_counter()
    table = embed(data, encoder, progress)
    if isinstance(query, int | np.integer):
        indices, cosines = _of_row(table, int(query), k)
        name = table.captions[int(query)]
    else:
        indices, cosines = table.nearest(_vector(encoder, query), k)
        name = "the subject"
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(table.ids),
        settings={"data": data.name, "k": k},
    )
    return Neighbours(
        query=name,
        ids=tuple(table.ids[i] for i in indices),
        captions=tuple(table.captions[i] for i in indices),
        cosines=cosines,
        indices=indices,
        stamp=stamp,
    )


def _of_row(table: EmbeddingTable, row: int, k: int):  # type: ignore[no-untyped-def]
    if not 0 <= row < len(table.ids):
        raise InputError(f"There is no picture {row}; the data set has {len(table.ids):,}.")
    indices, cosines = table.nearest(table.vectors[row], k + 1)
    others = indices != row
    return indices[others][:k], cosines[others][:k]


def _vector(encoder: Encoder, picture: Picture):  # type: ignore[no-untyped-def]
    # rounded as the table's rows are, so that a picture of the data set finds itself at 1
    vector = encode_picture(encoder, picture).astype(np.float16).astype(np.float32)
    return vector / np.linalg.norm(vector)
