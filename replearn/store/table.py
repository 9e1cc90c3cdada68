"""A data set's table: shipped, kept on disk, or computed."""

import json
import logging
import threading
from collections import OrderedDict, defaultdict
from pathlib import Path

from replearn.core.assets import asset_path
from replearn.core.damaged import DAMAGED
from replearn.core.errors import InputError
from replearn.core.fingerprint import of_parts
from replearn.core.progress import Progress, silent
from replearn.core.settings import from_environment, writable_folder
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder
from replearn.store.block import Catalogue, catalogue_of
from replearn.store.embedding_table import EmbeddingTable, Origin
from replearn.store.failures import DamagedError, StoreError
from replearn.store.filling import Produce, fill
from replearn.store.index_search import EXACT_LIMIT
from replearn.store.lance_shelf import LanceShelf, drop, drop_older
from replearn.store.local_rows import LocalRows
from replearn.store.npz import read_table, write_table
from replearn.store.shelf import MemoryShelf

__all__ = ["EmbeddingTable", "compute_table", "embed", "read_table", "table_name", "write_table"]
KEPT_OPEN = 4
log = logging.getLogger(__name__)
_open: OrderedDict[str, EmbeddingTable] = OrderedDict()
_locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def table_name(dataset: Dataset, encoder: Encoder) -> str:
    """Return a file name that changes with the data and with the model."""
    return f"{_plain_name(dataset, encoder, dataset.fingerprint())}.npz"


def _plain_name(dataset: Dataset, encoder: Encoder, data: str) -> str:
    key = of_parts([data, encoder.fingerprint])
    plain = "".join(c if c.isalnum() else "-" for c in f"{dataset.name}-{encoder.name}")
    return f"{plain[:60]}-{key[:16]}"


def embed(
    dataset: Dataset,
    encoder: Encoder,
    progress: Progress = silent,
    produce: Produce | None = None,
) -> EmbeddingTable:
    """Return a data set's table, computing only what isn't kept yet.

    The last few tables stay open. The table of a folder is kept by the folder's place: pictures
    that were added or edited are embedded, those that were removed leave.

    Args:
        dataset: any data set.
        encoder: any model.
        progress: told as pictures are embedded.
        produce: computes the rows; this process when left out.

    Raises:
        InputError: no picture can be opened.
        ModelError: the model gives NaN.
        StoppedError: `progress` stopped the work; what was computed is kept, where there is room.
    """
    name = table_name(dataset, encoder)
    folder = writable_folder(from_environment().cache_dir / "tables")
    # two sessions that ask for the same table must not both compute it
    with _locks[f"{dataset.name} {encoder.fingerprint}"]:
        key = f"{folder}/{name}"
        table = _open.pop(key, None) or _shipped(name)
        if table is None:
            table = _kept(dataset, encoder, progress, produce, folder)
        _open[key] = table  # the most recent stands last
        while len(_open) > KEPT_OPEN:
            _open.popitem(last=False)
        return table


def is_kept(dataset: Dataset, encoder: Encoder) -> bool:
    """Say whether a data set's vectors ship, or lie whole and up to date in the cache folder."""
    if asset_path("tables", table_name(dataset, encoder)).exists():
        return True
    name = _plain_name(dataset, encoder, catalogue_of(dataset).place)
    card = from_environment().cache_dir / "tables" / f"{name}.json"
    try:
        notes: dict[str, object] = json.loads(card.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return notes.get("data") == dataset.fingerprint()


def compute_table(
    dataset: Dataset, encoder: Encoder, progress: Progress = silent
) -> EmbeddingTable:
    """Encode every picture of a data set anew, in memory; what can't be opened is left out.

    Raises:
        InputError: no picture can be opened.
    """
    catalogue = catalogue_of(dataset)
    shelf = MemoryShelf()
    fill(shelf, catalogue, LocalRows(dataset, encoder, catalogue), progress)
    return shelf.table(catalogue.keys, _origin(dataset, encoder))


def _origin(dataset: Dataset, encoder: Encoder) -> Origin:
    return Origin(dataset.name, encoder.name, encoder.fingerprint)


def _shipped(name: str) -> EmbeddingTable | None:
    path = asset_path("tables", name)
    if not path.exists():
        return None
    try:
        return read_table(path)
    except (*DAMAGED, InputError) as error:
        log.warning("%s can't be read (%s); its vectors are computed anew.", path, error)
        return None


def _kept(
    dataset: Dataset,
    encoder: Encoder,
    progress: Progress,
    produce: Produce | None,
    folder: Path | None,
) -> EmbeddingTable:
    catalogue = catalogue_of(dataset)
    origin = _origin(dataset, encoder)
    produce = produce or LocalRows(dataset, encoder, catalogue)
    memory = MemoryShelf()
    name = _plain_name(dataset, encoder, catalogue.place)
    for _ in range(2 if folder else 0):  # a damaged table is made anew once
        assert folder
        try:
            shelf = LanceShelf(folder, name)
            try:
                fill(shelf, catalogue, produce, progress)
                shelf.finish(origin, dataset.fingerprint(), progress)
            except StoreError as error:
                log.warning("%s They stay in memory until the program ends.", error)
                _refuse_large(catalogue)
                shelf.copy_to(memory)
                break
            drop_older(folder, origin)
            return shelf.table(catalogue.keys, origin)
        except DamagedError as error:
            log.warning("%s They are computed anew.", error)
            drop(folder, name)
    _refuse_large(catalogue)
    fill(memory, catalogue, produce, progress)
    return memory.table(catalogue.keys, origin)


def _refuse_large(catalogue: Catalogue) -> None:
    if len(catalogue.keys) > EXACT_LIMIT:
        raise InputError(
            f"The vectors of {len(catalogue.keys):,} pictures need room on disk; "
            "free some, or name another place with --cache-dir."
        )
