"""A data set's table: shipped, cached, or computed."""

import logging
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PIL import Image

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.fingerprint import of_parts
from replearn.core.progress import Progress, silent
from replearn.core.settings import from_environment, writable_folder
from replearn.data.base import Dataset, Sample
from replearn.encoders.base import Encoder
from replearn.store.embedding_table import EmbeddingTable, Origin
from replearn.store.encoded import encode_stream
from replearn.store.npz import read_table, write_table
from replearn.store.search import ExactSearch

__all__ = ["EmbeddingTable", "compute_table", "embed", "read_table", "table_name", "write_table"]
_NO_IMAGE = Image.new("RGB", (1, 1))
log = logging.getLogger(__name__)


def table_name(dataset: Dataset, encoder: Encoder) -> str:
    """Return a file name that changes with the data and with the model."""
    key = of_parts([dataset.fingerprint(), encoder.fingerprint])
    plain = "".join(c if c.isalnum() else "-" for c in f"{dataset.name}-{encoder.name}")
    return f"{plain[:60]}-{key[:16]}.npz"


def embed(dataset: Dataset, encoder: Encoder, progress: Progress = silent) -> EmbeddingTable:
    """Return a data set's table: from assets or the cache where it is there, else computed.

    Raises:
        StoppedError: `progress` stopped the work; nothing is kept then.
    """
    name = table_name(dataset, encoder)
    folder = writable_folder(from_environment().cache_dir / "tables")
    shipped = asset_path("tables", name)
    for path in [shipped, *([folder / name] if folder else [])]:
        if path.exists():
            try:
                return read_table(path)
            except (OSError, ValueError, KeyError, InputError) as error:
                log.warning("%s can't be read (%s); its vectors are computed anew.", path, error)
    table = compute_table(dataset, encoder, progress)
    if folder:
        try:
            write_table(table, folder / name)
        except OSError as error:
            log.warning("The vectors aren't kept on disk (%s); they are computed anew.", error)
    return table


def compute_table(
    dataset: Dataset, encoder: Encoder, progress: Progress = silent
) -> EmbeddingTable:
    """Encode every picture of a data set; pictures that can't be opened are left out.

    Raises:
        InputError: none can be opened.
    """
    known: dict[int, Sample] = {}  # filled by the decoding threads

    def opener(position: int) -> Callable[[], Image.Image]:
        def opened() -> Image.Image:
            sample = dataset[position]
            known[position] = replace(sample, image=_NO_IMAGE)
            return sample.image

        return opened

    total = len(dataset)
    vectors, rows = [], []
    openers = (opener(position) for position in range(total))
    stream = encode_stream(openers, encoder.preprocess, encoder.embed_pixels)
    for position, vector in enumerate(stream):
        progress(position, total, "pictures embedded")
        if vector is not None:
            vectors.append(vector)
            rows.append(known.pop(position))
    progress(total, total, "pictures embedded")
    if not rows:
        raise InputError(f"No picture of {dataset.name} can be opened; choose another data set.")
    names = dataset.class_names
    columns = dict.fromkeys(name for row in rows for name in row.meta)
    return EmbeddingTable(
        ExactSearch(np.stack(vectors)),
        tuple(row.id for row in rows),
        np.array([-1 if row.label is None else row.label for row in rows], np.int64),
        tuple(row.caption for row in rows),
        tuple("" if row.label is None else names[row.label] for row in rows),
        {name: tuple(row.meta.get(name, "") for row in rows) for name in columns},
        Origin(dataset.name, encoder.name, encoder.fingerprint),
    )
