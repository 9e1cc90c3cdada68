"""A limited number of rendered scenes, each rendered once and kept in memory."""

import numpy as np
import torch

from replearn.core.errors import InputError
from replearn.core.seeds import generator
from replearn.training.sources.batch import Batch, Source

BLOCK = 256  # scenes rendered together
LARGEST = 8 << 30  # bytes of pictures held in memory


class KeptSource:
    """The first scenes of an endless source, in a new order each time round.

    Rendering takes as long as a step of a small network does: a run of many rounds is about twice
    as fast on scenes that it has seen before, under views that it has not.

    Args:
        source: endless.
        scenes: how many of it; rounded up to whole blocks.
        seed: of their order.

    Raises:
        InputError: so many don't fit in memory.
    """

    def __init__(self, source: Source, scenes: int, seed: int) -> None:
        self._source, self._seed = source, seed
        self.side, self.class_names = source.side, source.class_names
        self.unreadable = source.unreadable
        self._blocks: list[Batch | None] = [None] * -(-scenes // BLOCK)
        self.pictures: int | None = BLOCK * len(self._blocks)
        if self.pictures * 3 * self.side**2 > LARGEST:
            raise InputError(
                f"{scenes:,} scenes of {self.side} pixels don't fit in memory; take fewer."
            )

    def batch(self, rows: range) -> Batch:
        """Return the scenes at `rows` of the stream of shuffled rounds."""
        count = BLOCK * len(self._blocks)
        turns = {r: self._order(r, count) for r in {i // count for i in rows}}
        chosen = [divmod(int(turns[i // count][i % count]), BLOCK) for i in rows]
        parts = [(self._block(block), place) for block, place in chosen]
        views = zip(*(tuple(view[k] for view in kept.pictures) for kept, k in parts), strict=True)
        return Batch(
            tuple(torch.stack(one) for one in views),
            torch.stack([kept.labels[k] for kept, k in parts]),
            tuple(kept.texts[k] for kept, k in parts),
        )

    def probe(self, part: str, count: int) -> Batch:
        """Return the endless source's fixed samples."""
        return self._source.probe(part, count)

    def _order(self, turn: int, count: int) -> np.ndarray:
        if turn == 0:  # block after block, so that the first pictures are there at once
            return np.arange(count)
        return generator(self._seed, "order", turn).permutation(count)

    def _block(self, number: int) -> Batch:
        kept = self._blocks[number]
        if kept is None:
            kept = self._source.batch(range(number * BLOCK, (number + 1) * BLOCK))
            self._blocks[number] = kept
        return kept
