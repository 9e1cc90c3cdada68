"""The class pictures that ship, so that the page greets with pictures."""

import json
from pathlib import Path

import numpy as np
from PIL import Image

from replearn.core.assets import asset_path
from replearn.core.errors import CapabilityError
from replearn.core.progress import Progress, silent
from replearn.data.shapes.vocabulary import FACTORS
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.dreams import Dream, Judgement
from replearn.results.stamp import Stamp
from replearn.studies.dreams.dream_choice import DreamChoice
from replearn.studies.dreams.help_trials import help_trials, write_help_trials
from replearn.studies.dreams.judges import OF_SHAPES
from replearn.studies.dreams.kept_statistics import build_statistics
from replearn.studies.dreams.visualise import visualise

OF_CLASSES = 24
COLUMNS = 8
# things, places and looks, as a visitor may type them; chosen before any was drawn
OF_WORDS = (
    *("a cheetah", "a cup of coffee", "a rocket", "a flower", "a motorcycle", "a pagoda"),
    *("a castle by the sea", "a dog on a beach", "a red car", "a bowl of fruit"),
    *("snow on a mountain", "a city at night", "a forest in autumn", "an old book"),
    *("stripes", "a spider's web"),
)
QUALITY = 85


def gallery_folder(model: str) -> Path:
    """Return where a model's pictures lie."""
    return asset_path("dreams", model)


def shipped_gallery(model: str) -> tuple[Dream, ...]:
    """Return the class pictures that ship for a model; none where there aren't any for its weights.

    Raises:
        InputError: there is no such model.
    """
    about, sheet = gallery_folder(model) / "gallery.json", gallery_folder(model) / "sheet.webp"
    if not about.is_file() or not sheet.is_file():
        return ()
    told = json.loads(about.read_text(encoding="utf-8"))
    if told["fingerprint"] != load_model(model).fingerprint:
        return ()
    with Image.open(sheet) as opened:
        whole = opened.convert("RGB")
    side = told["side"]
    found = []
    for number, row in enumerate(told["pictures"]):
        left, top = side * (number % COLUMNS), side * (number // COLUMNS)
        picture = whole.crop((left, top, left + side, top + side))
        settings = {"target": row["target"], "helps": told["helps"], "steps": told["steps"]}
        stamp = Stamp(
            model, told["fingerprint"], row["seconds"], seed=told["seed"], settings=settings
        )
        found.append(
            Dream(
                image=picture,
                images=(picture,),
                steps=(picture,),
                target=row["target"],
                score=row["score"],
                done=told["steps"],
                total=told["steps"],
                best_real=None,
                judges=tuple(Judgement(**judge) for judge in row["judges"]),
                stamp=stamp,
            )
        )
    return tuple(found)


def text_of(target: str) -> str:
    """Return the text that a score's name was made of."""
    return target.partition("“")[2].rstrip("”")


def gallery_targets(encoder: Encoder) -> tuple[str, ...]:
    """Return the classes of a gallery: drawn at random where they are many, and nothing chosen.

    Raises:
        CapabilityError: no pictures ship for models of this kind.
    """
    if encoder.name == "photo-clip":
        return OF_WORDS
    if encoder.name.startswith("shapes") and "text" in encoder.card.capabilities:
        solids = [f"a {solid}" for solid in FACTORS["solid"]]
        return (*solids, *(f"a {colour} cube" for colour in FACTORS["colour"]))
    if "logits" not in encoder.card.capabilities:
        raise CapabilityError(f"{encoder.name} has no classes of its own to draw.")
    count = len(encoder.class_names)
    if count <= OF_CLASSES:
        return tuple(f"#{index}" for index in range(count))
    drawn = np.random.default_rng(0).choice(count, OF_CLASSES, replace=False)
    return tuple(f"#{index}" for index in np.sort(drawn))


def usual_pair(model: str) -> tuple[str, str]:
    """Return two things that a model can draw; nothing where it has neither classes nor text.

    Raises:
        InputError: there is no such model.
    """
    encoder = load_model(model)
    try:
        first, second = gallery_targets(encoder)[:2]
    except CapabilityError:
        return ("a cat", "a dog") if "text" in encoder.card.capabilities else ("", "")
    names = () if "text" in encoder.card.capabilities else encoder.class_names
    first, second = (names[int(one[1:])] if names else one for one in (first, second))
    return first, second


def build_galleries(progress: Progress = silent) -> None:
    """Draw all galleries that ship, and measure which helps help: half an hour on two cores."""
    build_statistics(progress)
    for model in ("photo-clip", "imagenet", "shapes-clip", *OF_SHAPES):
        build_gallery(model, progress)
    write_help_trials(help_trials(progress=progress))


def build_gallery(model: str, progress: Progress = silent) -> None:
    """Draw a model's gallery and write it to the assets: half a minute to five on two cores.

    Raises:
        CapabilityError: no pictures ship for models of this kind.
    """
    encoder, choice = load_model(model), DreamChoice()
    dreams = []
    targets = gallery_targets(encoder)
    for number, target in enumerate(targets):
        progress(number, len(targets), "class pictures")
        dreams.append(visualise(target, model, choice=choice))
    side = dreams[0].image.width
    rows = -(-len(dreams) // COLUMNS)
    sheet = Image.new("RGB", (side * min(COLUMNS, len(dreams)), side * rows))
    for number, one in enumerate(dreams):
        sheet.paste(one.image, (side * (number % COLUMNS), side * (number // COLUMNS)))
    folder = gallery_folder(model)
    folder.mkdir(parents=True, exist_ok=True)
    sheet.save(folder / "sheet.webp", quality=QUALITY, method=6)
    told = {
        "fingerprint": encoder.fingerprint,
        "side": side,
        "helps": ", ".join(choice.helps),
        "steps": choice.steps,
        "seed": choice.seed,
        "pictures": [
            {
                "target": one.target,
                "score": round(one.score, 4),
                "seconds": round(one.stamp.seconds, 2),
                "judges": [_rounded(judge) for judge in one.judges],
            }
            for one in dreams
        ],
    }
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    (folder / "gallery.json").write_text(text, encoding="utf-8")


def _rounded(judge: Judgement) -> dict[str, object]:
    return {
        **vars(judge),
        "probability": round(judge.probability, 4),
        "answer_probability": round(judge.answer_probability, 4),
    }
