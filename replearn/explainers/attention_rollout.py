"""Attention rollout (Abnar and Zuidema 2020): attention followed through all blocks."""

from typing import ClassVar

import torch
from torch import Tensor

from replearn.core.progress import Progress, silent
from replearn.encoders.base import Pixels
from replearn.encoders.tower import ImageTower, TokenGrid
from replearn.explainers.attention import attentions, token_grid
from replearn.explainers.base import Explained, Explainer, Maps, Score


class AttentionRollout(Explainer):
    """It doesn't look at the score: every target has the same map."""

    name: ClassVar[str] = "attention-rollout"
    paper: ClassVar[str] = "https://arxiv.org/abs/2005.00928"
    needs_gradients: ClassVar[bool] = False
    reads_target: ClassVar[bool] = False

    def explain(
        self,
        encoder: Explained,
        pixels: Pixels,
        score: Score,  # noqa: ARG002
        progress: Progress = silent,
    ) -> Maps:
        """Return how much each patch flows into what is read at the end, (n, rows, columns).

        Raises:
            CapabilityError: the network isn't a transformer.
        """
        tower = encoder.tower()
        with torch.no_grad():
            found, _ = attentions(tower, encoder.name, torch.from_numpy(pixels).to(tower.device))
        flow = torch.eye(found[0].shape[-1], device=tower.device).expand(len(pixels), -1, -1)
        for attention in found:
            mean = attention.mean(1)  # (n, t, t)
            # half of each token comes past the attention, through the residual connection
            flow = (mean + torch.eye(mean.shape[-1], device=tower.device)) / 2 @ flow
        progress(1, 1, "forward pass")
        return read_by_the_answer(flow, token_grid(tower))

    @classmethod
    def fits(cls, tower: ImageTower) -> bool:
        """Say whether the network is a transformer."""
        return tower.tokens is not None

    def place(self, tower: ImageTower, pixels: Tensor) -> str:  # noqa: ARG002
        """Return what is followed."""
        return "attention of all blocks"


def read_by_the_answer(flow: Tensor, grid: TokenGrid) -> Maps:
    """Return the class token's row of a flow (n, t, t), or the patches' mean, as maps."""
    rows = flow[:, 0] if grid.prefix else flow.mean(1)  # (n, t)
    patches = rows[:, grid.prefix :].reshape(-1, grid.rows, grid.columns)
    found: Maps = patches.cpu().numpy()
    return found
