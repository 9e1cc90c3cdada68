"""Recipes that train the small ResNet, and how the trained one is kept."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from replearn.training.card import write_card
from replearn.training.recipes.recipe import LabRecipe

if TYPE_CHECKING:
    from torch import nn

    from replearn.training.loop import Loop
    from replearn.training.sources.batch import Source


@dataclass(frozen=True)
class ResnetRecipe(LabRecipe):
    """The small ResNet under some loss."""

    def network(self, source: "Source") -> "nn.Module":
        """Return the network, ending in a linear layer over the data set's classes."""
        from replearn.encoders.small.resnet import small_resnet

        return small_resnet(self.width, self.side, max(1, len(source.class_names)))

    def export(self, loop: "Loop", folder: Path) -> None:
        """Write weights and configuration; the last layer is a linear probe on frozen features."""
        import numpy as np
        import torch
        from safetensors.torch import save_file

        from replearn.training.measures import linear_probe

        network: nn.Module = loop.method.network  # type: ignore[assignment]
        state = {name: value.detach().cpu() for name, value in network.state_dict().items()}
        names = loop.source.class_names
        if self.probed and names:
            features, labels = loop.probe_features("fit", 4000)
            known = labels >= 0
            probe = linear_probe(features[known], labels[known], len(names))
            state["fc.weight"] = torch.from_numpy(np.asarray(probe.weight, np.float32))
            state["fc.bias"] = torch.from_numpy(np.asarray(probe.bias, np.float32))
        kept = {
            name: value.half().contiguous() if value.is_floating_point() else value
            for name, value in state.items()
        }
        save_file(kept, folder / "model.safetensors")
        config = {
            "kind": self.kind,
            "width": self.width,
            "side": self.side,
            "class_names": list(names),
            "head": "linear probe" if self.probed else "trained with the network",
            "dataset": self.dataset,
        }
        (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
        abilities = ["image", "logits", "feature_map"] if names else ["image", "feature_map"]
        write_card(self, network, 0, folder, abilities)

    kind = "small-resnet"  # entry of `replearn.encoders.lab.NETWORKS`
    probed = True  # whether the last layer is fitted after training
