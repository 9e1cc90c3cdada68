"""SimCLR on CIFAR-10 here and in lightly: pictures a second, and what the features are good for.

    python -m benchmarks.contrastive [--cifar10 cifar10_jpeg.zip] [--pictures 10000] [--steps 400]

Both train the same small ResNet from the same weights with NT-Xent, one batch size, one strength of
augmentation and one schedule, for the same number of pictures out of the same folder, one after the
other in one run. The zip has `train/CLASS/*.jpg` and `test/CLASS/*.jpg` inside. A line with the
figures, the machine and the commit is appended to `--keep`, if given. lightly is in
requirements-dev.txt. Aims: 1.5 x lightly's pictures a second, kNN no more than a point behind.
"""

import argparse
import copy
import dataclasses
import json
import os
import platform
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import torch

from replearn.core.errors import ReplearnError
from replearn.core.statistics import Proportion, proportion
from replearn.data.folder import Folder
from replearn.training import configured
from replearn.training.loop import Loop
from replearn.training.measures import knn_predictions
from replearn.training.recipes.method import ResnetMethod
from replearn.training.sources.dataset_source import DatasetSource, kept_out

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("REPLEARN_SHARED", ROOT.parent / "shared"))
SIDE = 32
FIT = 10_000  # training pictures among which neighbours are looked for, at most


def main() -> None:
    options = _options()
    torch.set_num_threads(os.cpu_count() or 1)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for split, count in (("train", options.pictures), ("test", options.test)):
            _unpack(options.cifar10, split, count, root / split)
        try:
            found = _compared(options, root)
        except ReplearnError as error:
            raise SystemExit(str(error)) from error
    found |= {"machine": f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores"}
    found |= {"torch": torch.__version__, "commit": _commit(), "steps": options.steps}
    found |= {"batch": options.batch, "width": options.width, "pictures": options.pictures}
    if options.keep:
        with options.keep.open("a", encoding="utf-8") as file:
            file.write(json.dumps(found) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cifar10", type=Path, default=SHARED / "data" / "cifar10_jpeg.zip")
    parser.add_argument("--pictures", type=int, default=10_000, help="of the train split")
    parser.add_argument("--test", type=int, default=2000, help="of the test split, for kNN")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--width", type=int, default=16)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="a file that gets a line of JSON")
    options = parser.parse_args()
    if not options.cifar10.is_file():
        raise SystemExit(f"There is no {options.cifar10}; name the zip with --cifar10.")
    return options


def _unpack(archive: Path, split: str, count: int, folder: Path) -> None:
    """Write `count` pictures of a split, spread evenly over its classes, into class folders."""
    with zipfile.ZipFile(archive) as file:
        names = sorted(n for n in file.namelist() if f"{split}/" in n and n.endswith(".jpg"))
        if not names:
            raise SystemExit(f"{archive} has no {split}/CLASS/*.jpg inside.")
        for row in np.linspace(0, len(names) - 1, min(count, len(names))).astype(int):
            inside = PurePosixPath(names[row])
            target = folder / inside.parent.name / inside.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read(names[row]))


def _compared(options: argparse.Namespace, root: Path) -> dict[str, Any]:
    settings = {
        "dataset": f"folder:{root / 'train'}",
        "side": SIDE,
        "width": options.width,
        "batch": options.batch,
        "epochs": 1,
        "epoch_pictures": options.steps * options.batch,
        "seed": options.seed,
        "precision": "float32",
    }
    recipe: Any = configured("simclr", settings)
    loop = recipe.loop(Path())
    # every picture may be shown many times: the schedule is over steps, not over the folder
    length = options.steps * options.batch
    loop.schedule = dataclasses.replace(loop.schedule, epoch_pictures=length)
    fit, test = loop.source, DatasetSource(Folder(root / "test"), SIDE, 0)
    twin = copy.deepcopy(loop.method)
    runs: dict[str, tuple[ResnetMethod, Callable[[], None]]] = {
        "replearn": (loop.method, lambda: loop.steps(options.steps)),
        "lightly": (twin, lambda: _lightly(twin, recipe, loop, root / "train", options)),
    }
    found: dict[str, Any] = {}
    for name, (method, train) in runs.items():
        began = time.perf_counter()
        train()
        pace = options.steps * options.batch / (time.perf_counter() - began)
        accuracy = _knn(method, loop, fit, test)
        print(f"{name}: {pace:.0f} pictures a second, kNN {accuracy}", flush=True)
        found[name] = {"pictures a second": round(pace, 1), "knn": str(accuracy)}
        found[name]["value"] = accuracy.value
    ratio = found["replearn"]["pictures a second"] / found["lightly"]["pictures a second"]
    points = 100 * (found["replearn"]["value"] - found["lightly"]["value"])
    print(f"{ratio:.2f} x lightly's pictures a second; kNN {points:+.1f} points beside lightly's")
    return found | {"ratio": round(ratio, 3)}


def _lightly(
    method: ResnetMethod, recipe: Any, loop: Loop, folder: Path, options: argparse.Namespace
) -> None:
    """Train by lightly's loss, transform and data set, with its usual loader."""
    from lightly.data import LightlyDataset
    from lightly.loss import NTXentLoss
    from lightly.transforms import SimCLRTransform

    transform = SimCLRTransform(
        input_size=SIDE,
        cj_prob=1.0,
        cj_strength=recipe.colour,
        min_scale=recipe.crop,
        random_gray_scale=recipe.grey,
        gaussian_blur=recipe.blur,
        hf_prob=recipe.flip,
        normalize={"mean": [0.5] * 3, "std": [0.5] * 3},
    )
    data = LightlyDataset(str(folder), transform=transform)
    _, rows = kept_out(len(data))
    loader = torch.utils.data.DataLoader(
        torch.utils.data.Subset(data, rows.tolist()),
        batch_size=options.batch,
        shuffle=True,
        drop_last=True,
        num_workers=os.cpu_count() or 1,
        persistent_workers=True,
        generator=torch.Generator().manual_seed(options.seed),
    )
    criterion = NTXentLoss(temperature=recipe.temperature)
    weights = [p for p in method.parameters() if p.ndim > 1]
    others = [p for p in method.parameters() if p.ndim <= 1]
    groups = [{"params": weights}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, weight_decay=recipe.weight_decay)
    method.train()
    for step, (views, _, _) in zip(range(options.steps), _for_ever(loader), strict=False):
        for group in optimizer.param_groups:
            group["lr"] = loop.schedule.rate(step)
        optimizer.zero_grad(set_to_none=True)
        criterion(*(method.projection(method.features(view)) for view in views)).backward()
        torch.nn.utils.clip_grad_norm_(method.parameters(), 5.0)
        optimizer.step()


def _for_ever(loader: Any) -> Iterator[Any]:
    while True:
        yield from loader


def _knn(method: ResnetMethod, loop: Loop, fit: Any, test: DatasetSource) -> Proportion:
    """Return the accuracy of the 20 nearest training pictures on the test split."""
    loop.method = method
    known = fit.probe("fit", FIT)
    kept = [test.probe(part, 10**9) for part in ("fit", "test")]  # all of the test split
    asked = torch.cat([batch.labels for batch in kept]).numpy()
    vectors = np.concatenate([loop.frozen.features(batch.pictures[0]) for batch in kept])
    near = knn_predictions(loop.frozen.features(known.pictures[0]), known.labels.numpy(), vectors)
    return proportion(int((near == asked).sum()), len(asked))


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    found = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    return found.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
