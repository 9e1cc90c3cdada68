"""Form against texture: the rows that ship, and the published ones."""

from collections.abc import Sequence
from functools import lru_cache

from replearn.results.rows.shape import ShapeRow


def rendition(model: str, name: str) -> float:
    """Return how often a model is right about a rendition of `shapes`, from 0 to 1."""
    from replearn.studies.shape.rows import rendition_accuracies

    found = rendition_accuracies(_rows())
    return next(o.accuracy.value for o in found if (o.model, o.rendition) == (model, name))


def shape_bias(model: str) -> float:
    """Return a model's shape bias on the cue conflict of `shapes`, from 0 to 1."""
    from replearn.studies.shape.rows import shape_biases

    return shape_biases(_rows())[model].overall.value


def photograph_shape_bias(model: str) -> float:
    """Return a network's shape bias on the example photographs in conflict, from 0 to 1."""
    from replearn.studies.shape.rows import photo_biases

    return photo_biases()[model].overall.value


def shape_bias_published(observer: str) -> float:
    """Return the shape bias of Geirhos et al. 2019 on photographs, from 0 to 1."""
    from replearn.data.published import shape_biases

    return shape_biases()[observer]


@lru_cache(maxsize=1)
def _rows() -> Sequence[ShapeRow]:
    from replearn.results.rows.shape import read_shape_rows, shipped_shape_rows

    return read_shape_rows(shipped_shape_rows())
