"""What leaves the features of the lab's networks unmoved: the table that ships."""

from functools import lru_cache

from replearn.results.invariance import InvarianceCurve
from replearn.studies.invariance.shipped_table import ShippedInvariance


def undisturbed(factor: str, model: str) -> float:
    """Return the area under the cosine, between chance (0) and full invariance (1)."""
    return _curve(factor, model).rescaled.value


def right_over(factor: str, model: str) -> float:
    """Return the accuracy over all levels of a factor, from 0 to 1."""
    found = _curve(factor, model).accuracy_area
    if found is None:
        raise ValueError(f"nobody answers for {model}")
    return found.value


def cosine_over(factor: str, model: str) -> float:
    """Return the mean cosine to the untouched picture over all levels, from -1 to 1."""
    return _curve(factor, model).area.value


def moved_back(factor: str, model: str, place: str) -> float:
    """Return how far a layer's map moves with the picture, between chance (0) and 1.

    Args:
        factor: "translation" or "rotation".
        model: a network.
        place: "first" or "last" of its layers.
    """
    layers = _shipped().moves[factor, model].layers
    return layers[{"first": 0, "last": -1}[place]].rescaled.value


def _curve(factor: str, model: str) -> InvarianceCurve:
    return next(one for one in _shipped().factors[factor].embeddings if one.model == model)


@lru_cache(maxsize=1)
def _shipped() -> ShippedInvariance:
    from replearn.studies.invariance.shipped_table import read_invariance

    found = read_invariance()
    if found is None:
        raise ValueError("the table isn't here")
    return found
