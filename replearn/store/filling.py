"""Bringing a table up to date: what is new is computed, what is gone leaves, the rest stays."""

from collections.abc import Callable, Iterator, Sequence

from replearn.core.progress import Progress
from replearn.store.block import Block, Catalogue
from replearn.store.shelf import Shelf

Produce = Callable[[Sequence[int], Progress], Iterator[Block]]
"""Computes the rows at some positions of a data set, block by block."""


def fill(shelf: Shelf, catalogue: Catalogue, produce: Produce, progress: Progress) -> None:
    """Make a shelf hold the rows of a catalogue; each block is kept as soon as it is computed.

    Raises:
        StoppedError: `progress` stopped the work; what was computed is kept.
        StoreError: the disk doesn't take rows.
        DamagedError: what is on disk can't be read.
    """
    held = shelf.keys()
    gone = held.difference(catalogue.keys)
    if gone:
        shelf.remove(gone)
    missing = [row for row, key in enumerate(catalogue.keys) if key not in held]
    if missing:
        for block in produce(missing, progress):
            shelf.add(block)
    if catalogue.words is not None and held:
        shelf.relabel(dict(zip(catalogue.keys, catalogue.words, strict=True)))
