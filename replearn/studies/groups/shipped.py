"""The answers that ship: worlds with a known answer, and emoji of people."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from replearn.core.progress import Progress, silent
from replearn.results.rows.groups import (
    read_answer_rows,
    shipped_answers_file,
    write_answer_rows,
)
from replearn.results.stamp import Stamp, stamp_dict
from replearn.studies.groups.answers import Answers, answers_of


@dataclass(frozen=True)
class ShippedView:
    """Models on a data set, whose answers ship.

    Attributes:
        title: as the page says it.
        data: the data set.
        models: who answers; what the first gets wrong is looked into below.
        by: the column that is shown first.
        about: what to know of it.
    """

    title: str
    data: str
    models: tuple[str, ...]
    by: str
    about: str


VIEWS = {
    "shapes": ShippedView(
        "shapes, three networks",
        "shapes",
        ("shapes-background-tied", "shapes-supervised", "shapes-clip"),
        "backdrop",
        "Which of 8 solids? shapes-supervised was trained on solids before any background, "
        "shapes-clip read captions, and shapes-background-tied was trained where floor and "
        "backdrop tell the solid. Here backgrounds are random: by backdrop alone it fails "
        "everywhere alike. Choose backdrop and solid together.",
    ),
    "tied": ShippedView(
        "shapes, half of the backgrounds tied",
        "shapes-tied:0.5",
        ("shapes-background-tied", "shapes-supervised"),
        "backdrop",
        "In half of these pictures floor and backdrop are the solid's, as where "
        "shapes-background-tied was trained; in the other half they are random, and no column "
        "says which half a picture is of. Its overall accuracy looks like that of a middling "
        "network. Let the panel below search.",
    ),
    "emoji": ShippedView(
        "emoji of people, by skin tone",
        "emoji-people",
        ("emoji-clip", "photo-clip"),
        "skin tone",
        "Which of 49 roles, activities and sports? Each is drawn in five skin tones and the "
        "yellow that stands for none, as a woman, a man and a person, by two designers: two tones "
        "show the same pictures but for the tone. emoji-clip was trained on four fifths of the "
        "yellow ones and on no other; photo-clip on photographs, with hardly a person in them.",
    ),
}


def shipped_answers(view: str, model: str) -> Answers:
    """Return a model's answers to the pictures of a view.

    Raises:
        InputError: they aren't here.
    """
    path = shipped_answers_file(VIEWS[view].data, model)
    written = path.stat().st_mtime_ns if path.exists() else 0
    return _read(path, VIEWS[view].data, written)


def build_answers(progress: Progress = silent) -> None:
    """Ask all models of all views, and write what ships; some minutes on two idle cores."""
    for view in VIEWS.values():
        for model in view.models:
            found = answers_of(view.data, model, progress=progress)
            about = {
                "classes": found.classes,
                "columns": list(found.columns),
                "notes": found.notes,
                "stamp": stamp_dict(found.stamp),
            }
            values = {
                "row": found.rows,
                "truth": found.truth,
                "said": found.said,
                "confidence": found.confidence,
                **found.columns,
            }
            write_answer_rows(values, about, shipped_answers_file(view.data, model))


@lru_cache(maxsize=8)
def _read(path: Path, data: str, written: int) -> Answers:  # noqa: ARG001  (a new file is new)
    values, about = read_answer_rows(path)
    return Answers(
        data,
        tuple(about["classes"]),
        values["row"],
        values["truth"],
        values["said"],
        values["confidence"],
        {name: values[name] for name in about["columns"]},
        tuple(about["notes"]),
        Stamp(**about["stamp"]),
    )
