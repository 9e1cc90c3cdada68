"""Train on one manipulation, test on all (Geirhos et al. 2018, https://arxiv.org/abs/1808.08750).

Command: make matrix
Twenty networks, three seeds: about a minute and a half each on one core, an hour and a half in all.
Expect 0.8 on the diagonal (chance 0.125), and, unlike the paper, 0.7 from one noise to the other.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from replearn.core import fingerprint
from replearn.core.errors import InputError, TrainingError
from replearn.core.progress import Progress, silent
from replearn.core.seeds import generator
from replearn.core.settings import from_environment
from replearn.distortions.base import DEFINITIONS
from replearn.distortions.geirhos2018 import MANIPULATIONS
from replearn.training.device import best_device
from replearn.training.matrix.networks import NETWORKS
from replearn.training.matrix.pictures import (
    CLASSES,
    SIDE,
    TEST,
    TRAIN,
    Pictures,
    labels,
    manipulated,
    of_name,
)
from replearn.training.schedule import Schedule

WIDTH = 12
SHIFT = 4  # pixels by which a batch is moved at most
SCHEDULE = Schedule(
    epochs=10,
    epoch_pictures=TRAIN,
    batch=128,
    learning_rate=4e-3,
    weight_decay=0.02,
    warmup=0.1,
    seed=0,
    precision="float32",
)


@dataclass(frozen=True)
class MatrixRun:
    """One network with one seed.

    Raises:
        InputError: there is no such network.
    """

    network: str
    seed: int

    def __post_init__(self) -> None:
        if self.network not in NETWORKS:
            raise InputError(
                f"The matrix has no network {self.network!r}; it has {', '.join(NETWORKS)}."
            )

    def folder(self) -> Path:
        """Return where its rows are kept: another place once it would be trained otherwise."""
        made = [DEFINITIONS, repr(SCHEDULE), str(WIDTH), repr(MANIPULATIONS), repr(NETWORKS)]
        name = f"{self.network}-{self.seed}-{fingerprint.of_parts(made)[:8]}"
        return from_environment().cache_dir / "matrix" / name


def train_matrix(
    networks: Sequence[str] = tuple(NETWORKS),
    seeds: Sequence[int] = (0, 1, 2),
    progress: Progress = silent,
) -> list[MatrixRun]:
    """Train and test what isn't yet trained; seeds one after the other.

    Work that was stopped or killed goes on with the network that it was at.

    Args:
        networks: names of `NETWORKS`.
        seeds: of the weights and of the order of the pictures.
        progress: told after every step; may raise `StoppedError`.

    Raises:
        InputError: there is no such network.
        ReplearnError: the disk is full.
    """
    runs = [MatrixRun(network, seed) for seed in seeds for network in networks]
    for number, run in enumerate(runs):
        if not (run.folder() / "answers.npy").exists():
            _train(run, _part_of(progress, number, len(runs), run.network))
    return runs


def _part_of(progress: Progress, part: int, parts: int, name: str) -> Progress:
    # a hundredth of a network at a time, so that the time left is that of the whole
    return lambda done, total, _: progress(
        100 * part + 100 * done // total, 100 * parts, f"hundredths of networks; now {name}"
    )


def _train(run: MatrixRun, progress: Progress) -> None:
    from replearn.encoders.small.resnet import small_resnet

    torch.manual_seed(run.seed)
    device = best_device()
    network = small_resnet(WIDTH, SIDE, len(CLASSES)).to(memory_format=torch.channels_last)
    network.to(device)
    parts = [manipulated(of_name(name), "train") for name in NETWORKS[run.network]]
    targets = torch.from_numpy(labels("train"))
    optimiser = torch.optim.AdamW(
        network.parameters(), SCHEDULE.learning_rate, weight_decay=SCHEDULE.weight_decay
    )
    random = generator(run.seed, "matrix", run.network)
    curve = []
    for epoch in range(SCHEDULE.epochs):
        order = random.permutation(TRAIN)
        losses, right = [], []
        for step in range(SCHEDULE.epoch_steps):
            at = epoch * SCHEDULE.epoch_steps + step
            progress(at, SCHEDULE.epochs * SCHEDULE.epoch_steps, "")
            for group in optimiser.param_groups:
                group["lr"] = SCHEDULE.rate(at)
            rows = order[step * SCHEDULE.batch : (step + 1) * SCHEDULE.batch]
            logits = network(_batch(parts, rows, random).to(device))
            wanted = targets[rows].to(device)
            loss = F.cross_entropy(logits, wanted)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            losses.append(loss.item())
            right.append((logits.argmax(1) == wanted).float().mean().item())
        curve.append((epoch + 1, float(np.mean(losses)), float(np.mean(right))))
    _keep(run, np.array(curve, np.float32), _tested(network, device))


def _batch(
    parts: Sequence[Sequence[Pictures]],
    rows: np.ndarray,
    random: np.random.Generator,
) -> Tensor:
    """Return (n, 3, h, w): each picture under one of the manipulations, mirrored half the time."""
    part, draw = (
        random.integers(len(parts), size=len(rows)),
        random.integers(1 << 16, size=len(rows)),
    )
    pictures = np.stack(
        [parts[p][d % len(parts[p])][row] for p, d, row in zip(part, draw, rows, strict=True)]
    )
    mirrored = random.random(len(rows)) < 0.5
    pictures[mirrored] = pictures[mirrored, :, ::-1]
    y, x = random.integers(-SHIFT, SHIFT + 1, size=2)
    return to_pixels(np.roll(pictures, (y, x), (1, 2)))


def to_pixels(pictures: np.ndarray) -> Tensor:
    """Return (n, h, w, 3) bytes as (n, 3, h, w) from -1 to 1."""
    pixels = torch.from_numpy(np.array(pictures)).permute(0, 3, 1, 2)
    return pixels.float() / 127.5 - 1


@torch.inference_mode()
def _tested(network: nn.Module, device: str) -> np.ndarray:
    """Return (9, n, 2) bytes: answer and confidence in 255ths, for each manipulation's pictures."""
    network.eval()
    found = np.zeros((len(MANIPULATIONS), TEST, 2), np.uint8)
    for row, manipulation in enumerate(MANIPULATIONS):
        pictures = manipulated(manipulation, "test")[0]
        for start in range(0, TEST, 250):
            part = slice(start, start + 250)
            shares = network(to_pixels(pictures[part]).to(device)).softmax(1).cpu()
            confidence, answer = shares.max(1)
            found[row, part, 0] = answer.numpy()
            found[row, part, 1] = (confidence * 255).round().byte().numpy()
    return found


def _keep(run: MatrixRun, curve: np.ndarray, answers: np.ndarray) -> None:
    folder = run.folder()
    partial = folder / f"answers.{os.getpid()}.npy"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "curve.npy", curve)
        # last and at once: where it stands, the network is done
        np.save(partial, answers)
        partial.replace(folder / "answers.npy")
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise TrainingError(
            f"The network's answers can't be kept in {folder} ({error}); free some space and "
            "start the same command again: it goes on with this network."
        ) from error
