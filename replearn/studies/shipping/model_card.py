"""A shipped model from its recipe to its card: trained, measured, written to `assets/`."""

import json
import shutil
from pathlib import Path
from typing import Any

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import nearest
from replearn.encoders.checksums import record_weights
from replearn.encoders.lab import runs_folder
from replearn.studies.shipping.card_figures import SEED, SIZE, card_figures
from replearn.studies.training.factor_probe import FactorProbe, factor_probe
from replearn.training import train
from replearn.training.shipped_models import SHIPPED_MODELS, ShippedModel
from replearn.training.shown_tokens import SAID, keep_shown_tokens

READING = {"clip", "siglip"}  # recipes whose models have a text tower
TOWERS = "open_clip_model.safetensors"
KEPT_FILES = (
    "card.json",
    "config.json",
    "model.safetensors",
    "open_clip_config.json",
    TOWERS,
    "recipe.json",
    "rows.csv",
)


def build_model(name: str, out: Path | None = None, progress: Progress = silent) -> Path:
    """Train a shipped model, or go on with it, measure it and write `assets/NAME`.

    Args:
        name: an entry of `SHIPPED_MODELS`.
        out: where the run is kept; None takes the cache folder's runs.
        progress: told as the work goes.

    Raises:
        InputError: there is no such model.
    """
    if name not in SHIPPED_MODELS:
        raise InputError(
            f"There is no shipped model {name!r}; choose one of {', '.join(SHIPPED_MODELS)}."
            f"{nearest(name, SHIPPED_MODELS)}"
        )
    made = SHIPPED_MODELS[name]
    run = train(made.recipe, out or runs_folder(), name, progress, **made.settings)
    return keep_model(name, run, progress)


def keep_model(name: str, run: Path, progress: Progress = silent) -> Path:
    """Measure what a finished run of a shipped model's recipe left, and write `assets/NAME`.

    Args:
        name: an entry of `SHIPPED_MODELS`.
        run: the run's folder.
        progress: told as the work goes.
    """
    target = asset_path(name)
    target.mkdir(parents=True, exist_ok=True)
    for file in KEPT_FILES:
        if (run / file).exists():
            shutil.copyfile(run / file, target / file)
    if SHIPPED_MODELS[name].recipe in READING:
        settings = json.loads((target / "recipe.json").read_text(encoding="utf-8"))
        keep_shown_tokens(target / TOWERS, settings["dataset"])
    record_weights(target)
    noted = json.loads((run / "time.json").read_text(encoding="utf-8"))
    write_card(name, SHIPPED_MODELS[name], noted, target, progress)
    return target


def write_card(
    name: str, made: ShippedModel, noted: dict[str, Any], folder: Path, progress: Progress = silent
) -> None:
    """Measure a model and write metrics.json and README.md beside it.

    Args:
        name: of the model.
        made: how it is made.
        noted: what its run noted in time.json: seconds and commit.
        folder: of the model, under assets/.
        progress: told as the work goes.
    """
    figures = card_figures(made.figures, name, folder, progress)
    probed = None
    if made.probed:
        probed = factor_probe(name, size=SIZE, seed=SEED, progress=progress)
    settings = json.loads((folder / "recipe.json").read_text(encoding="utf-8"))
    metrics = {
        "figures": figures,
        "factors": {
            row.factor: {"probe": str(row.probe), "knn": str(row.knn), "chance": row.chance}
            for row in (probed.rows if probed else ())
        },
        "minutes": round(noted["seconds"] / 60, 1),
        "commit": noted.get("commit", "unknown"),
        "recipe": settings,
    }
    text = json.dumps(metrics, indent=2) + "\n"
    (folder / "metrics.json").write_text(text, encoding="utf-8")
    (folder / "README.md").write_text(_card(name, made, metrics, probed), encoding="utf-8")


def _card(
    name: str, made: ShippedModel, metrics: dict[str, Any], probed: FactorProbe | None
) -> str:
    lines = [f"# {name}", ""]
    overrides = "".join(f" --set {key}={value}" for key, value in made.settings.items())
    lines += [f"    python -m replearn build {name}", ""]
    lines += [f"which trains `python -m replearn train {made.recipe}{overrides}`: all settings in"]
    lines += [f"`recipe.json`, the curve in `rows.csv`. It took {metrics['minutes']} minutes on a"]
    lines += [f"busy machine of two cores, at commit {metrics['commit']}, seed 0.", ""]
    lines += [f"Aim: {made.aim}.", "", "| measure | value |", "| --- | --- |"]
    lines += [f"| {key} | {value} |" for key, value in metrics["figures"].items()]
    origin = ""
    if probed:
        lines += ["", "What can be read off its vectors (`shapes`, test; probe fitted on train):"]
        lines += ["", "| factor | linear probe | kNN | chance |", "| --- | --- | --- | --- |"]
        lines += [f"| {r.factor} | {r.probe} | {r.knn} | {r.chance:.2f} |" for r in probed.rows]
        origin = f" {probed.stamp}"
    lines += ["", made.kept, ""]
    if made.recipe in READING:
        lines += [SAID, ""]
    lines += [f"Intervals are Wilson's, 95 %.{origin}", ""]
    return "\n".join(lines)
