"""CLIP and SigLIP as the library transformers keeps them: a folder with config.json."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from torch import Tensor, nn

from replearn.core import fingerprint
from replearn.core.errors import ModelError
from replearn.core.quiet import quiet
from replearn.encoders.hub.cache import TRANSFORMERS_KINDS, TRANSFORMERS_WEIGHTS
from replearn.encoders.open_clip.assembling import Named, encoder_of
from replearn.encoders.open_clip.configured import preprocessing_of
from replearn.encoders.open_clip.encoder import OpenClipEncoder
from replearn.encoders.without_progress import without_progress

if TYPE_CHECKING:
    import numpy.typing as npt

_BICUBIC, _BILINEAR = 3, 2  # Pillow's numbers, as preprocessor_config.json has them
_UNREADABLE = (RuntimeError, OSError, ValueError, LookupError, TypeError, AttributeError)


class _Visual(nn.Module):
    """The image tower: pixels (n, 3, h, w) to embeddings (n, d)."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.vision_model = model.vision_model
        self.projection = getattr(model, "visual_projection", nn.Identity())

    def forward(self, pixels: Tensor) -> Tensor:
        pooled = self.vision_model(pixel_values=pixels).pooler_output  # type: ignore[operator]
        embedding: Tensor = self.projection(pooled)
        return embedding


class _Towers(nn.Module):
    """A model of transformers with the methods that OpenCLIP's models have."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.visual = _Visual(model)
        self.text_model = model.text_model
        self.text_projection = getattr(model, "text_projection", nn.Identity())
        self.logit_scale = model.logit_scale

    def encode_image(self, pixels: Tensor) -> Tensor:
        embedding: Tensor = self.visual(pixels)
        return embedding

    def encode_text(self, ids: Tensor) -> Tensor:
        pooled = self.text_model(input_ids=ids).pooler_output  # type: ignore[operator]
        embedding: Tensor = self.text_projection(pooled)
        return embedding


def transformers_folder(name: str, folder: Path) -> OpenClipEncoder:
    """Open a folder that transformers wrote (`save_pretrained`).

    Raises:
        ModelError: its model is of another kind, or a file is missing or damaged.
    """
    stated = _json(folder / "config.json")
    kind = stated.get("model_type", "")
    if kind not in TRANSFORMERS_KINDS:
        raise ModelError(
            f"{folder.name} holds a model of kind {kind or 'unknown'!r} of the library "
            "transformers; only its CLIP and SigLIP are opened here."
        )
    weights = [folder / one for one in TRANSFORMERS_WEIGHTS if (folder / one).is_file()]
    if not weights:
        raise ModelError(f"There is no model.safetensors in {folder}.")
    model, tokenizer = _opened(folder, kind, weights[0])
    side = stated["vision_config"].get("image_size", 224)
    prepared = _preprocess(folder, side)
    return encoder_of(
        Named(name, f"transformers' {'CLIP' if kind == 'clip' else 'SigLIP'}, {folder.name}"),
        (_Towers(model), tokenizer),
        preprocessing_of({"vision_cfg": {"image_size": side}}, prepared),
        [fingerprint.of_file(weights[0]), json.dumps(stated, sort_keys=True)],
    )


def _opened(folder: Path, kind: str, weights: Path) -> tuple[nn.Module, Callable[..., Any]]:
    import transformers
    from safetensors import SafetensorError

    try:
        with quiet():
            reader = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except ImportError as error:
        raise ModelError(
            f"The tokenizer of {folder.name} needs a package that isn't here; run "
            "pip install sentencepiece protobuf."
        ) from error
    except _UNREADABLE as error:
        raise ModelError(
            f"The tokenizer's files are missing in {folder} (tokenizer.json and "
            "tokenizer_config.json); copy them beside config.json."
        ) from error
    try:
        with quiet(), without_progress():
            model, loading = transformers.AutoModel.from_pretrained(
                folder, local_files_only=True, dtype="float32", output_loading_info=True
            )
    except (SafetensorError, *_UNREADABLE) as error:
        raise ModelError(
            f"{weights.name} in {folder.name} is damaged, or isn't what config.json states; fetch "
            "both again."
        ) from error
    if loading["missing_keys"]:
        raise ModelError(
            f"{weights.name} in {folder.name} lacks {len(loading['missing_keys'])} tensors of the "
            "network that config.json states; fetch both again."
        )
    length = model.config.text_config.max_position_embeddings
    return model, _padded(reader, length, 0 if kind == "clip" else reader.pad_token_id)


def _padded(reader: Any, length: int, pad: int) -> "Callable[[Sequence[str]], npt.NDArray[Any]]":
    """Return a tokenizer to ids (m, length); CLIP's text is causal: what follows it is unseen."""

    def tokens(texts: Sequence[str]) -> "npt.NDArray[Any]":
        ids = np.full((len(texts), length), pad, np.int64)
        for row, text in zip(
            ids, reader(list(texts), truncation=True, max_length=length).input_ids, strict=True
        ):
            row[: len(text)] = text
        return ids

    return tokens


def _preprocess(folder: Path, side: int) -> dict[str, Any]:
    path = folder / "preprocessor_config.json"
    stated = _json(path) if path.is_file() else {}
    size = stated.get("size")
    squash = isinstance(size, dict) and "height" in size
    interpolation = {_BICUBIC: "bicubic", _BILINEAR: "bilinear"}.get(
        stated.get("resample", _BICUBIC)
    )
    found = {
        "size": side,
        "resize_mode": "squash" if squash else "shortest",
        "interpolation": interpolation or stated.get("resample"),
    }
    named = {"mean": stated.get("image_mean"), "std": stated.get("image_std")}
    return {**found, **{key: value for key, value in named.items() if value}}


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} can't be read as JSON; fetch it again.") from error
