"""Seconds and peak memory of each tab with full-size OpenCLIP models of random weights.

    python -m benchmarks.full_size                   # all tabs, ViT-B-32 and RN50: one table
    python -m benchmarks.full_size Parts Dreams      # some tabs

Downloads reach this size; random weights take as long as any. Each tab of each model is a process
of its own, which opens the model from a checkpoint file, answers once, then does what the tab
does: its seconds are of that work alone, its memory the most that the process ever held. The cache
is empty to begin with, so that the first tab also converts both towers for the engine.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import replearn
from benchmarks.record import commit, machine
from replearn.data.base import Dataset
from replearn.data.subset import Subset
from replearn.studies.dreams.dream_choice import DreamChoice
from replearn.ui.frame.examples import example

MODELS = ("ViT-B-32", "RN50")
LABELS = ["cat", "dog", "sofa", "car", "tree"]
MANY = 64  # pictures of a data set
STEPS = 48  # of gradient ascent, of the usual 192
Step = Callable[[str], object]


def some(name: str) -> Dataset:
    return Subset(replearn.load_dataset(name), list(range(MANY)))


def heat_map(method: str) -> Step:
    return lambda model: replearn.explain(example(0), "a cat", model=model, method=method)


def neighbours_by_heads(model: str) -> None:
    strongest = [part for part, _ in replearn.decompose(example(0), model, "a cat").strongest(3)]
    replearn.head_neighbours(example(0), strongest, model)


def units(model: str) -> None:
    from replearn.studies.parts.units.activations import activations

    activations(example(0), model)
    replearn.unit(model)
    replearn.filters(model)


def shifted(model: str) -> None:
    rows = {"test": some("shapes"), "new light": some("shapes-shifted:new-light")}
    replearn.shift(rows, [model, f"probe:{model}"])


TABS: dict[str, dict[str, Step]] = {
    "Zero-shot": {
        f"{len(LABELS)} labels": lambda model: replearn.zero_shot(example(1), LABELS, model=model)
    },
    "Many pictures": {
        f"accuracy of {MANY} emoji": lambda model: replearn.evaluate(
            some("emoji"), model, replearn.Question(templates=("a photo of a {}.",))
        )
    },
    "Heat maps": {method: heat_map(method) for method in ("grad-cam", "input-gradient", "rise")},
    "Parts": {
        "the answer": lambda model: replearn.decompose(example(0), model, "a cat"),
        "the picture in words": lambda model: replearn.concepts(example(0), model),
        "words for heads": replearn.head_texts,
        "neighbours by heads": neighbours_by_heads,
        "a unit, the filters": units,
    },
    "Dreams": {
        f"a text, {STEPS} steps": lambda model: replearn.visualise(
            "a cat", model, choice=DreamChoice(steps=STEPS)
        )
    },
    "Map": {
        "240 photo-crops embedded, PCA": lambda model: replearn.embedding_map(
            "photo-crops", model, "pca"
        )
    },
    "Distortions": {
        f"noise, 9 levels of {MANY}": lambda model: replearn.robustness(
            some("shapes"), model, "uniform-noise", pictures=MANY
        )
    },
    "Shape": {
        f"5 renditions of {MANY}": lambda model: replearn.rendition_accuracy(some("shapes"), model)
    },
    "Invariance": {
        f"rotation of {MANY}": lambda model: replearn.invariance(
            some("shapes"), "rotation", [model, "pixels"]
        )
    },
    "Generalisation": {f"a shift, {MANY} each": shifted},
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


def measure(architecture: str, tab: str) -> None:
    """Do a tab's work in this process; print what each step took, and the memory at the end."""
    name = f"open_clip:{architecture}?{checkpoint(architecture)}"
    seconds: dict[str, float | str] = {}

    def first(model: str) -> None:
        encoder = replearn.load_model(model)
        encoder.encode_image([example(0)])
        encoder.encode_text(LABELS)

    for what, step in {"opened, first answer": first, **TABS[tab]}.items():
        start = time.perf_counter()
        try:
            step(name)
            seconds[what] = time.perf_counter() - start
        except replearn.CapabilityError:
            seconds[what] = "has none"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # kilobytes on Linux
    print(json.dumps({"seconds": seconds, "gigabytes": peak}))


def measured(architecture: str, tab: str, cache: str) -> dict[str, tuple[str, str]]:
    """Return seconds and gigabytes, as text, of each step of a tab done in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.full_size", "--child", architecture, tab],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "REPLEARN_CACHE_DIR": cache},
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1]
        return dict.fromkeys(TABS[tab], (said, ""))
    found = json.loads(done.stdout.strip().splitlines()[-1])
    peak = f"{found['gigabytes']:.1f}"
    return {
        what: (took if isinstance(took, str) else f"{took:.1f}", peak)
        for what, took in found["seconds"].items()
    }


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--child"]:
        measure(*arguments[1:])
        return
    for architecture in MODELS:
        checkpoint(architecture)
    began = time.perf_counter()
    print(f"{machine()}, commit {commit()}\n", flush=True)
    print("| tab | what | " + " | ".join(f"{name}, s | peak, GB" for name in MODELS) + " |")
    print("| --- | --- |" + " --- |" * 2 * len(MODELS), flush=True)
    with tempfile.TemporaryDirectory() as cache:
        for tab in arguments or TABS:
            found = [measured(name, tab, cache) for name in MODELS]
            opened = ["opened, first answer"] if tab == next(iter(TABS)) else []
            for what in [*opened, *TABS[tab]]:
                cells = [cell for one in found for cell in one.get(what, ("", ""))]
                print(f"| {tab} | {what} | " + " | ".join(cells) + " |", flush=True)
    print(f"\n{(time.perf_counter() - began) / 60:.0f} minutes, {machine()}")


if __name__ == "__main__":
    main(sys.argv[1:])
