"""MiniLM's sentence vectors, as the text tower pools them and before its head."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core import fingerprint
from replearn.core.progress import Progress, silent
from replearn.encoders.engines import Runner, default_engine
from replearn.encoders.photo_clip import text_package_folder

BATCH = 128


def sentence_vectors(texts: Sequence[str], progress: Progress = silent) -> npt.NDArray[np.float32]:
    """Return the masked mean of MiniLM's last hidden states, (n, 384), not normalised."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(text_package_folder())
    run = _runner(tokenizer)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    vectors = np.empty((len(texts), 384), np.float32)
    for at in range(0, len(order), BATCH):
        progress(at, len(order), "texts encoded")
        rows = order[at : at + BATCH]
        vectors[rows] = run(_tokens(tokenizer, [texts[i] for i in rows]))
    return vectors


def _tokens(tokenizer: Any, texts: list[str]) -> npt.NDArray[np.int64]:
    found = tokenizer(texts, padding=True, truncation=True, max_length=64, return_tensors="np")
    return np.asarray(found["input_ids"], np.int64)


def _runner(tokenizer: Any) -> Runner:
    import torch
    from torch import Tensor, nn
    from transformers import AutoModel

    class MeanPooled(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = AutoModel.from_pretrained(
                text_package_folder(), attn_implementation="eager"
            ).eval()

        def forward(self, tokens: Tensor) -> Tensor:
            mask = (tokens != tokenizer.pad_token_id).long()
            states = self.transformer(input_ids=tokens, attention_mask=mask).last_hidden_state
            weights = mask[..., None].to(states.dtype)
            pooled: Tensor = (states * weights).sum(1) / weights.sum(1)
            return pooled

    key = f"minilm-{fingerprint.of_file(text_package_folder() / 'model.safetensors')}"
    example = _tokens(tokenizer, ["a photo of a dog", "cat"])
    with torch.inference_mode():
        return default_engine().compile(MeanPooled, example, frozenset({0, 1}), key)
