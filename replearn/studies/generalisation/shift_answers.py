"""Who answers, and how: zero-shot, by its own head, or by a linear probe on frozen features."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from replearn.classifiers.zero_shot import ZeroShotClassifier, mean_prompt, softmax
from replearn.core.errors import CapabilityError, InputError
from replearn.core.progress import Progress, silent
from replearn.encoders.base import Encoder
from replearn.encoders.registry import has_capability, load_model
from replearn.results.shift import Answers
from replearn.store.encoded import Vectors, encode_texts
from replearn.studies.answering.prompts import encode_prompts
from replearn.studies.generalisation.shift_pictures import Labelled, encoded

PROBE = "probe:"
SHARE_MARK = "@"  # "probe:NAME@0.1" is fitted on a tenth of the pictures


@dataclass(frozen=True, eq=False)
class ShiftTask:
    """What is asked of which pictures.

    Attributes:
        data: what the pictures are of.
        classes: to choose from.
        rows: name -> pictures; the first row is the one without a shift.
        fit: what probes are fitted on; no picture of it is in a row.
        prompts: the texts of each class, which are averaged; empty takes the default templates.
    """

    data: str
    classes: tuple[str, ...]
    rows: Mapping[str, Labelled]
    fit: Labelled
    prompts: Sequence[Sequence[str]] = field(default=())


def network_of(contestant: str) -> str:
    """Return the model behind "NAME", "probe:NAME" or "probe:NAME@SHARE"."""
    if not contestant.startswith(PROBE):
        return contestant
    name, mark, share = contestant.removeprefix(PROBE).rpartition(SHARE_MARK)
    return name if mark and share else contestant.removeprefix(PROBE)


def way_of(contestant: str) -> str:
    """Say in words how a contestant answers.

    Raises:
        InputError: there is no such model.
    """
    if contestant.startswith(PROBE):
        share = _share(contestant)
        part = "" if share == 1 else f" fitted on {share:.0%} of the pictures"
        return f"linear probe on {network_of(contestant)}{part}"
    return "zero-shot" if has_capability(contestant, "text") else "its own last layer"


def answers(
    task: ShiftTask, contestants: Sequence[str], progress: Progress = silent
) -> Iterator[list[Answers]]:
    """Yield, network by network, its contestants' answers to every row.

    Args:
        task: pictures and classes.
        contestants: "NAME", "probe:NAME" or "probe:NAME@SHARE".
        progress: told as pictures are encoded; may raise `StoppedError`.

    Raises:
        InputError: there is no such model, or none of a row's pictures can be opened.
        CapabilityError: a model can't choose among the classes.
    """
    networks: dict[str, list[str]] = {}
    for name in contestants:
        networks.setdefault(network_of(name), []).append(name)
    for network, named in networks.items():
        yield _of_network(task, load_model(network), named, progress)


def _of_network(
    task: ShiftTask, encoder: Encoder, named: Sequence[str], progress: Progress
) -> list[Answers]:
    reads = "text" in encoder.card.capabilities
    by_head = [name for name in named if not name.startswith(PROBE) and not reads]
    by_vector = [name for name in named if name not in by_head]
    found = []
    if by_head:
        columns = _columns(encoder, task.classes)
        for row, asked in task.rows.items():
            kept, logits = encoded(encoder, asked, True, progress)
            shares = softmax(logits[:, columns])
            found += [_answered(task, row, name, kept, shares) for name in by_head]
    if by_vector:
        chooses = {name: _chooser(task, encoder, name, progress) for name in by_vector}
        for row, asked in task.rows.items():
            kept, vectors = encoded(encoder, asked, False, progress)
            found += [
                _answered(task, row, name, kept, choose.predict(vectors))
                for name, choose in chooses.items()
            ]
    return found


def _columns(encoder: Encoder, classes: Sequence[str]) -> list[int]:
    """Return which of the head's classes are the data's."""
    if "logits" not in encoder.card.capabilities:
        raise CapabilityError(
            f"{encoder.name} has neither classes nor a text tower; give {PROBE}{encoder.name}, a "
            "linear probe on it."
        )
    known = {name.casefold(): i for i, name in enumerate(encoder.class_names)}
    absent = [name for name in classes if name.casefold() not in known]
    if absent:
        raise CapabilityError(
            f"{encoder.name} doesn't know {len(absent)} of the classes ({', '.join(absent[:3])}); "
            f"give {PROBE}{encoder.name}, a linear probe on it."
        )
    return [known[name.casefold()] for name in classes]


@dataclass(frozen=True, eq=False)
class _Probe:
    weight: Vectors  # (classes, d)
    bias: npt.NDArray[np.float32]

    def predict(self, vectors: Vectors) -> Vectors:
        return softmax(vectors @ self.weight.T + self.bias)


def _chooser(
    task: ShiftTask, encoder: Encoder, name: str, progress: Progress
) -> ZeroShotClassifier | _Probe:
    from replearn.training.measures import linear_probe

    if not name.startswith(PROBE):
        return ZeroShotClassifier(_class_vectors(task, encoder), encoder.temperature)
    fit = _part(task.fit, _share(name))
    kept, vectors = encoded(encoder, fit, False, progress)
    probe = linear_probe(vectors, fit.labels[kept], len(task.classes))
    return _Probe(probe.weight, probe.bias)


def _part(fit: Labelled, share: float) -> Labelled:
    count = max(2, round(share * len(fit.rows)))
    return fit.take(np.unique(np.linspace(0, len(fit.rows) - 1, count).round().astype(np.int64)))


def _share(name: str) -> float:
    text = name.rpartition(SHARE_MARK)[2] if SHARE_MARK in name else "1"
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise InputError(f"{name} ends in {text!r}; write a share of the pictures, e.g. @0.2.")
    return share


def _class_vectors(task: ShiftTask, encoder: Encoder) -> Vectors:
    if not task.prompts:
        return mean_prompt(encode_prompts(encoder, task.classes, None).vectors)
    means = [mean_prompt(encode_texts(encoder, texts)[None]) for texts in task.prompts]
    return np.concatenate(means)  # (k, d)


def _answered(
    task: ShiftTask, row: str, name: str, kept: npt.NDArray[np.int64], shares: Vectors
) -> Answers:
    asked = task.rows[row].take(kept)
    best = shares.argmax(1)
    return Answers(
        data=task.data,
        shift=row,
        model=name,
        ids=asked.ids,
        classes=task.classes,
        labels=asked.labels,
        predictions=best,
        confidences=shares[np.arange(len(best)), best],
    )
