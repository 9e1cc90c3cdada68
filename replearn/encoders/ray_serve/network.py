"""A network as it is sent to replicas."""

from dataclasses import dataclass
from typing import Any

from replearn.encoders.engines import Array


@dataclass(frozen=True, eq=False)
class Network:
    """What a replica needs to run a network.

    Attributes:
        key: names the weights.
        module: where it lies among the objects of Ray; a reference, as long as it isn't asked for.
        example: an input of two rows.
        free_axes: the axes of the input whose length may vary.
    """

    key: str
    module: Any
    example: Array
    free_axes: frozenset[int]
