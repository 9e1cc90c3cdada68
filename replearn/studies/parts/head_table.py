"""What every head gives for every picture of a data set, kept small."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from replearn.core.progress import Progress, batches, silent
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.stamp import Floats
from replearn.studies.parts.decompose import opened

MOST = 1000  # pictures, spread evenly over a larger data set
BATCH = 16


@dataclass(frozen=True, eq=False)
class HeadTable:
    """Heads' outputs over a data set.

    Attributes:
        states: (n, layers, heads, head width), each head's own few numbers.
        directions: (layers, heads, head width, k), where they lead.
        lengths: (n,), of the whole vectors (the sums of all parts).
        vectors: (n, k), the whole vectors, of length 1.
        rows: (n,), of the data set.
        fingerprint: the model's.
    """

    states: Floats
    directions: Floats
    lengths: Floats
    vectors: Floats
    rows: tuple[int, ...]
    fingerprint: str

    def outputs(self, layer: int, head: int) -> Floats:
        """Return what a head adds to each picture's vector, (n, k), the whole of length 1."""
        given = self.states[:, layer, head] @ self.directions[layer, head]
        return np.asarray(given / self.lengths[:, None], np.float32)

    @property
    def shape(self) -> tuple[int, int]:
        """How many layers and heads there are."""
        return self.states.shape[1], self.states.shape[2]

    def means(self) -> Floats:
        """Return each head's mean over the data set, not scaled, (layers, heads, k)."""
        means = np.einsum("lhw,lhwk->lhk", self.states.mean(0), self.directions)
        return np.asarray(means, np.float32)


def head_table(model: str, dataset: str, progress: Progress = silent) -> HeadTable:
    """Return heads' outputs over a data set, or a thousand pictures of it; kept in memory.

    Raises:
        InputError: there is no such model or data set.
        CapabilityError: the model has no heads that can be taken apart.
    """
    known = _kept.get((model, dataset))
    fingerprint = load_model(model).fingerprint
    data = load_dataset(dataset)
    state = data.fingerprint()
    if known is None or known[0] != (fingerprint, state):
        known = ((fingerprint, state), head_states_of(model, data, progress))
        _kept[(model, dataset)] = known
        while len(_kept) > KEPT:
            _kept.pop(next(iter(_kept)))
    return known[1]


KEPT = 3
_kept: dict[tuple[str, str], tuple[tuple[str, str], HeadTable]] = {}


def is_known(model: str, dataset: str) -> bool:
    """Say whether heads' outputs over a data set are kept in memory."""
    known = _kept.get((model, dataset))
    state = (load_model(model).fingerprint, load_dataset(dataset).fingerprint())
    return known is not None and known[0] == state


def head_states_of(model: str, data: Dataset, progress: Progress = silent) -> HeadTable:
    """Compute heads' outputs over an open data set; takes what `head_table` does."""
    from replearn.decompositions.heads import head_directions

    encoder = load_model(model)
    _, parts = opened(encoder)
    count = min(MOST, len(data))
    rows = tuple(int(row) for row in np.linspace(0, len(data) - 1, count).round())
    states: list[Floats] = []
    wholes: list[Floats] = []
    for batch in batches(rows, BATCH):
        progress(len(states) * BATCH, count, "pictures through every head")
        found, whole = states_of(encoder, data, batch)
        states.append(found)
        wholes.append(whole)
    vectors = np.concatenate(wholes)
    lengths = np.linalg.norm(vectors, axis=1)
    return HeadTable(
        np.concatenate(states),
        head_directions(parts).cpu().numpy(),
        lengths.astype(np.float32),
        (vectors / lengths[:, None]).astype(np.float32),
        rows,
        encoder.fingerprint,
    )


def states_of(encoder: Encoder, data: Dataset, rows: Sequence[int]) -> tuple[Floats, Floats]:
    """Return the states (n, layers, heads, head width) and outputs (n, k) of some pictures."""
    import torch

    from replearn.decompositions.heads import head_states

    tower, parts = opened(encoder)
    pixels = encoder.preprocess([data[row].image for row in rows])
    found = head_states(tower, parts, torch.from_numpy(pixels).to(tower.device))
    return found.cpu().numpy(), encoder.outputs(pixels)


@functools.lru_cache(maxsize=8)
def channel_means(model: str, dataset: str, fingerprint: str) -> Floats:  # noqa: ARG001
    """Return what each channel adds on average over a data set, (channels, k).

    Raises:
        CapabilityError: the network doesn't end in pooling and one linear layer.
    """
    import torch

    from replearn.decompositions.channels import channel_parts

    encoder, data = load_model(model), load_dataset(dataset)
    tower = encoder.tower()
    rows = np.linspace(0, len(data) - 1, min(200, len(data))).round().astype(int)
    total, weights = None, None
    for batch in batches(rows.tolist(), BATCH):
        pixels = torch.from_numpy(encoder.preprocess([data[row].image for row in batch]))
        found = channel_parts(tower, model, pixels.to(tower.device))
        pooled = found.maps.sum((0, 2, 3)).cpu().numpy()  # (channels,)
        total = pooled if total is None else total + pooled
        weights = found.weights.cpu().numpy()
    assert total is not None and weights is not None  # noqa: PT018  (a data set has pictures)
    return np.asarray(total[:, None] / len(rows) * weights.T, np.float32)
