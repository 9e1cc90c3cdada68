"""Projections by name, imported on use."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from replearn.core.registry import resolve

if TYPE_CHECKING:
    from replearn.projections.base import Projection

PROJECTIONS = {
    "umap": "replearn.projections.umap:Umap",
    "tsne": "replearn.projections.tsne:Tsne",
    "pca": "replearn.projections.pca:Pca",
}


def load_projection(name: str) -> "Projection":
    """Make a projection with its default settings.

    Raises:
        InputError: there is no such projection; the message lists the valid names.
    """
    make = cast("Callable[[], Projection]", resolve("projection", name, PROJECTIONS))
    return make()
