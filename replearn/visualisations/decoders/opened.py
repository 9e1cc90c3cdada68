"""Decoders, written and opened."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from torch import nn

from replearn.core import fingerprint
from replearn.core.errors import InputError, ModelError
from replearn.core.registry import nearest
from replearn.encoders.checksums import check_weights
from replearn.encoders.registry import load_model
from replearn.visualisations.decoders.code import Code, Watched
from replearn.visualisations.decoders.folders import (
    CONFIG,
    SHIPPED_DECODERS,
    WEIGHTS,
    decoder_folder,
)
from replearn.visualisations.decoders.network import Decoder


@dataclass(frozen=True, eq=False)
class OpenedDecoder:
    """A generator for a model's pictures.

    Attributes:
        name: of a folder that ships, or "run:NAME".
        model: the network that it inverts.
        layers: whose units' mean responses its code is made of.
        cells: a side, over each of which a response is averaged.
        fingerprint: of its weights.
        code: from those responses to what the generator gets.
        decoder: the generator.
        side: of its pictures, in pixels.
    """

    name: str
    model: str
    layers: tuple[str, ...]
    cells: int
    fingerprint: str
    code: Code
    decoder: Decoder
    side: int


def write_decoder(folder: Path, model: str, network: Watched, code: Code, decoder: Decoder) -> None:
    """Write weights, in half precision, and what they belong to."""
    from safetensors.torch import save_file

    parts = nn.ModuleDict({"code": code, "decoder": decoder})
    state = {name: value.detach().cpu().contiguous() for name, value in parts.state_dict().items()}
    # vectors keep their precision: they are few, and some of them small in value
    kept = {name: value.half() if value.ndim > 1 else value for name, value in state.items()}
    save_file(kept, folder / WEIGHTS)
    responses, components = code.directions.shape
    config = {
        "model": model,
        "fingerprint": load_model(model).fingerprint,
        "layers": list(network.layers),
        "cells": network.cells,
        "responses": responses,
        "components": components,
        "side": decoder.side,
        "width": decoder.width,
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def load_decoder(name: str) -> OpenedDecoder:
    """Open a decoder that ships, or "run:NAME".

    Raises:
        InputError: there is none of this name.
        ModelError: its files can't be read, or the model that it inverts has other weights now.
    """
    from safetensors.torch import load_file

    folder = decoder_folder(name)
    if not os.path.isfile(folder / CONFIG):  # it bears names of any length
        valid = [*SHIPPED_DECODERS.values()]
        raise InputError(
            f"There is no decoder {name!r}; {', '.join(valid)} ship, and `python -m replearn train "
            f"decoder --set model=MODEL --name mine` makes run:mine.{nearest(name, valid)}"
        )
    check_weights(folder)
    try:
        told: dict[str, Any] = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        model, layers = str(told["model"]), tuple(map(str, told["layers"]))
        sizes = ("cells", "responses", "components", "side", "width")
        cells, responses, components, side, width = (int(told[key]) for key in sizes)
        parts = nn.ModuleDict(
            {"code": Code(responses, components), "decoder": Decoder(components, side, width)}
        )
        state = load_file(folder / WEIGHTS)
        parts.load_state_dict(
            {k: v.float() if v.is_floating_point() else v for k, v in state.items()}
        )
        own = fingerprint.of_file(folder / WEIGHTS)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        said = str(error).partition("\n")[0]  # torch lists every tensor that doesn't fit
        raise ModelError(f"The decoder {name} can't be read ({said}); train it again.") from error
    if load_model(model).fingerprint != told.get("fingerprint"):
        raise ModelError(
            f"{name} was learnt on other weights of {model} than are here; train it again: "
            f"python -m replearn train decoder --set model={model}."
        )
    parts.eval().requires_grad_(False)
    code, decoder = parts["code"], parts["decoder"]
    assert isinstance(code, Code)
    assert isinstance(decoder, Decoder)
    return OpenedDecoder(name, model, layers, cells, own, code, decoder, side)
