"""When form and texture disagree, which does it go by? Shape bias on cue-conflict pictures.

Geirhos et al. 2019, https://arxiv.org/abs/1811.12231.
"""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.core.statistics import Proportion, proportion
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.vocabulary import SOLIDS, TEXTURES
from replearn.data.sixteen import SIXTEEN, members
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.shape import CueAnswer, ShapeBias
from replearn.results.stamp import Stamp
from replearn.studies.answering.answerer import Answerer, answerer_for, predictions
from replearn.studies.answering.distorted_answers import classes_of

PICTURES = 1000  # of shapes
# Geirhos's files say both: cat7-elephant2.png has the form of a cat and an elephant's texture
_FILE = re.compile(r"^(?P<shape>[a-z]+)\d+-(?P<texture>[a-z]+)\d+$")


@dataclass(frozen=True)
class Cues:
    """What a cue-conflict picture shows.

    Attributes:
        shape: category of its form.
        textures: categories that have its texture.
    """

    shape: str
    textures: tuple[str, ...]

    @property
    def conflict(self) -> bool:
        """Whether the two disagree."""
        return self.shape not in self.textures


def shape_bias(
    dataset: str | Dataset = "shapes",
    model: str = "shapes-texture-tied",
    progress: Progress = silent,
) -> ShapeBias:
    """Ask a model about pictures whose form and texture disagree.

    Args:
        dataset: "shapes": solids in the texture that another solid is tied to; or a folder in the
            layout of Geirhos et al. (cat/cat7-elephant2.png), with their sixteen categories.
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
    if dataset == "shapes":
        dataset = conflicts()
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    if isinstance(data, Shapes):
        classes_of(encoder, data.name, data.class_names)  # or says which are missing
        answerer = answerer_for(encoder, data.class_names, Question(), progress)
        return data, _scene_cues(data), answerer, "among the eight solids"
    if "text" in encoder.card.capabilities:
        options = Question(labels=SIXTEEN)
        return data, {}, answerer_for(encoder, SIXTEEN, options, progress), "among 16 prompts"
    return data, {}, _sixteen_ways(encoder), "mean probability of each category's classes"


def _sixteen_ways(encoder: Encoder) -> Answerer:
    """Return how an ImageNet classifier answers: by the mean of each category's classes."""
    answerer = answerer_for(encoder, SIXTEEN, Question(), silent)
    if len(answerer.classes) != 1000:
        raise InputError(
            f"{encoder.name} knows {len(answerer.classes)} classes, not ImageNet's 1,000; ask "
            "imagenet, a model that reads text, or the lab's models about shapes."
        )
    groups = [list(members()[name]) for name in SIXTEEN]

    def run(pixels: np.ndarray) -> np.ndarray:
        shares = answerer.run(pixels)  # (n, 1000)
        means = np.stack([shares[:, group].mean(1) for group in groups], axis=1)
        return np.asarray(means / means.sum(1, keepdims=True), np.float32)

    return Answerer(SIXTEEN, answerer.preprocess, run, answerer.said)


def _scene_cues(data: Shapes) -> dict[str, Cues]:
    """Return what each picture shows; a texture belongs to the solids that training ties to it."""
    scenes = data.scenes(0, len(data))
    found = {}
    for row in range(len(data)):
        texture = int(scenes.texture[row, 0])
        owners = tuple(s for at, s in enumerate(SOLIDS) if at % len(TEXTURES) == texture)
        identity = f"{data.world.split}-{data.world.seed}-{row}"
        found[identity] = Cues(SOLIDS[int(scenes.solid[row, 0])], owners)
    return found


def _answers(
    data: Dataset, cues: dict[str, Cues], answerer: Answerer, progress: Progress
) -> Iterator[CueAnswer]:
    for row in predictions(data, answerer, progress):
        if isinstance(row, str):
            continue
        shown = cues.get(row.id) or file_cues(row.id)
        if shown.conflict:  # pictures whose cues agree say nothing
            yield CueAnswer(row.id, shown.shape, shown.textures, row.prediction)


def file_cues(identity: str) -> Cues:
    """Read form and texture off a file's name.

    Raises:
        InputError: the name doesn't say them.
    """
    stem = identity.rpartition("/")[2].partition(".")[0]
    matched = _FILE.match(stem)
    shape, texture = (matched["shape"], matched["texture"]) if matched else ("", "")
    if shape not in SIXTEEN or texture not in SIXTEEN:
        raise InputError(
            f"{identity} doesn't say its form and texture; name files as in the paper, for example "
            f"cat/cat7-elephant2.png, with {', '.join(SIXTEEN)}."
        )
    return Cues(shape, (texture,))
