"""Explainers by name, imported on use."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from replearn.core.registry import resolve

if TYPE_CHECKING:
    from replearn.explainers.base import Explainer

EXPLAINERS = {
    "cam": "replearn.explainers.cam:Cam",
    "grad-cam": "replearn.explainers.grad_cam:GradCam",
    "occlusion": "replearn.explainers.occlusion:Occlusion",
}


def load_explainer(name: str) -> "Explainer":
    """Make an explainer with its default settings.

    Raises:
        InputError: there is no such explainer; the message lists the valid names.
    """
    make = cast("Callable[[], Explainer]", resolve("explainer", name, EXPLAINERS))
    return make()
