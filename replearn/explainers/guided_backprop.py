"""Guided backprop (Springenberg et al. 2015): no negative gradient passes a ReLU."""

from contextlib import ExitStack
from typing import ClassVar

import torch
from torch import Tensor, nn

from replearn.core.errors import CapabilityError
from replearn.core.progress import Progress, silent
from replearn.encoders.base import Pixels
from replearn.encoders.tower import ImageTower
from replearn.encoders.watched import watched
from replearn.explainers.base import Explained, Explainer, Maps, Score
from replearn.explainers.pixel_gradient import pixel_gradient


class GuidedBackprop(Explainer):
    """Sharp, and nearly the same for an untrained network: it shows edges (Adebayo et al. 2018)."""

    name: ClassVar[str] = "guided-backprop"
    paper: ClassVar[str] = "https://arxiv.org/abs/1412.6806"
    needs_gradients: ClassVar[bool] = True

    def explain(
        self, encoder: Explained, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return magnitudes, the largest of the three colours, (n, h, w).

        Raises:
            CapabilityError: the network has no ReLU.
        """
        tower = encoder.tower()
        guided = guided_gradient(tower, torch.from_numpy(pixels).to(tower.device), score)
        progress(1, 1, "backward pass")
        found: Maps = guided.abs().amax(1).cpu().numpy()
        return found

    @classmethod
    def fits(cls, tower: ImageTower) -> bool:
        """Say whether the network has a ReLU."""
        return bool(_rectifiers(tower))


def guided_gradient(tower: ImageTower, pixels: Tensor, score: Score) -> Tensor:
    """Return the guided gradient at the pixels, (n, 3, h, w).

    Raises:
        CapabilityError: the network has no ReLU.
    """
    rectifiers = _rectifiers(tower)
    if not rectifiers:
        raise CapabilityError(
            "Guided backprop is about ReLUs, and this network has none: imagenet and the shapes "
            "networks have; or choose input-gradient."
        )
    with ExitStack() as stack:
        for module in rectifiers:
            stack.enter_context(watched(module, _guide))
        return pixel_gradient(tower, pixels, score)


def _rectifiers(tower: ImageTower) -> list[nn.Module]:
    return [m for m in tower.modules() if isinstance(m, nn.ReLU | nn.ReLU6)]


def _guide(output: Tensor) -> None:
    if output.requires_grad:
        output.register_hook(  # type: ignore[no-untyped-call]
            lambda gradient: gradient.clamp(min=0)
        )
