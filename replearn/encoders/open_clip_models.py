"""Opening an OpenCLIP model by name: from the local hub cache, a checkpoint file or a folder."""

import json
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from safetensors import SafetensorError

from replearn.core import fingerprint
from replearn.core.errors import InputError, ModelError, OfflineError
from replearn.core.quiet import quiet
from replearn.core.registry import nearest
from replearn.encoders.base import ModelCard
from replearn.encoders.engines import default_engine
from replearn.encoders.hub_cache import cached_weights
from replearn.encoders.open_clip_encoder import OpenClipEncoder, OpenClipSource
from replearn.encoders.preprocessing import Preprocessing
from replearn.encoders.small_vit import register_small_vit

if TYPE_CHECKING:
    from torch import nn

# what torch, pickle and safetensors raise for a file that is damaged or something else
_UNREADABLE = (
    RuntimeError,
    pickle.UnpicklingError,
    SafetensorError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    AttributeError,
    TypeError,
)
OPENAI_MEAN = (0.48145466, 0.4578275, 0.40821073)
OPENAI_STD = (0.26862954, 0.26130258, 0.27577711)


def load(spec: str) -> OpenClipEncoder:
    """Open `ARCHITECTURE/TAG`, `ARCHITECTURE?CHECKPOINT` or a folder with open_clip_config.json.

    Raises:
        InputError: the architecture or tag doesn't exist, or a path is missing.
        ModelError: the checkpoint can't be read or doesn't fit the architecture, or activation or
            preprocessing are not those the weights were trained with.
        OfflineError: the weights would have to be downloaded first.
    """
    if "?" in spec:
        architecture, _, path = spec.partition("?")
        return _from_checkpoint(spec, architecture, Path(path).expanduser())
    folder = Path(spec).expanduser()
    if folder.is_dir():
        return _from_folder(spec, folder)
    architecture, _, tag = spec.partition("/")
    return _from_hub_cache(spec, architecture, tag)


def _known(architecture: str) -> dict[str, Any]:
    import open_clip

    config: dict[str, Any] | None = open_clip.get_model_config(architecture)
    if config is None:
        raise InputError(
            f"OpenCLIP has no architecture called {architecture!r}; its names are listed by "
            f"open_clip.list_models().{nearest(architecture, open_clip.list_models())}"
        )
    return config


def _from_hub_cache(spec: str, architecture: str, tag: str) -> OpenClipEncoder:
    import open_clip
    from open_clip.pretrained import get_pretrained_cfg

    config = _known(architecture)
    tags = open_clip.pretrained.list_pretrained_tags_by_model(architecture)
    published = get_pretrained_cfg(architecture, tag)
    if not published:
        raise InputError(
            f"OpenCLIP has no weights {tag!r} for {architecture}; choose one of "
            f"{', '.join(tags) or 'none'}.{nearest(tag, tags)}"
        )
    if bool(published.get("quick_gelu")) != bool(config.get("quick_gelu")):
        other = (
            architecture.removesuffix("-quickgelu")
            if config.get("quick_gelu")
            else f"{architecture}-quickgelu"
        )
        raise ModelError(
            f"The weights {tag} were trained with another activation than {architecture} has; "
            f"choose open_clip:{other}/{tag}."
        )
    checkpoint = cached_weights(published.get("hf_hub", ""))
    if checkpoint is None:
        raise OfflineError(
            f"open_clip:{spec} isn't on this computer yet; get it with "
            f"python -m replearn download open_clip:{spec}, or choose photo-clip, which needs no "
            "network."
        )
    return _encoder(_Named(f"open_clip:{spec}", architecture), config, checkpoint, published)


def _from_checkpoint(spec: str, architecture: str, path: Path) -> OpenClipEncoder:
    config = _known(architecture)
    if not path.is_file():
        raise InputError(f"There is no checkpoint file at {path}; check the path after the '?'.")
    preprocess: dict[str, Any] = {}
    beside = path.parent / "open_clip_config.json"
    if beside.is_file():
        stated = _read_config(beside)
        if bool(stated["model_cfg"].get("quick_gelu")) != bool(config.get("quick_gelu")):
            raise ModelError(
                f"{beside.name} beside the checkpoint states another activation than "
                f"{architecture} has; name the architecture that fits, with or without -quickgelu."
            )
        preprocess = stated.get("preprocess_cfg", {})
    return _encoder(_Named(f"open_clip:{spec}", architecture), config, path, preprocess)


def _from_folder(spec: str, folder: Path) -> OpenClipEncoder:
    return load_folder(f"open_clip:{spec}", folder, None)


