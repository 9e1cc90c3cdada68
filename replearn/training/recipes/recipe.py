"""Settings that all recipes of the lab share: a network from scratch on small pictures."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.training.recipes.run_recipe import Bounds, RunRecipe

if TYPE_CHECKING:
    from replearn.training.loop import Loop
    from replearn.training.recipes.method import Method
    from replearn.training.schedule import Schedule
    from replearn.training.sources.augment import Augmentation
    from replearn.training.sources.batch import Source
    from replearn.training.sources.by_name import Wanted


@dataclass(frozen=True)
class LabRecipe(RunRecipe):
    """A network trained from scratch on small pictures.

    Attributes:
        views: "augment": two views of one picture; "scene": two pictures of one thing.
        side: of the pictures, in pixels.
        width: channels of the ResNet's first stage (the ViT's are set by the recipe).
        texture_tied: of `shapes`, share of pictures whose texture goes with the solid.
        background_tied: of `shapes`, share whose floor and backdrop go with the solid.
        scenes: of `shapes`, how many there are; 0 renders new ones for ever.
        crop: least share of the area a random crop keeps.
        flip: probability of a mirror image.
        colour: strength of colour changes, 0 to 1.
        grey: probability of losing all colour.
        blur: probability of a blur.
        balance: a column of the data set of which every value is drawn equally often in every
            class, as Idrissi et al. 2022 (https://arxiv.org/abs/2110.14503) did against shortcuts;
            "" takes the pictures as they are.
    """

    views: str = "augment"
    side: int = 64
    width: int = 24
    texture_tied: float = 0.0
    background_tied: float = 0.0
    scenes: int = 0
    crop: float = 0.3
    flip: float = 0.5
    colour: float = 0.5
    grey: float = 0.2
    blur: float = 0.0
    balance: str = ""

    def __post_init__(self) -> None:
        if self.views not in {"augment", "scene"}:
            raise InputError(f"views is {self.views!r}; choose augment or scene.")
        super().__post_init__()

    def bounds(self) -> Bounds:
        """Return the lowest and highest value of settings, by name."""
        shares = ("flip", "colour", "grey", "blur", "texture_tied", "background_tied")
        found: Bounds = {"crop": (0.01, 1), "side": (16, 256), "width": (4, 256)}
        found |= dict.fromkeys(shares, (0, 1))
        return found | {"scenes": (0, 10**7)} | super().bounds()

    def settings(self) -> str:
        """Return the recipe's name and its settings as JSON.

        An empty balance isn't named: runs from before there was one go on.
        """
        found = json.loads(super().settings())
        if not self.balance:
            del found["balance"]
        return json.dumps(found, indent=2) + "\n"

    two_objects = 0.0  # share of scenes with two objects

    def assembled(
        self, method: "Method", source: "Source", schedule: "Schedule", out: Path
    ) -> "Loop":
        """Return the loop, with this recipe's views."""
        from replearn.training.loop import Loop

        return Loop(method, source, self.augmentation(), schedule, out, self.settings())

    def source(self, progress: Progress = silent) -> "Source":
        """Return where the pictures come from.

        Raises:
            InputError: the data set doesn't exist, or can't give such views.
        """
        from replearn.training.sources.by_name import open_source

        return open_source(self.dataset, self.wanted(), progress)

    def wanted(self) -> "Wanted":
        """Return what is asked of the pictures."""
        from replearn.training.sources.by_name import Wanted

        return Wanted(
            self.side,
            self.seed,
            self.views == "scene",
            self.two_objects,
            self.texture_tied,
            self.background_tied,
            self.scenes,
            balance=self.balance,
        )

    def augmentation(self) -> "Augmentation":
        """Return how views are made."""
        from replearn.training.sources.augment import Augmentation

        return Augmentation(self.crop, self.flip, self.colour, self.grey, self.blur)
