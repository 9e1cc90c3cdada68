"""Settings that all recipes of the lab share, and what happens with them."""

import json
import logging
import subprocess
import time
from abc import ABC, abstractmethod
from contextlib import nullcontext
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replearn.core.errors import InputError, TrainingError
from replearn.core.progress import Progress, silent

if TYPE_CHECKING:
    from replearn.training.loop import Loop
    from replearn.training.recipes.method import Method
    from replearn.training.sources.augment import Augmentation
    from replearn.training.sources.batch import Source
    from replearn.training.sources.by_name import Wanted

UNREADABLE = "unreadable.txt"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LabRecipe(ABC):
    """A network trained from scratch on small pictures.

    Attributes:
        dataset: "shapes", "shapes-free", "shapes-easy", "emoji", "folder:PATH", ...
        views: "augment": two views of one picture; "scene": two pictures of one thing.
        side: of the pictures, in pixels.
        width: channels of the ResNet's first stage (the ViT's are set by the recipe).
        epochs: rounds.
        epoch_pictures: pictures a round.
        texture_tied: of `shapes`, share of pictures whose texture goes with the solid.
        background_tied: of `shapes`, share whose floor and backdrop go with the solid.
        scenes: of `shapes`, how many there are; 0 renders new ones for ever.
        batch: pictures a step.
        learning_rate: at its highest.
        weight_decay: AdamW's.
        temperature: of the loss, where it has one.
        crop: least share of the area a random crop keeps.
        flip: probability of a mirror image.
        colour: strength of colour changes, 0 to 1.
        grey: probability of losing all colour.
        blur: probability of a blur.
        seed: of weights, batches and views.
        precision: "auto", "float32" or "bfloat16".
    """

    dataset: str = "shapes"
    views: str = "augment"
    side: int = 64
    width: int = 24
    epochs: int = 24
    epoch_pictures: int = 8192
    texture_tied: float = 0.0
    background_tied: float = 0.0
    scenes: int = 0
    batch: int = 256
    learning_rate: float = 2e-3
    weight_decay: float = 0.02
    temperature: float = 0.2
    crop: float = 0.3
    flip: float = 0.5
    colour: float = 0.5
    grey: float = 0.2
    blur: float = 0.0
    seed: int = 0
    precision: str = "auto"

    def __post_init__(self) -> None:
        if self.views not in {"augment", "scene"}:
            raise InputError(f"views is {self.views!r}; choose augment or scene.")
        bounds = {"crop": (0.01, 1), "flip": (0, 1), "colour": (0, 1), "grey": (0, 1)}
        bounds |= {"blur": (0, 1), "temperature": (0.001, 10), "side": (16, 256), "width": (4, 256)}
        bounds |= {"texture_tied": (0, 1), "background_tied": (0, 1)}
        bounds |= {"scenes": (0, 10**7)}
        bounds |= {"epochs": (1, 10_000), "learning_rate": (1e-7, 1), "epoch_pictures": (4, 10**9)}
        for name, (low, high) in bounds.items():
            if not low <= getattr(self, name) <= high:
                raise InputError(f"{name} is {getattr(self, name)}; it goes from {low} to {high}.")

    @abstractmethod
    def method(self, source: "Source") -> "Method":
        """Return the network and its loss, freshly drawn from the seed."""

    @abstractmethod
    def export(self, loop: "Loop", folder: Path) -> None:
        """Write the finished model so that it opens as an encoder."""

    two_objects = 0.0  # share of scenes with two objects

    def fit(self, out: Path, progress: Progress = silent) -> None:
        """Train, or go on where a run was cut off, and write the model to `out`.

        Raises:
            InputError: the data can't be used, or `out` holds a run with other settings.
            TrainingError: the loss is no longer a number, or the disk is full.
            StoppedError: a stop was asked for.
        """
        from safetensors import SafetensorError

        from replearn.training import distributed
        from replearn.training.alive import alive

        distributed.start()
        try:
            with alive(out) if distributed.rank() == 0 else nullcontext():
                self._fit(out, progress)
        except (OSError, SafetensorError) as error:
            raise TrainingError(
                f"The run can't write to {out} ({error}); free some space and start the same "
                "command again: it goes on from the last round."
            ) from error

    def _fit(self, out: Path, progress: Progress) -> None:
        from replearn.training import distributed
        from replearn.training.loop import STOP_FILE

        first = distributed.rank() == 0
        if first:  # an old wish; one that comes while the data are opened is heard
            (out / STOP_FILE).unlink(missing_ok=True)
        loop = self.loop(out, progress)
        done = loop.resumed()
        (out / "recipe.json").write_text(self.settings(), encoding="utf-8")
        if first:
            note_unreadable(out, loop.source.unreadable)
        began = time.perf_counter()
        try:
            loop.run(done, progress)
        except BaseException:
            # what is exported then is the last round's: the weights at hand may be broken
            if first and (out / "checkpoint.pt").exists():
                loop.restored()
                self.export(loop, out)
            raise
        if first:
            self.export(loop, out)
            self._note_time(out, time.perf_counter() - began)

    def loop(self, out: Path, progress: Progress = silent) -> "Loop":
        """Return the run, ready to go."""
        import torch

        from replearn.training.loop import Loop
        from replearn.training.schedule import Schedule

        source = self.source(progress)
        torch.manual_seed(self.seed)
        pictures = self.epoch_pictures
        schedule = Schedule(
            epochs=self.epochs,
            epoch_pictures=min(pictures, source.pictures or pictures),
            batch=self.batch,
            learning_rate=self.learning_rate,
            weight_decay=self.weight_decay,
            warmup=0.05,
            seed=self.seed,
            precision=self.precision,
        )
        method = self.method(source)
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
        )

    def augmentation(self) -> "Augmentation":
        """Return how views are made."""
        from replearn.training.sources.augment import Augmentation

        return Augmentation(self.crop, self.flip, self.colour, self.grey, self.blur)

    def settings(self) -> str:
        """Return the recipe's name and all its settings as JSON."""
        return json.dumps({"recipe": type(self).__name__, **asdict(self)}, indent=2) + "\n"

    def _note_time(self, out: Path, seconds: float) -> None:
        path = out / "time.json"
        noted: dict[str, Any] = {"seconds": 0.0}
        if path.exists():
            noted = json.loads(path.read_text(encoding="utf-8"))
        noted["seconds"] = round(noted["seconds"] + seconds, 1)
        noted.setdefault("commit", _commit())
        path.write_text(json.dumps(noted) + "\n", encoding="utf-8")


def note_unreadable(out: Path, unreadable: tuple[str, ...]) -> None:
    """Keep the sentences about pictures that are left out, one a line, and say how many."""
    path = out / UNREADABLE
    path.unlink(missing_ok=True)
    if unreadable:
        path.write_text("\n".join(unreadable) + "\n", encoding="utf-8")
        _log.warning(
            "left out because they can't be opened: %d, first: %s", len(unreadable), unreadable[0]
        )


def _commit() -> str:
    root = Path(__file__).resolve().parents[3]
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        cwd=root,
        check=False,
    )
    return found.stdout.strip() or "unknown"


def setting_names(recipe: type[LabRecipe]) -> tuple[str, ...]:
    """Return the names of a recipe's settings."""
    return tuple(field.name for field in fields(recipe))