def load_folder(name: str, folder: Path, card: ModelCard | None) -> OpenClipEncoder:
    """Open a folder with open_clip_config.json and a checkpoint.

    Args:
        name: the model's name in the app.
        folder: where the files lie.
        card: what a user should know; None says just what the files say.

    Raises:
        InputError: a file is missing.
        ModelError: a file can't be read or doesn't fit.
    """
    config_path = folder / "open_clip_config.json"
    if not config_path.is_file():
        raise InputError(
            f"There is no open_clip_config.json in {folder}; give ARCHITECTURE?CHECKPOINT instead."
        )
    stated = _read_config(config_path)
    found = [
        folder / name for name in ("open_clip_model.safetensors", "open_clip_pytorch_model.bin")
    ]
    checkpoint = next((path for path in found if path.is_file()), None)
    if checkpoint is None:
        raise InputError(f"There is no open_clip_model.safetensors in {folder}.")
    return _encoder(
        _Named(name, f"local-dir:{folder}", card),
        stated["model_cfg"],
        checkpoint,
        stated.get("preprocess_cfg", {}),
    )


@dataclass(frozen=True)
class _Named:
    """A model's name in the app, its architecture, and its card where one is written."""

    name: str
    architecture: str
    card: ModelCard | None = None


def _read_config(path: Path) -> dict[str, Any]:
    try:
        stated: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        stated["model_cfg"]["vision_cfg"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} isn't an OpenCLIP configuration ({error}).") from error
    return stated


def _preprocessing(config: dict[str, Any], stated: dict[str, Any]) -> Preprocessing:
    size = stated.get("size") or config["vision_cfg"].get("image_size", 224)
    side = size if isinstance(size, int) else size[0]
    mode = stated.get("resize_mode", "shortest")
    interpolation = stated.get("interpolation", "bicubic")
    square = isinstance(size, int) or len(set(size)) == 1
    if mode not in {"shortest", "squash"} or interpolation not in {"bicubic", "bilinear"}:
        raise ModelError(
            f"This model wants its pictures resized by {mode!r} with {interpolation!r}, which "
            "isn't supported; only shortest or squash with bicubic or bilinear is."
        )
    if not square or side != config["vision_cfg"].get("image_size", side):
        raise ModelError(
            f"The preprocessing states a size of {size}, the network has "
            f"{config['vision_cfg'].get('image_size')}; correct preprocess_cfg."
        )
    return Preprocessing(
        crop=side,
        resize=side,
        mean=cast(tuple[float, float, float], tuple(stated.get("mean", OPENAI_MEAN))),
        std=cast(tuple[float, float, float], tuple(stated.get("std", OPENAI_STD))),
        interpolation=cast(Literal["bicubic", "bilinear"], interpolation),
        mode=cast(Literal["shortest", "squash"], mode),
    )


def _encoder(
    named: _Named,
    config: dict[str, Any],
    checkpoint: Path,
    preprocess: dict[str, Any],
) -> OpenClipEncoder:
    import open_clip

    architecture = named.architecture
    register_small_vit(config["vision_cfg"].get("timm_model_name", ""))
    preprocessing = _preprocessing(config, preprocess)

    def build() -> tuple["nn.Module", Callable[..., Any]]:
        try:
            with quiet():
                model = open_clip.create_model(
                    architecture, load_weights=False, pretrained_text=False
                )
                open_clip.load_checkpoint(model, str(checkpoint), strict=True, weights_only=True)
        except _UNREADABLE as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelError(
                f"The checkpoint {checkpoint.name} can't be opened as {architecture}: {reason}"
            ) from error
        return model, open_clip.get_tokenizer(architecture)

    model, tokenizer = build()
    text_numbers = sum(
        p.numel() for name, p in model.named_parameters() if not name.startswith("visual.")
    )
    card = named.card or ModelCard(
        summary=f"OpenCLIP {architecture}",
        trained_on="see the model's own card",
        licence="see the model's own card",
        image_parameters=sum(p.numel() for p in model.visual.parameters()),  # type: ignore
        text_parameters=text_numbers,
        capabilities=("image", "text"),
        paper="https://arxiv.org/abs/2103.00020",
    )
    source = OpenClipSource(
        name=named.name,
        fingerprint=fingerprint.of_parts(
            [
                fingerprint.of_file(checkpoint),
                json.dumps(config, sort_keys=True),
                repr(preprocessing),
            ]
        ),
        card=card,
        preprocessing=preprocessing,
        build=lambda: (model, tokenizer),
        trim="hf_model_name" in config.get("text_cfg", {}),
    )
    return OpenClipEncoder(source, default_engine())
