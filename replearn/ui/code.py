"""The few lines of Python that give the same result in a notebook."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from replearn.core.answers import ClassProbabilities, Distorted, Probabilities
from replearn.data.photos import Photos
from replearn.distortions.stack import Stack
from replearn.studies.embedding_map import MapChoice


def picture_expression(path: str) -> str:
    """Return an expression for a picture: an example by its number, else its path."""
    photos = Photos()
    name = Path(path).name
    for i in range(len(photos)):
        if photos.path(i).name == name:
            return f'replearn.load_dataset("photos")[{i}].image'
    return repr(path)


def zero_shot_code(
    path: str, answer: Probabilities | ClassProbabilities, templates: tuple[str, ...]
) -> str:
    """Return lines that, run as they are, give the answer's numbers."""
    picture = picture_expression(path)
    if isinstance(answer, ClassProbabilities):
        return (
            "import replearn\n\n"
            f"answer = replearn.classify({picture}, model={answer.stamp.model!r})\n"
            "print(answer.top())\n"
        )
    labels = answer.labels[:-1] if answer.null_prompt else answer.labels
    return (
        "import replearn\n\n"
        "answer = replearn.zero_shot(\n"
        f"    {picture},\n"
        f"    {list(labels)!r},\n"
        f"    model={answer.model!r},\n"
        f"    templates={list(templates)!r},\n"
        f"    null_prompt={answer.null_prompt!r},\n"
        f"    temperature={answer.temperature!r},\n"
        ")\n"
        "print(answer.top())\n"
    )


def explain_code(path: str, model: str, asked: Any) -> str:
    """Return lines that, run as they are, give the heat map's raw values.

    Args:
        path: the subject's.
        model: the model's name.
        asked: target, against, method, finer and settings.
    """
    told = f"{asked.target!r}"
    like = not isinstance(asked.target, str)
    lines = "from pathlib import Path\n\nimport replearn\n\n" if like else "import replearn\n\n"
    lines += (
        "heat_map = replearn.explain(\n"
        f"    {picture_expression(path)},\n"
        f"    {f'Path({str(asked.target)!r})' if like else told},\n"
        f"    model={model!r},\n"
        f"    method={asked.method!r},\n"
    )
    if asked.against:
        lines += f"    against={asked.against!r},\n"
    if asked.finer:
        lines += "    finer=True,\n"
    if asked.settings:
        lines += f"    settings={asked.settings!r},\n"
    return lines + ")\nprint(heat_map.score, heat_map.values.shape)\nheat_map.overlay()\n"


def map_code(choice: MapChoice, row: int | None = None) -> str:
    """Return lines that give the map's coordinates, and a point's neighbours."""
    settings = "".join(f", {name}={value!r}" for name, value in choice.parameters)
    lines = (
        "import replearn\n\n"
        f"table = replearn.embed({choice.dataset!r}, {choice.model!r})\n"
        f"found = replearn.project(table, {choice.projection!r}, seed={choice.seed}{settings})\n"
        "print(found.coordinates.shape, found.preservation)\n"
    )
    if row is not None:
        lines += (
            f"near = table.neighbours(id=table.ids[{row}], k=12)\n"
            "print(list(zip(near.captions, near.similarities)))\n"
        )
    return lines


@dataclass(frozen=True)
class InvarianceAsked:
    """What the invariance tab asks: a picture, else a scene of shapes, else a data set."""

    picture: str | None
    scene: int | None
    dataset: str
    factor: str
    models: tuple[str, ...]
    labels: tuple[str, ...]


def invariance_code(asked: InvarianceAsked) -> str:
    """Return lines that give the areas under the curves."""
    lines = "import replearn\n"
    if asked.labels:
        lines += "from replearn.studies.invariance import InvarianceOptions\n"
    if asked.scene is not None:
        lines += "from replearn.studies.invariance_pictures import scene_stack\n"
        pictures = f"scene_stack({asked.scene})"
    elif asked.picture is not None:
        pictures = picture_expression(asked.picture)
    else:
        pictures = repr(asked.dataset)
    lines += (
        "\nfound = replearn.invariance(\n"
        f"    {pictures},\n    {asked.factor!r},\n    {list(asked.models)!r},\n"
    )
    if asked.labels:
        lines += f"    InvarianceOptions(labels={asked.labels!r}),\n"
    return lines + (
        ")\nfor curve in found.curves:\n"
        "    print(curve.model, curve.rescaled, [mean.value for mean in curve.cosine])\n"
    )


def distort_code(path: str, found: Distorted, model: str, labels: list[str], kept: Stack) -> str:
    """Return lines that distort the picture and ask again."""
    layers = "".join(f"Layer({one.distortion!r}, {one.level!r}), " for one in kept.layers)
    imports = "from replearn.distortions.stack import Layer, Stack\n" if layers else ""
    return (
        f"import replearn\n{imports}\n"
        "found = replearn.distorted_answer(\n"
        f"    {picture_expression(path)},\n"
        f"    {found.distortion!r},\n"
        f"    {found.level!r},\n"
        f"    model={model!r},\n"
        f"    labels={labels!r},\n"
        "    seed=0,\n" + (f"    before=Stack(({layers})),\n" if layers else "") + ")\n"
        "print(found.clean.top(), found.changed.top(), found.cosine_to_clean)\n"
    )


def train_code(recipe: str, settings: dict[str, Any]) -> str:
    """Return lines that train the same model."""
    given = "".join(f"    {name}={value!r},\n" for name, value in settings.items())
    return (
        f"import replearn\n\nfolder = replearn.train(\n    {recipe!r},\n{given})\nprint(folder)\n"
    )
