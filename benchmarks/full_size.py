"""Seconds and peak memory of each tab with a full-size OpenCLIP model of random weights.

    python benchmarks/full_size.py             # ViT-B-32 and RN50, each tab in a process of its own
    python benchmarks/full_size.py RN50 map    # one of them

A process opens the model from a checkpoint file, answers once (with the conversion for the engine,
unless it is on disk already), then does what the tab does first, and says how long each took and
its peak resident memory. Downloads reach this size; random weights take as long as any.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import replearn
from replearn.data.subset import Subset
from replearn.ui.frame.examples import example

MODELS = ("ViT-B-32", "RN50")
LABELS = ["cat", "dog", "sofa", "car", "tree"]
MANY = 64  # pictures of a data set


def some(name: str) -> replearn.data.base.Dataset:
    data = replearn.load_dataset(name)
    return Subset(data, list(range(MANY)))


def heat_map(method: str) -> Callable[[str], object]:
    return lambda model: replearn.explain(example(0), "a cat", model=model, method=method)


TABS: dict[str, Callable[[str], object]] = {
    "zero-shot": lambda model: replearn.zero_shot(example(0), LABELS, model=model),
    "heat map, grad-cam": heat_map("grad-cam"),
    "heat map, input-gradient": heat_map("input-gradient"),
    "heat map, rise": heat_map("rise"),
    "map of emoji": lambda model: replearn.embedding_map("emoji", model, "pca"),
    "distortions, 9 levels of 64": lambda model: replearn.robustness(
        "emoji", model, "uniform-noise", pictures=MANY
    ),
    "shape, 5 renditions of 64": lambda model: replearn.rendition_accuracy(some("shapes"), model),
    "invariance, rotation": lambda model: replearn.invariance(
        some("shapes"), "rotation", [model, "pixels"]
    ),
    "many pictures, 64": lambda model: replearn.evaluate(some("emoji"), model),
}


def checkpoint(architecture: str) -> Path:
    """Return a checkpoint file of random weights, written once."""
    path = Path(tempfile.gettempdir()) / f"full-size-{architecture}.safetensors"
    if not path.is_file():
        import open_clip
        import torch
        from safetensors.torch import save_file

        torch.manual_seed(0)
        model = open_clip.create_model(architecture, load_weights=False)
        save_file(model.state_dict(), path)
    return path


def measure(architecture: str, tab: str) -> dict[str, float]:
    """Open the model, answer once, do the tab's work."""
    name = f"open_clip:{architecture}?{checkpoint(architecture)}"
    times = [time.perf_counter()]
    encoder = replearn.load_model(name)
    times.append(time.perf_counter())
    encoder.encode_image([example(0)])
    encoder.encode_text(LABELS)
    times.append(time.perf_counter())
    TABS[tab](name)
    times.append(time.perf_counter())
    opened, first, done = (after - before for before, after in pairwise(times))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # kilobytes on Linux
    return {"opened": opened, "first": first, "tab": done, "gigabytes": peak}


def main(arguments: list[str]) -> None:
    if len(arguments) == 2:
        print(json.dumps(measure(*arguments)))
        return
    for architecture in arguments or MODELS:
        checkpoint(architecture)
        print(f"\n{architecture}\n| tab | opened, s | first answer, s | the tab, s | peak, GB |")
        print("| --- | --- | --- | --- | --- |")
        for tab in TABS:
            done = subprocess.run(
                [sys.executable, __file__, architecture, tab],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                print(f"| {tab} | {done.stderr.strip().splitlines()[-1]} |", flush=True)
                continue
            found = json.loads(done.stdout.strip().splitlines()[-1])
            figures = (found[key] for key in ("opened", "first", "tab", "gigabytes"))
            print(f"| {tab} | " + " | ".join(f"{one:.1f}" for one in figures) + " |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
