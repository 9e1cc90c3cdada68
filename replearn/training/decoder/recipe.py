"""How a generator that inverts a network is learnt: a prior for pictures made for it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.training.recipes.run_recipe import Bounds, RunRecipe

if TYPE_CHECKING:
    from replearn.training.loop import Loop
    from replearn.training.recipes.method import Method
    from replearn.training.schedule import Schedule
    from replearn.training.sources.batch import Source

MEASURED = 1000  # pictures that weren't trained on
FITTED = 2048  # pictures from which the code's directions are taken, at the most


@dataclass(frozen=True)
class DecoderRecipe(RunRecipe):
    """A generator from a network's mean responses back to pictures (Dosovitskiy and Brox 2016).

    Command: python -m replearn train decoder --set model=shapes-supervised --name mine
    Takes 10 to 20 minutes on two cores; expect a PSNR of some 20 dB on `shapes`, and 0.9 of the
    rebuilt pictures with the solid and the colour that they had.

    Ascent in its code is a prior for pictures made for the network (Nguyen et al. 2016,
    https://arxiv.org/abs/1605.09304): `DreamChoice(prior="run:mine")`. What is inverted is the mean
    response of every unit of every layer in each quarter of the picture, and the vector of a
    network that doesn't pool. The vector of `shapes-supervised`, which learnt solids, wouldn't do
    alone: a linear probe reads the colour off it for 0.41 of the pictures, off the means of all
    layers for 0.96 (n = 600 or more); quarters say where things stand.

    Attributes:
        model: the network that is inverted; it stays as it is.
        layers: of it, with commas; empty takes all.
        cells: a side, over each of which a response is averaged.
        side: of the pictures in pixels, a multiple of 16.
        components: of the code, at the most; fewer where there are fewer units.
        width: of the generator.
        early: weight of the first layer's difference in the loss.
        same: weight of the codes' difference.
        noise: standard deviation of what is added to a code while it learns.
        alone: share of the steps in which pixels alone are compared, at half the cost.
        scenes: of `shapes`, how many there are; 0 renders new ones for ever.
    """

    epochs: int = 36
    epoch_pictures: int = 2048
    batch: int = 16
    learning_rate: float = 2e-3
    weight_decay: float = 1e-4
    precision: str = "float32"
    model: str = "shapes-supervised"
    layers: str = ""
    cells: int = 2
    side: int = 64
    components: int = 256
    width: int = 24
    early: float = 0.1
    same: float = 0.05
    noise: float = 0.1
    alone: float = 0.6
    scenes: int = 12_288

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.side % 16:
            raise InputError(f"side is {self.side}; it must be a multiple of 16.")

    def bounds(self) -> Bounds:
        """Return the lowest and highest value of settings, by name."""
        own: Bounds = {"side": (16, 256), "components": (2, 4096), "width": (4, 256)}
        own |= {"cells": (1, 16)}
        own |= dict.fromkeys(("early", "same", "noise"), (0, 100))
        own |= {"alone": (0, 1), "scenes": (0, 10**7)}
        return super().bounds() | own

    def source(self, progress: Progress = silent) -> "Source":
        """Return where the pictures come from.

        Raises:
            InputError: the data set doesn't exist.
        """
        from replearn.training.sources.by_name import Wanted, open_source

        return open_source(self.dataset, Wanted(self.side, self.seed, scenes=self.scenes), progress)

    def method(self, source: "Source") -> "Method":
        """Return a fresh generator over a code that is fitted to pictures of the source.

        Raises:
            InputError: there is no such model or layer, or there are too few pictures.
            CapabilityError: the model can't be opened in torch.
        """
        from replearn.training.decoder.method import DecoderMethod
        from replearn.training.decoder.network import fitted_code, watched_network
        from replearn.visualisations.decoders.network import Decoder

        network = watched_network(self.model, self.layers, self.cells)
        code = fitted_code(network, source, self.components, FITTED)
        decoder = Decoder(code.directions.shape[1], self.side, self.width)
        pictures = min(self.epoch_pictures, source.pictures or self.epoch_pictures)
        alone = round(self.alone * self.epochs * max(1, pictures // self.batch))
        weights = self.early, self.same, self.noise
        return DecoderMethod(network, code, decoder, *weights, alone)

    def assembled(
        self, method: "Method", source: "Source", schedule: "Schedule", out: Path
    ) -> "Loop":
        """Return the loop over pictures as they are."""
        from replearn.training.decoder.loop import UNCHANGED, DecoderLoop

        return DecoderLoop(method, source, UNCHANGED, schedule, out, self.settings())

    def export(self, loop: "Loop", folder: Path) -> None:
        """Write decoder.safetensors, decoder.json and metrics.json."""
        from replearn.training.decoder.method import DecoderMethod
        from replearn.training.decoder.network import psnr
        from replearn.visualisations.decoders.opened import write_decoder

        method = loop.method
        assert isinstance(method, DecoderMethod)
        write_decoder(folder, self.model, method.network, method.code, method.decoder)
        found = psnr(method, loop.source.probe("test", MEASURED).pictures[0])
        metrics = {
            "recipe": asdict(self),
            "figures": {"PSNR of pictures kept out, in dB": str(found)},
            "layers": method.network.layers,
            "pictures shown": self.epochs * loop.schedule.epoch_steps * self.batch,
        }
        (folder / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
