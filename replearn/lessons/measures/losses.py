"""The loss of one anchor in the batch that the loss explorer opens with."""

import math

import numpy as np

from replearn.results.training import AnchorLoss

COUNT = 8  # pictures, two views of each


def share_of_partner(model: str, temperature: str) -> float:
    """Return the softmax share of the first anchor's partner, from 0 to 1."""
    found = _anchor(model, float(temperature))
    return float(found.shares[found.positive])


def nt_xent(model: str, temperature: str) -> float:
    """Return the loss of the first anchor, in nats."""
    return _anchor(model, float(temperature)).loss


def guessing() -> float:
    """Return the loss of giving every other view the same share, in nats."""
    return math.log(2 * COUNT - 1)


def hardest(model: str, temperature: str) -> float:
    """Return what of the push on negatives falls on the most alike one, from 0 to 1."""
    found = _anchor(model, float(temperature))
    negatives = [float(share) for at, share in enumerate(found.shares) if at != found.positive]
    return max(negatives) / sum(negatives)


def recorded(name: str, round_: str, what: str) -> float:
    """Return a figure of a recorded run: "knn", or a mean cosine "within" or "between" classes.

    Args:
        name: of a recording that ships.
        round_: a whole round, or "last".
        what: which figure.
    """
    from replearn.studies.training.recordings import recording

    found = recording(name)
    at = len(found.rounds) - 1 if round_ == "last" else int(round_)
    if what == "knn":
        return float(found.knn[at])
    labels = found.labels[found.compared]
    alike = labels[:, None] == labels
    others = ~np.eye(len(labels), dtype=bool)
    pairs = {"within": alike & others, "between": ~alike}[what]
    return float(found.cosines[at][pairs].mean())


def _anchor(model: str, temperature: float) -> AnchorLoss:
    from replearn.studies.training.loss_batch import view_batch
    from replearn.studies.training.loss_explorer import anchor_loss

    return anchor_loss(view_batch(model, COUNT).cosines, 0, temperature)
