"""CLIP from scratch (Radford et al. 2021, https://arxiv.org/abs/2103.00020)."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from replearn.training.card import write_card
from replearn.training.recipes.recipe import LabRecipe

if TYPE_CHECKING:
    from torch import nn

    from replearn.training.loop import Loop
    from replearn.training.recipes.method import Method
    from replearn.training.sources.batch import Source


@dataclass(frozen=True)
class Clip(LabRecipe):
    """A small ViT and a small text transformer; pictures find their captions.

    Command: python -m replearn train clip
    Takes about forty minutes on two cores.

    Attributes:
        width: of the ViT, a multiple of 32.
        two_objects: share of scenes with two objects and a relation.
        word_weight: of the second task, the caption's words; 0 leaves it out.
    """

    width: int = 128
    epochs: int = 80
    batch: int = 128
    learning_rate: float = 1e-3
    weight_decay: float = 0.1
    temperature: float = 0.07
    crop: float = 0.85
    flip: float = 0.0  # a mirror image belies "left" and "right"
    colour: float = 0.0
    grey: float = 0.0
    two_objects: float = 0.1
    word_weight: float = 0.2

    siglip = False

    def method(self, source: "Source") -> "Method":
        """Return the two towers under the symmetric loss."""
        from replearn.training.recipes.clip_method import ClipMethod

        captions = source.probe("fit", 2000).texts
        return ClipMethod(self.model(), self.temperature, captions, self.word_weight)

    def model(self) -> "nn.Module":
        """Return the two towers, freshly drawn.

        Raises:
            InputError: the width isn't a multiple of 32.
        """
        from replearn.core.errors import InputError
        from replearn.encoders.small.clip import small_clip, small_clip_config

        if self.width % 32:
            raise InputError(f"The ViT's width is {self.width}; choose a multiple of 32.")
        return small_clip(small_clip_config(self.side, self.width, self.siglip))

    def export(self, loop: "Loop", folder: Path) -> None:
        """Write what OpenCLIP opens: open_clip_config.json and open_clip_model.safetensors."""
        from safetensors.torch import save_file

        from replearn.encoders.small.clip import small_clip_config

        state = {
            name: value.detach().cpu().half().contiguous() if value.ndim else value.detach().cpu()
            for name, value in loop.method.model.state_dict().items()  # type: ignore[union-attr]
        }
        save_file(state, folder / "open_clip_model.safetensors")
        config = {
            "model_cfg": small_clip_config(self.side, self.width, self.siglip),
            "preprocess_cfg": {
                "size": self.side,
                "mean": [0.5, 0.5, 0.5],
                "std": [0.5, 0.5, 0.5],
                "interpolation": "bicubic",
                "resize_mode": "shortest",
            },
        }
        text = json.dumps(config, indent=2) + "\n"
        (folder / "open_clip_config.json").write_text(text, encoding="utf-8")
        model: nn.Module = loop.method.model  # type: ignore[assignment]
        image: nn.Module = model.visual  # type: ignore[assignment]
        towers = sum(p.numel() for p in model.parameters())
        text_parameters = towers - sum(p.numel() for p in image.parameters())
        write_card(self, image, text_parameters, folder, ["image", "text"])
