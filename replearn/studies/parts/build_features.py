"""The dictionary that ships, learnt and measured anew."""

import json
import shutil

from replearn.core.assets import asset_path
from replearn.core.progress import Progress, silent
from replearn.encoders.checksums import record_weights
from replearn.results.features import FeatureFactors
from replearn.studies.parts.feature_factors import SUFFIX, feature_factors
from replearn.training import train

BASE = "shapes-clip"
NAME = f"{BASE}{SUFFIX}"
SEEDS = (0, 1, 2)
FILES = ("model.safetensors", "config.json", "card.json", "metrics.json")


def build_features(progress: Progress = silent) -> FeatureFactors:
    """Learn three dictionaries on `shapes-clip`, ship the first, and what their features know.

    Takes some five minutes on two cores.
    """
    runs = [
        train("sae", name=f"{NAME}-{seed}", progress=progress, model=BASE, seed=seed)
        for seed in SEEDS
    ]
    found = feature_factors([f"run:{run.name}" for run in runs], progress=progress)
    asset_path(NAME).mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(runs[0] / name, asset_path(NAME, name))
    record_weights(asset_path(NAME))
    said = json.loads((runs[0] / "metrics.json").read_text(encoding="utf-8"))
    asset_path(NAME, "README.md").write_text(_card(found, said["seconds"]), encoding="utf-8")
    text = json.dumps(found.to_dict()) + "\n"
    asset_path("parts", f"{NAME}.json").write_text(text, encoding="utf-8")
    return found


def _card(found: FeatureFactors, seconds: float) -> str:
    rows = "\n".join(
        f"| {one.factor} | {one.neuron:.2f} | {one.feature:.2f} | {one.random:.2f} |"
        for one in found.factors()
    )
    shares = zip(found.explained, found.dead, strict=True)
    seeds = "\n".join(
        f"| {seed} | {explained:.3f} | {dead:.2f} |"
        for seed, (explained, dead) in zip(SEEDS, shares, strict=True)
    )
    return f"""# {NAME}

    python -m replearn assets --features

which learns `python -m replearn train sae` with three seeds and ships the first: a TopK sparse
autoencoder (Gao et al. 2024, https://arxiv.org/abs/2406.04093) on the vectors of `{found.base}`,
{found.latents} features, at most {found.k} at a time. All settings are in `metrics.json`; it took
{seconds:.0f} s on a busy machine of two cores.

{found.verdict}

Area under the ROC curve of the best of each, mean over the values of a factor; the unit is chosen
on train pictures of `shapes` and told on n = {found.stamp.n:,} test pictures, features are means
of {len(SEEDS)} seeds, "random" is a dictionary of as many random directions:

| factor | neuron | feature | random |
| --- | --- | --- | --- |
{rows}

| seed | explained variance (test) | dead features (none of {found.learnt_on:,} vectors) |
| --- | --- | --- |
{seeds}

{found.stamp}
"""
