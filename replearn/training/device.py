"""Where to train, and in which precision."""

import torch

from replearn.core.errors import InputError


def best_device() -> str:
    """Return the device to train on."""
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def reduced_precision(wanted: str, device: str) -> bool:
    """Say whether to compute in bfloat16.

    Raises:
        InputError: the precision isn't known.
    """
    if wanted not in {"auto", "float32", "bfloat16"}:
        raise InputError(f"precision is {wanted!r}; choose auto, float32 or bfloat16.")
    if wanted != "auto":
        return wanted == "bfloat16"
    if device == "cpu":
        return bool(torch.cpu._is_avx512_bf16_supported())
    return device == "cuda" and torch.cuda.is_bf16_supported()
