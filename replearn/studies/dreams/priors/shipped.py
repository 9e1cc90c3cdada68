"""The figures and pictures of learnt priors that ship, and how they are made anew."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PIL import Image

from replearn.core.assets import asset_path
from replearn.core.progress import Progress, silent
from replearn.encoders.checksums import record_weights
from replearn.results.dreams import DrawnTrial, PriorTrial, Rebuilt
from replearn.studies.dreams.priors.card import prior_card
from replearn.training import train
from replearn.visualisations.decoders.folders import CONFIG, SHIPPED_DECODERS, WEIGHTS

# what differs from the recipe's own settings
SETTINGS: dict[str, dict[str, Any]] = {"shapes-supervised": {}, "shapes-clip": {}}
FILES = (WEIGHTS, CONFIG, "metrics.json", "recipe.json", "rows.csv")
QUALITY = 90
Strips = tuple[tuple[str, Image.Image], ...]


def figures_path(model: str) -> Path:
    """Return where a prior's figures lie; its pictures lie beside them."""
    return asset_path("dreams", model, "prior.json")


def shipped_prior(model: str) -> tuple[PriorTrial, Strips] | None:
    """Return the figures of the prior that ships for a model, and rows of pictures by their names.

    None where there are none, or they are of other weights.
    """
    from replearn.visualisations.decoders.opened import load_decoder

    path = figures_path(model)
    sheet = path.with_suffix(".webp")
    if not path.is_file() or not sheet.is_file():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    names, side = told.pop("strips"), told.pop("side")
    rebuilt, drawn, named = (told.pop(key) for key in ("rebuilt", "drawn", "named"))
    found = PriorTrial(
        rebuilt=Rebuilt(**_with_tuples(rebuilt)),
        drawn=tuple(DrawnTrial(**_with_tuples(row)) for row in drawn),
        named=tuple((word, right, n) for word, right, n in named),
        **_with_tuples(told),
    )
    if load_decoder(found.decoder).fingerprint != found.fingerprint:
        return None
    with Image.open(sheet) as opened:
        whole = opened.convert("RGB")
    return found, tuple(
        (name, whole.crop((0, side * row, side * count, side * (row + 1))))
        for row, (name, count) in enumerate(names)
    )


def _with_tuples(told: dict[str, Any]) -> dict[str, Any]:
    """Return what JSON kept as lists as tuples again."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}


def build_priors(progress: Progress = silent) -> None:
    """Train, measure and write every decoder that ships: an hour on two cores."""
    for model, name in SHIPPED_DECODERS.items():
        run = train("decoder", name=name, progress=progress, model=model, **SETTINGS[model])
        keep_prior(model, run, progress)


def keep_prior(model: str, run: Path, progress: Progress = silent) -> PriorTrial:
    """Write `assets/` of a finished run: the decoder, what was measured of it, and its card.

    Args:
        model: whose responses the run inverts.
        run: the run's folder.
        progress: told as the work goes.
    """
    from replearn.studies.dreams.priors.trials import prior_trial

    name = SHIPPED_DECODERS[model]
    folder = asset_path(name)
    folder.mkdir(parents=True, exist_ok=True)
    for file in FILES:
        shutil.copyfile(run / file, folder / file)
    record_weights(folder)
    found, shown = prior_trial(name, progress=progress)
    side = next(iter(shown.values()))[0].width
    columns = max(map(len, shown.values()))
    sheet = Image.new("RGB", (side * columns, side * len(shown)))
    for row, pictures in enumerate(shown.values()):
        for column, one in enumerate(pictures):
            sheet.paste(one, (side * column, side * row))
    path = figures_path(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path.with_suffix(".webp"), quality=QUALITY, method=6)
    told = {
        **asdict(found),
        "side": side,
        "strips": [(text, len(pictures)) for text, pictures in shown.items()],
    }
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    noted = json.loads((run / "time.json").read_text(encoding="utf-8"))
    text = prior_card(found, json.loads((folder / "metrics.json").read_text("utf-8")), noted)
    (folder / "README.md").write_text(text, encoding="utf-8")
    return found
