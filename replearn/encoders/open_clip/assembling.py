"""From a configuration and a checkpoint to an encoder."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replearn.core import fingerprint
from replearn.core.errors import ModelError, OfflineError
from replearn.core.quiet import quiet
from replearn.encoders.base import ModelCard
from replearn.encoders.catalogue import CATALOGUE
from replearn.encoders.engines import default_engine
from replearn.encoders.open_clip.configured import preprocessing_of
from replearn.encoders.open_clip.encoder import OpenClipEncoder, OpenClipSource
from replearn.encoders.open_clip.fitting import put_into
from replearn.encoders.open_clip.reading import weights_of
from replearn.encoders.preprocessing import Preprocessing
from replearn.encoders.small.vit import register_small_vit

if TYPE_CHECKING:
    from torch import nn

_UNBUILT = (RuntimeError, OSError, ValueError, LookupError, TypeError, AttributeError, ImportError)


@dataclass(frozen=True)
class Named:
    """A model's name in the app, its architecture, and its card where one is written."""

    name: str
    architecture: str  # of OpenCLIP's list, or local-dir:FOLDER
    card: ModelCard | None = None


def assembled(
    named: Named, config: dict[str, Any], checkpoint: Path, preprocess: dict[str, Any]
) -> OpenClipEncoder:
    """Build a network of OpenCLIP's and give it its weights.

    Raises:
        ModelError: the network can't be built, or the checkpoint is damaged or another's.
        OfflineError: the text side's files aren't on this computer.
    """
    import open_clip

    from replearn.encoders.open_clip.towers import looks_back

    register_small_vit(config["vision_cfg"].get("timm_model_name", ""))
    preprocessing = preprocessing_of(config, preprocess)
    with quiet():
        tokenizer = _built(named, lambda: open_clip.get_tokenizer(named.architecture))
        model = _built(
            named,
            lambda: open_clip.create_model(
                named.architecture, load_weights=False, pretrained_text=False
            ),
        )
        _load(model, checkpoint, named)
    parts = [fingerprint.of_file(checkpoint), json.dumps(config, sort_keys=True)]
    trim = "hf_model_name" in config.get("text_cfg", {}) or looks_back(model)
    return encoder_of(named, (model, tokenizer), preprocessing, parts, trim)


def encoder_of(
    named: Named,
    built: tuple["nn.Module", Callable[..., Any]],
    preprocessing: Preprocessing,
    parts: list[str],
    trim: bool = False,
) -> OpenClipEncoder:
    """Return the encoder of a model that has its weights.

    Args:
        named: what it is called.
        built: the model and its tokenizer.
        preprocessing: how pictures are prepared.
        parts: what tells these weights from others.
        trim: see `OpenClipSource`.
    """
    source = OpenClipSource(
        name=named.name,
        fingerprint=fingerprint.of_parts([*parts, repr(preprocessing)]),
        card=named.card or _card(named, built[0]),
        preprocessing=preprocessing,
        build=lambda: built,
        trim=trim,
    )
    return OpenClipEncoder(source, default_engine())


def _card(named: Named, model: "nn.Module") -> ModelCard:
    listed = next((entry for entry in CATALOGUE if entry.name == named.name), None)
    visual: nn.Module = model.visual  # type: ignore[assignment]
    image = sum(p.numel() for p in visual.parameters())
    everything = sum(p.numel() for p in model.parameters())
    shown = named.architecture if "local-dir:" not in named.architecture else ""
    return ModelCard(
        summary=listed.note if listed else f"OpenCLIP {shown}".strip(),
        trained_on="see the model's own card",
        licence=listed.licence if listed else "see the model's own card",
        image_parameters=image,
        text_parameters=everything - image,
        capabilities=("image", "text"),
        published=listed.published if listed else "",
        paper="https://arxiv.org/abs/2103.00020",
    )


def _built(named: Named, build: Callable[[], Any]) -> Any:
    try:
        return build()
    except _UNBUILT as error:
        if isinstance(error, OSError):  # transformers looks for files that aren't here
            raise OfflineError(
                f"The files with which {named.name} reads texts aren't on this computer; get them "
                f"with python -m replearn download {named.name}."
            ) from error
        raise ModelError(
            f"The network that {named.name} states can't be built by the installed OpenCLIP; "
            "check its configuration, or a newer open_clip_torch."
        ) from error


def _load(model: "nn.Module", checkpoint: Path, named: Named) -> None:
    import open_clip

    shown = named.architecture.removeprefix("local-dir:")
    if checkpoint.suffix not in (".npz", ".npy"):
        put_into(model, weights_of(checkpoint), checkpoint, Path(shown).name)
        return
    try:  # weights of big_vision, which OpenCLIP reads by itself
        open_clip.load_checkpoint(model, str(checkpoint))
    except _UNBUILT as error:
        raise ModelError(f"{checkpoint.name} doesn't fit {shown}, or is damaged.") from error
