"""Do weights fit a network? Said by the names and sizes of tensors, before torch is asked."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replearn.core.errors import ModelError

if TYPE_CHECKING:
    from torch import Tensor, nn

    Weights = dict[str, Tensor]


def put_into(model: "nn.Module", weights: "Weights", path: Path, architecture: str) -> None:
    """Give a network its weights, converted as OpenCLIP does for older checkpoints.

    Raises:
        ModelError: they are another network's; the sentence says which, where that shows.
    """
    from open_clip.convert import convert_state_dict
    from open_clip.model import (
        convert_to_custom_text_state_dict,
        resize_pos_embed,
        resize_text_pos_embed,
    )

    _refuse_others(weights, path)
    weights = convert_state_dict(model, weights)
    if "positional_embedding" in weights and not hasattr(model, "positional_embedding"):
        weights = convert_to_custom_text_state_dict(weights)
    wanted = model.state_dict()
    for name in ("logit_scale", "logit_bias"):
        if name in weights and name in wanted and weights[name].numel() == 1:
            weights[name] = weights[name].reshape(wanted[name].shape)
    unused = "text.transformer.embeddings.position_ids"
    if unused not in wanted:
        weights.pop(unused, None)
    try:
        resize_pos_embed(weights, model)
        resize_text_pos_embed(weights, model)
    except (RuntimeError, AttributeError, IndexError, AssertionError, ValueError) as error:
        raise _unfit(path, architecture, "its position embeddings have other sizes") from error
    if said := _differences(weights, wanted):
        raise _unfit(path, architecture, said)
    model.load_state_dict(weights, strict=True)


def _unfit(path: Path, architecture: str, said: str) -> ModelError:
    return ModelError(f"{path.name} doesn't fit {architecture}: {said}.")


def _refuse_others(weights: "Weights", path: Path) -> None:
    if is_transformers(weights):
        raise ModelError(
            f"{path.name} holds CLIP or SigLIP weights as the library transformers names them "
            "(text_model, vision_model); give the folder in which it lies with its config.json."
        )
    if not any(name.startswith(("visual.", "image_encoder.")) for name in weights):
        first = next(iter(weights))
        raise ModelError(
            f"{path.name} holds the weights of another kind of network ({first}, ...), not an "
            "image-text model of OpenCLIP."
        )


def is_transformers(weights: Mapping[str, Any]) -> bool:
    """Say whether weights bear the names that the library transformers gives to CLIP or SigLIP."""
    return any(name.startswith(("text_model.", "vision_model.")) for name in weights)


def _differences(weights: "Weights", wanted: "Mapping[str, Tensor]") -> str:
    missing = [name for name in wanted if name not in weights]
    unknown = [name for name in weights if name not in wanted]
    other = [
        name for name in wanted if name in weights and weights[name].shape != wanted[name].shape
    ]
    said = []
    if other:
        sizes = [" x ".join(map(str, one[other[0]].shape)) for one in (weights, wanted)]
        said.append(f"{other[0]} is {sizes[0]} and not {sizes[1]}")
    if missing:
        said.append(f"{len(missing)} tensors are missing ({missing[0]}, ...)")
    if unknown:
        said.append(f"{len(unknown)} are unknown ({unknown[0]}, ...)")
    return "; ".join(said)


def architectures_for(weights: "Weights") -> list[str]:
    """Return the names of OpenCLIP's plain architectures whose sizes these weights have."""
    import open_clip

    try:
        sizes = _sizes_of(weights)
    except (KeyError, IndexError):
        return []
    configs = {name: open_clip.get_model_config(name) for name in open_clip.list_models()}
    return [
        name
        for name, config in configs.items()
        if "multimodal_cfg" not in config and _stated(config) == sizes
    ]


def _sizes_of(weights: "Weights") -> tuple[Any, ...]:
    """Return embedding; image side, width, layers, patch; width, layers of the text."""
    text = [name.split(".")[2] for name in weights if name.startswith("transformer.resblocks.")]
    embedding, width = weights["text_projection"].shape[1], weights["ln_final.weight"].shape[0]
    if "visual.proj" in weights:
        first = weights["visual.conv1.weight"]
        blocks = {n.split(".")[3] for n in weights if n.startswith("visual.transformer.resblocks.")}
        patch, cells = first.shape[-1], len(weights["visual.positional_embedding"]) - 1
        side = patch * round(cells**0.5)
        return embedding, side, first.shape[0], len(blocks), patch, width, len(set(text))
    stages = tuple(
        len({n.split(".")[2] for n in weights if n.startswith(f"visual.layer{i}.")})
        for i in (1, 2, 3, 4)
    )
    stem = weights["visual.layer1.0.conv1.weight"]
    side = 32 * round((len(weights["visual.attnpool.positional_embedding"]) - 1) ** 0.5)
    return embedding, side, stem.shape[0], stages, None, width, len(set(text))


def _stated(config: Mapping[str, Any]) -> tuple[Any, ...]:
    image, text = config["vision_cfg"], config["text_cfg"]
    layers = image.get("layers")
    return (
        config["embed_dim"],
        image.get("image_size"),
        image.get("width"),
        tuple(layers) if isinstance(layers, list) else layers,
        image.get("patch_size"),
        text.get("width"),
        text.get("layers"),
    )
