"""MiniLM with the mean over its tokens behind it, in torch."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from replearn.core.quiet import quiet
from replearn.encoders.without_progress import without_progress


class MeanPooled(nn.Module):
    """Token ids (n, length) to sentence vectors (n, d), padding left out."""

    def __init__(self, folder: Path, padding: int) -> None:
        super().__init__()
        self.padding = padding
        # weights made inside somebody's inference mode could never be moved or traced
        with quiet(), without_progress(), torch.inference_mode(False):
            self.transformer = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()

    def forward(self, tokens: Tensor) -> Tensor:
        """Return (n, d)."""
        mask = (tokens != self.padding).long()
        states = self.transformer(input_ids=tokens, attention_mask=mask).last_hidden_state
        weights = mask[..., None].to(states.dtype)
        pooled: Tensor = (states * weights).sum(1) / weights.sum(1)
        return pooled
