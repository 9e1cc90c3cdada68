"""Projections by name, imported on use."""

from typing import TYPE_CHECKING, Any, cast

from replearn.core.registry import resolve
from replearn.projections.parameters import Parameter, checked, parameters_of

if TYPE_CHECKING:
    from replearn.projections.base import Projection

PROJECTIONS = {
    "umap": "replearn.projections.umap:Umap",
    "tsne": "replearn.projections.tsne:Tsne",
    "pca": "replearn.projections.pca:Pca",
}


def projection_parameters(name: str) -> list[Parameter]:
    """Return what can be chosen for a projection.

    Raises:
        InputError: there is no such projection; the message lists the valid names.
    """
    return parameters_of(cast("type[Projection]", resolve("projection", name, PROJECTIONS)))


def load_projection(name: str, **parameters: Any) -> "Projection":
    """Make a projection.

    Args:
        name: an entry of `PROJECTIONS`.
        parameters: what differs from its defaults, e.g. `dimensions=3` or `perplexity=50`.

    Raises:
        InputError: there is no such projection or parameter, or a value is outside its range.
    """
    make = cast("type[Projection]", resolve("projection", name, PROJECTIONS))
    return make(**checked(name, parameters_of(make), parameters))
