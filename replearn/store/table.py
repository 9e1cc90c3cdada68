"""A data set's vectors with what is known of each picture: shipped, cached, or computed."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.assets import asset_path
from replearn.core.fingerprint import of_parts
from replearn.core.progress import Progress, silent
from replearn.core.settings import from_environment, writable_folder
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder
from replearn.store.encoded import encode_stream

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class EmbeddingTable:
    """The vectors of a data set under one model.

    Attributes:
        vectors: (n, d), L2-normalised; kept as float16 on disk.
        ids: one per row, unique.
        captions: one per row.
        groups: one per row; the label's name, or "" where there is none.
    """

    vectors: npt.NDArray[np.float32]
    ids: tuple[str, ...]
    captions: tuple[str, ...]
    groups: tuple[str, ...]

    def nearest(
        self, vector: npt.NDArray[np.float32], k: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Return indices and cosines of the k rows nearest to a unit vector (d,), best first."""
        cosines = self.vectors @ vector
        k = min(k, len(cosines))
        candidates = np.argpartition(-cosines, k - 1)[:k]
        order = candidates[np.argsort(-cosines[candidates], kind="stable")]
        return order.astype(np.int64), cosines[order].astype(np.float32)


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
            except (OSError, ValueError, KeyError) as error:
                log.warning("%s can't be read (%s); its vectors are computed anew.", path, error)
    table = compute_table(dataset, encoder, progress)
    if folder:
        write_table(table, folder / name)
    return table


def compute_table(
    dataset: Dataset, encoder: Encoder, progress: Progress = silent
) -> EmbeddingTable:
    """Encode every picture of a data set; pictures that can't be opened are left out."""
    known: dict[int, tuple[str, str, str]] = {}  # filled by the decoding threads

    def opener(position: int) -> Callable[[], Image.Image]:
        def opened() -> Image.Image:
            sample = dataset[position]
            group = "" if sample.label is None else dataset.class_names[sample.label]
            known[position] = (sample.id, sample.caption, group)
            return sample.image

        return opened

    total = len(dataset)
    vectors, ids, captions, groups = [], [], [], []
    openers = (opener(position) for position in range(total))
    for position, vector in enumerate(
        encode_stream(openers, encoder.preprocess, encoder.embed_pixels)
    ):
        progress(position, total, "pictures embedded")
        if vector is None:
            continue
        identity, caption, group = known.pop(position)
        # rounded as on disk, so that a table read back gives the same neighbours
        vectors.append(vector.astype(np.float16).astype(np.float32))
        ids.append(identity)
        captions.append(caption)
        groups.append(group)
    progress(total, total, "pictures embedded")
    return EmbeddingTable(np.stack(vectors), tuple(ids), tuple(captions), tuple(groups))


def write_table(table: EmbeddingTable, path: Path) -> None:
    """Write a table whole or not at all; a disk that is full leaves a line in the log."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            np.savez(
                file,
                vectors=table.vectors.astype(np.float16),
                ids=np.array(table.ids),
                captions=np.array(table.captions),
                groups=np.array(table.groups),
            )
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        log.warning("The vectors aren't kept on disk (%s); they are computed anew.", error)


def read_table(path: Path) -> EmbeddingTable:
    """Read a table that `write_table` wrote.

    Raises:
        ValueError, KeyError, OSError: the file isn't one.
    """
    with np.load(path, allow_pickle=False) as file:
        return EmbeddingTable(
            file["vectors"].astype(np.float32),
            tuple(file["ids"].tolist()),
            tuple(file["captions"].tolist()),
            tuple(file["groups"].tolist()),
        )
