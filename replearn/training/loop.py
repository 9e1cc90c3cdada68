"""The loop: batches, steps, measurements, checkpoints; it can be stopped and goes on."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from replearn.core.errors import InputError, StoppedError, TrainingError
from replearn.core.progress import Progress, silent
from replearn.results.rows.training import append_row, keep_rows
from replearn.results.training import Row
from replearn.training import distributed
from replearn.training.batch_views import batch_views
from replearn.training.checkpoint import CHECKPOINT, read_checkpoint, write_checkpoint
from replearn.training.device import best_device, reduced_precision
from replearn.training.frozen import Frozen, pixels_of
from replearn.training.live import POINTS, Live
from replearn.training.measures import alignment, knn_accuracy, linear_probe, uniformity
from replearn.training.recipes.method import Method, Views
from replearn.training.schedule import Schedule
from replearn.training.sources.augment import Augmentation
from replearn.training.sources.batch import Batch, Source

STOP_FILE = "stop"  # a file of this name in the run's folder stops it after the step
ROW_SECONDS = 1.0  # between two rows


class Loop:
    """One training run in a folder.

    Args:
        method: what is trained.
        source: where pictures come from.
        augmentation: how views are made.
        schedule: how long and how fast.
        folder: gets rows.csv, checkpoint.pt and live pictures of the run.
        settings: the recipe as text; a checkpoint of other settings isn't continued.
    """

    def __init__(
        self,
        method: Method,
        source: Source,
        augmentation: Augmentation,
        schedule: Schedule,
        folder: Path,
        settings: str,
    ) -> None:
        self.device = best_device()
        self._reduced = reduced_precision(schedule.precision, self.device)
        if source.pictures is not None and schedule.batch > source.pictures:
            raise InputError(
                f"The batch is {schedule.batch}, the data have {source.pictures} pictures to train "
                f"on; choose a batch of at most {source.pictures}."
            )
        if schedule.batch < 4 or schedule.batch % distributed.world_size():
            raise InputError(
                f"The batch is {schedule.batch}; it must be at least 4 and divide by the number "
                f"of processes, {distributed.world_size()}."
            )
        self.method = method.to(self.device)
        if self.device != "mps":
            self.method = self.method.to(memory_format=torch.channels_last)
        self.frozen = Frozen(self.method, self.scaled, self.device, self._reduced)
        self.source, self.augmentation, self.schedule = source, augmentation, schedule
        self.folder, self._settings = folder, settings
        self.optimizer = torch.optim.AdamW(self._groups(), lr=schedule.learning_rate)
        self._live = Live(folder, source.class_names)

    def _groups(self) -> list[dict[str, Any]]:
        trained = [p for p in self.method.parameters() if p.requires_grad]
        return [
            {
                "params": [p for p in trained if p.ndim > 1],
                "weight_decay": self.schedule.weight_decay,
            },
            {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0},
        ]

    def run(self, done: int, progress: Progress = silent) -> None:
        """Train to the end.

        Args:
            done: rounds behind it, as `resumed` says.
            progress: told as the steps go.

        Raises:
            StoppedError: a stop was asked for; the checkpoint of the last round is kept.
            TrainingError: the loss is no longer a number, or the disk is full.
        """
        distributed.broadcast_parameters(self.method)
        if done == 0:
            self._measured_row(0, [], 0.0, None)
        for epoch in range(done, self.schedule.epochs):
            self._epoch(epoch, progress)
        progress(self.schedule.epochs, self.schedule.epochs, "rounds")

    def steps(self, count: int, progress: Progress = silent) -> None:
        """Take some steps, with no rows, measurements or checkpoints.

        Raises:
            TrainingError: the loss is no longer a number.
        """
        self.method.train()
        for step in range(count):
            loss, _, _ = self._step(step)
            self._must_be_number([loss], step, 0)
            progress(step + 1, count, "steps")

    @property
    def _stop_file(self) -> Path:
        return self.folder / STOP_FILE

    def _epoch(self, epoch: int, progress: Progress) -> None:
        self.method.train()
        steps = self.schedule.epoch_steps
        losses: list[Tensor] = []
        pair, began, seen, speed = None, time.perf_counter(), 0, 0.0
        for step in range(epoch * steps, (epoch + 1) * steps):
            loss, pair, labels = self._step(step)
            losses.append(loss)
            seen += self.schedule.batch * self.method.view_count
            elapsed = time.perf_counter() - began
            speed = seen / elapsed
            if elapsed > ROW_SECONDS or self._stop_file.exists():
                if distributed.rank() == 0:
                    self._row(step + 1, losses, speed, pair)
                    self._live.batch(pair, labels)
                self._must_be_number(losses, step, epoch)
                losses, began, seen = [], time.perf_counter(), 0
                progress(step + 1, self.schedule.epochs * steps, "steps")
                if self._stop_file.exists():
                    self._stop_file.unlink(missing_ok=True)
                    raise StoppedError(f"Stopped after step {step + 1}; {_kept(epoch)}.")
        self._must_be_number(losses, (epoch + 1) * steps - 1, epoch)
        if distributed.rank() == 0:
            self._measured_row((epoch + 1) * steps, losses or [loss], speed, pair)
            if pair is not None:
                self._live.batch(pair, labels)
            self._keep(epoch + 1)

    def _step(self, step: int) -> tuple[Tensor, tuple[Tensor, Tensor], Tensor]:
        share = self.schedule.batch // distributed.world_size()
        start = step * self.schedule.batch + distributed.rank() * share
        batch = self.source.batch(range(start, start + share))
        views = self.views(batch, step)
        for group in self.optimizer.param_groups:
            group["lr"] = self.schedule.rate(step)
        with torch.autocast(self.device, torch.bfloat16, self._reduced):
            loss, first, second = self.method.loss(views)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        distributed.average_gradients(self.method)
        torch.nn.utils.clip_grad_norm_(self.method.parameters(), 5.0)
        self.optimizer.step()
        self.method.after_step()
        return loss.detach(), (first.detach(), second.detach()), batch.labels

    def views(self, batch: Batch, step: int) -> Views:
        """Return augmented views of a batch, scaled to [-1, 1], on the training device."""
        count, seed = self.method.view_count, self.schedule.seed
        pixels = batch_views(batch.pictures, step, count, self.augmentation, seed, self.device)
        return Views(pixels, batch.labels.to(self.device), batch.texts)

    def scaled(self, pictures: Tensor) -> Tensor:
        """Return pictures (n, 3, s, s), uint8, as the network takes them, on its device."""
        return pixels_of(pictures.to(self.device).float() / 255)

    def probe_features(self, part: str, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Return features (n, d) and labels (n,) of fixed pictures, without augmentation."""
        batch = self.source.probe(part, count)
        return self.frozen.features(batch.pictures[0]), batch.labels.numpy()

    def _measured_row(
        self, step: int, losses: list[Tensor], speed: float, pair: tuple[Tensor, Tensor] | None
    ) -> None:
        count = self.probe_pictures
        fit, fit_labels = self.probe_features("fit", 2 * count)
        tested = self.source.probe("test", count)
        test, test_labels = self.frozen.features(tested.pictures[0]), tested.labels.numpy()
        knn = probe = None
        known_fit, known = fit_labels >= 0, test_labels >= 0
        if known.any() and known_fit.any():
            fit_y, test_y = fit_labels[known_fit], test_labels[known]
            knn = knn_accuracy(fit[known_fit], fit_y, test[known], test_y)
            classes = len(self.source.class_names)
            probe = linear_probe(fit[known_fit], fit_y, classes).accuracy(test[known], test_y)
        self._row(step, losses, speed, pair, knn, probe)
        shown = self.frozen.projections(tested.pictures[0][:POINTS])
        self._live.round(step, shown, test_labels)

    @property
    def probe_pictures(self) -> int:
        """How many test pictures a round is measured on: fewer where rounds are short."""
        return int(min(1000, max(200, self.schedule.epoch_pictures // 8)))

    def _row(
        self,
        step: int,
        losses: list[Tensor],
        speed: float,
        pair: tuple[Tensor, Tensor] | None,
        knn: float | None = None,
        probe: float | None = None,
    ) -> None:
        loss = float(torch.stack(losses).mean()) if losses else None
        apart = None if pair is None else alignment(*pair)
        even = None if pair is None else uniformity(pair[0])
        epoch = step / self.schedule.epoch_steps
        append_row(self.folder, Row(step, epoch, loss, apart, even, knn, probe, speed))

    def _must_be_number(self, losses: list[Tensor], step: int, epoch: int) -> None:
        if losses and not bool(torch.stack(losses).isfinite().all()):
            raise TrainingError(
                f"The loss is no longer a number at step {step + 1}; {_kept(epoch)}. Try a lower "
                "learning_rate or a higher temperature."
            )

    def _keep(self, epochs_done: int) -> None:
        state = {
            "method": self.method.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "epochs": epochs_done,
            "settings": self._settings,
        }
        write_checkpoint(self.folder, state)

    def resumed(self) -> int:
        """Load the checkpoint, if there is one; return the rounds done.

        Raises:
            InputError: the folder holds a run with other settings; nothing in it is changed.
            TrainingError: the checkpoint can't be read.
        """
        if not (self.folder / CHECKPOINT).exists():
            keep_rows(self.folder, -1)
            return 0
        done = self.restored()
        keep_rows(self.folder, done * self.schedule.epoch_steps)
        return done

    def restored(self) -> int:
        """Load the checkpoint that is there; return the rounds it has behind it.

        Raises:
            InputError: it is of other settings.
            TrainingError: it can't be read.
        """
        state = read_checkpoint(self.folder, self._settings, self.device)
        self.method.load_state_dict(state["method"])
        self.optimizer.load_state_dict(state["optimizer"])
        done: int = state["epochs"]
        return done


def _kept(rounds: int) -> str:
    return f"round {rounds} is kept" if rounds else "no round was done, so nothing is kept"
