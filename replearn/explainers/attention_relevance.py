"""Gradient-weighted attention relevance (Chefer, Gur and Wolf 2021, eq. 5 and 6)."""

from typing import ClassVar

import torch
from torch import Tensor

from replearn.core.progress import Progress, silent
from replearn.encoders.base import Pixels
from replearn.encoders.tower import ImageTower
from replearn.explainers.attention import attentions, token_grid
from replearn.explainers.attention_rollout import read_by_the_answer
from replearn.explainers.base import Explained, Explainer, Maps, Score


class AttentionRelevance(Explainer):
    """Attention counts where the score rises with it; heads are averaged, blocks are followed."""

    name: ClassVar[str] = "attention-relevance"
    paper: ClassVar[str] = "https://arxiv.org/abs/2103.15679"
    needs_gradients: ClassVar[bool] = True

    def explain(
        self, encoder: Explained, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return non-negative relevance of each patch, (n, rows, columns).

        Raises:
            CapabilityError: the network isn't a transformer.
        """
        tower = encoder.tower()
        with torch.enable_grad():
            found, outputs = attentions(
                tower, encoder.name, torch.from_numpy(pixels).to(tower.device)
            )
            gradients = torch.autograd.grad(score(outputs).sum(), found)
        tokens = found[0].shape[-1]
        relevance = torch.eye(tokens, device=tower.device).expand(len(pixels), -1, -1)
        for attention, gradient in zip(found, gradients, strict=True):
            kept = (gradient * attention.detach()).clamp(min=0).mean(1)  # (n, t, t)
            relevance = relevance + kept @ relevance
        progress(1, 1, "backward pass")
        return read_by_the_answer(relevance, token_grid(tower))

    @classmethod
    def fits(cls, tower: ImageTower) -> bool:
        """Say whether the network is a transformer."""
        return tower.tokens is not None

    def place(self, tower: ImageTower, pixels: Tensor) -> str:  # noqa: ARG002
        """Return what is followed."""
        return "attention of all blocks"
