"""The pictures behind a table's rows: its thumbnails where it keeps them, else opened anew."""

import io
from collections.abc import Iterator, Sequence

from PIL import Image

from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.data import load_dataset
from replearn.store.embedding_table import EmbeddingTable

BATCH = 512


def thumbnails(
    table: EmbeddingTable, rows: Sequence[int], progress: Progress = silent
) -> Iterator[Image.Image]:
    """Yield the picture of each row, small where the table keeps thumbnails.

    Raises:
        InputError: the table doesn't say where its pictures come from, or they are gone.
    """
    if table.thumbnails is None:
        yield from _opened(table, rows, progress)
        return
    done = 0
    for batch in batches(rows, BATCH):
        progress(done, len(rows), "thumbnails")
        for jpeg in table.thumbnails(batch):
            yield Image.open(io.BytesIO(jpeg)).convert("RGB")
        done += len(batch)


def _opened(
    table: EmbeddingTable, rows: Sequence[int], progress: Progress
) -> Iterator[Image.Image]:
    if table.origin is None:
        raise InputError("These vectors come without pictures; their names are shown instead.")
    data = load_dataset(table.origin.dataset)
    places = table.data_rows(len(data))
    for done, row in enumerate(rows):
        progress(done, len(rows), "pictures opened")
        yield data[int(places[row])].image
