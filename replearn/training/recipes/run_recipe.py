"""A run of any recipe that learns by steps: its settings, going on, and what it leaves."""

import contextlib
import json
import logging
import subprocess
import time
from abc import ABC, abstractmethod
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replearn.core.damaged import DAMAGED
from replearn.core.errors import InputError, TrainingError
from replearn.core.progress import Progress, silent

if TYPE_CHECKING:
    from replearn.training.loop import Loop
    from replearn.training.recipes.method import Method
    from replearn.training.schedule import Schedule
    from replearn.training.sources.batch import Source

UNREADABLE = "unreadable.txt"
Bounds = dict[str, tuple[float, float]]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RunRecipe(ABC):
    """What is learnt in rounds, with a curve, checkpoints and a finished model.

    Attributes:
        dataset: "shapes", "shapes-free", "shapes-easy", "emoji", "folder:PATH", ...
        epochs: rounds.
        epoch_pictures: pictures a round.
        batch: pictures a step.
        learning_rate: at its highest.
        weight_decay: AdamW's.
        temperature: of the loss, where it has one.
        seed: of weights, batches and views.
        precision: "auto", "float32" or "bfloat16".
    """

    dataset: str = "shapes"
    epochs: int = 24
    epoch_pictures: int = 8192
    batch: int = 256
    learning_rate: float = 2e-3
    weight_decay: float = 0.02
    temperature: float = 0.2
    seed: int = 0
    precision: str = "auto"

    def __post_init__(self) -> None:
        for name, (low, high) in self.bounds().items():
            if not low <= getattr(self, name) <= high:
                raise InputError(f"{name} is {getattr(self, name)}; it goes from {low} to {high}.")

    def bounds(self) -> Bounds:
        """Return the lowest and highest value of settings, by name."""
        return {
            "temperature": (0.001, 10),
            "epochs": (1, 10_000),
            "learning_rate": (1e-7, 1),
            "epoch_pictures": (4, 10**9),
        }

    @abstractmethod
    def source(self, progress: Progress = silent) -> "Source":
        """Return where the pictures come from.

        Raises:
            InputError: the data set doesn't exist, or can't be trained on.
        """

    @abstractmethod
    def method(self, source: "Source") -> "Method":
        """Return the network and its loss, freshly drawn from the seed."""

    @abstractmethod
    def assembled(
        self, method: "Method", source: "Source", schedule: "Schedule", out: Path
    ) -> "Loop":
        """Return the loop over what was made."""

    @abstractmethod
    def export(self, loop: "Loop", folder: Path) -> None:
        """Write the finished model so that it opens as an encoder."""

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
        return self.assembled(method, source, schedule, out)

    def settings(self) -> str:
        """Return the recipe's name and all its settings as JSON."""
        return json.dumps({"recipe": type(self).__name__, **asdict(self)}, indent=2) + "\n"

    def _note_time(self, out: Path, seconds: float) -> None:
        path = out / "time.json"
        noted: dict[str, Any] = {"seconds": 0.0}
        with contextlib.suppress(*DAMAGED):  # there is none yet, or a full disk cut it off
            noted |= json.loads(path.read_text(encoding="utf-8"))
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
