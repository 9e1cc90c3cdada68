"""How many heads a model has."""

from replearn.encoders.registry import load_model
from replearn.studies.parts.decompose import opened


def head_shape(model: str) -> tuple[int, int]:
    """Return how many layers a model has, and how many heads each.

    Raises:
        InputError: there is no such model.
        CapabilityError: it has no heads that can be taken apart.
    """
    _, parts = opened(load_model(model))
    return len(parts.blocks), parts.blocks[0].heads
