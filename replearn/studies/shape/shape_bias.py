"""When form and texture disagree, which does it go by? Shape bias on cue-conflict pictures.

Geirhos et al. 2019, https://arxiv.org/abs/1811.12231.
"""

import time
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.core.statistics import Proportion, proportion
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.photo_categories import photo_categories, photo_members
from replearn.data.shapes.dataset import Shapes
from replearn.data.sixteen import members
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.shape import CueAnswer, ShapeBias
from replearn.results.stamp import Stamp
from replearn.studies.answering.answerer import Answerer, answerer_for, predictions
from replearn.studies.answering.distorted_answers import classes_of
from replearn.studies.shape.cues import Cues, file_cues, scene_cues
from replearn.studies.shape.photo_conflicts import PhotoConflicts, photo_conflicts

PICTURES = 1000  # of shapes


def shape_bias(
    dataset: str | Dataset = "shapes",
    model: str = "shapes-texture-tied",
    progress: Progress = silent,
) -> ShapeBias:
    """Ask a model about pictures whose form and texture disagree.

    Args:
        dataset: "shapes": solids in the texture that another solid is tied to; or a folder in the
            layout of Geirhos et al. (cat/cat7-elephant2.png), with their sixteen categories; or
            "photos": example photographs, each in the texture of another, which are made and kept
            the first time, some seconds each; or some of these, as `photo_conflicts` returns them.
        model: one that can choose among the categories.
        progress: told after each picture; may raise `StoppedError`.

    Raises:
        InputError: the data set's pictures don't say their form and texture.
        CapabilityError: the model can't choose among the categories.
    """
    start = time.perf_counter()
    encoder = load_model(model)
    data, cues, answerer, said = _opened(dataset, encoder, progress)
    found = list(_answers(data, cues, answerer, progress))
    if not found:
        raise InputError(f"None of the pictures of {data.name} can be opened; check the folder.")
    return count(
        found,
        Stamp(
            encoder.name,
            encoder.fingerprint,
            time.perf_counter() - start,
            n=len(found),
            settings={"data": data.name, "answers": said},
        ),
    )


def conflicts() -> Shapes:
    """Return solids in the texture that another solid is tied to."""
    return Shapes("test", size=PICTURES, texture_bias=-1.0)


def count(answers: Sequence[CueAnswer], stamp: Stamp) -> ShapeBias:
    """Count answers into the shape bias, over all and for each category of the form."""
    either = [one for one in answers if one.by_shape or one.by_texture]
    categories = dict.fromkeys(one.shape for one in answers)
    return ShapeBias(
        overall=_share(either),
        by_shape={
            name: _share([one for one in either if one.shape == name]) for name in categories
        },
        either=proportion(len(either), len(answers)),
        answers=tuple(answers),
        stamp=stamp,
    )


def _share(either: Sequence[CueAnswer]) -> Proportion:
    return proportion(sum(one.by_shape for one in either), len(either))


def _opened(
    dataset: str | Dataset, encoder: Encoder, progress: Progress
) -> tuple[Dataset, dict[str, Cues], Answerer, str]:
    if dataset == "photos" or isinstance(dataset, PhotoConflicts):
        # who can't answer is told before any picture is made
        known = {one.name: photo_members()[one.name] for one in photo_categories()}
        answerer, said = _by_categories(encoder, known, progress)
        found = (
            dataset
            if isinstance(dataset, PhotoConflicts)
            else photo_conflicts(None, None, progress)
        )
        return found, found.cues, answerer, said
    if dataset == "shapes":
        dataset = conflicts()
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    if isinstance(data, Shapes):
        classes_of(encoder, data.name, data.class_names)  # or says which are missing
        answerer = answerer_for(encoder, data.class_names, Question(), progress)
        return data, scene_cues(data), answerer, "among the eight solids"
    answerer, said = _by_categories(encoder, members(), progress)
    return data, {}, answerer, said


def _by_categories(
    encoder: Encoder, groups: Mapping[str, Sequence[int]], progress: Progress
) -> tuple[Answerer, str]:
    """Return how a model chooses among categories, and that in words: by prompts or by its head.

    Args:
        encoder: the model.
        groups: each category's classes among ImageNet's 1,000.
        progress: told while prompts are encoded.
    """
    names = tuple(groups)
    if "text" in encoder.card.capabilities:
        answerer = answerer_for(encoder, names, Question(labels=names), progress)
        return answerer, f"among {len(names)} prompts"
    answerer = answerer_for(encoder, names, Question(), progress)
    if len(answerer.classes) != 1000:
        raise InputError(
            f"{encoder.name} knows {len(answerer.classes)} classes, not ImageNet's 1,000; ask "
            "imagenet, a model that reads text, or the lab's models about shapes."
        )

    def run(pixels: np.ndarray) -> np.ndarray:
        shares = answerer.run(pixels)  # (n, 1000)
        means = np.stack([shares[:, list(of)].mean(1) for of in groups.values()], axis=1)
        return np.asarray(means / means.sum(1, keepdims=True), np.float32)

    by_head = Answerer(names, answerer.preprocess, run, answerer.said)
    return by_head, "mean probability of each category's classes"


def _answers(
    data: Dataset, cues: dict[str, Cues], answerer: Answerer, progress: Progress
) -> Iterator[CueAnswer]:
    for row in predictions(data, answerer, progress):
        if isinstance(row, str):
            continue
        shown = cues.get(row.id) or file_cues(row.id)
        if shown.conflict:  # pictures whose cues agree say nothing
            yield CueAnswer(row.id, shown.shape, shown.textures, row.prediction)
