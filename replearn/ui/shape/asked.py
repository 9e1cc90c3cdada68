"""Renditions of a picture, as they are taken home."""

from collections.abc import Sequence

from PIL import Image

from replearn.core.question import Question
from replearn.results.shape import Rendition
from replearn.taking_home.asked import Asked, Shot, Table
from replearn.ui.frame.code import question_code
from replearn.ui.frame.picture_code import at_home, called, picture_line

Answered = tuple[Rendition, str, float]


def renditions_code(path: str, models: Sequence[str], question: Question) -> str:
    """Return lines that ask about the five renditions."""
    return (
        "import replearn\nfrom replearn.core.question import Question\n"
        "from replearn.studies.shape.renditions import renditions_answered\n\n"
        f"{question_code(question)}"
        f"for model in {list(models)!r}:\n"
        "    answers = renditions_answered(\n"
        f"    {picture_line(path)}"
        "        model,\n        question,\n    )\n"
        "    print(model, [(one.name, label, share) for one, label, share in answers])\n"
    )


def photographs_code(count: int, models: Sequence[str]) -> str:
    """Return lines that, run as they are, give the networks' shape bias on photographs."""
    return (
        "import replearn\n\n"
        f"pictures = replearn.photo_conflicts({count})  # made the first time, some seconds each\n"
        f"for model in {list(models)!r}:\n"
        "    print(model, replearn.shape_bias(pictures, model).overall)\n"
    )


def renditions_entry(
    picture: str, models: Sequence[str], question: Question, rows: Sequence[Sequence[Answered]]
) -> Asked:
    """Return the question and what each model says of each rendition.

    Args:
        picture: its path.
        models: their names.
        question: the page's.
        rows: of each model, five answers.
    """
    table = [
        (model, one.name, label, share)
        for model, answers in zip(models, rows, strict=True)
        for one, label, share in answers
    ]
    return Asked(
        "Shape",
        f"What do {' and '.join(models)} say of five renditions of {called(picture)}?",
        (picture, *models),
        lambda place: renditions_code(at_home(place, picture), models, question),
        " | ".join(models),
        Table(("model", "rendition", "answer", "probability"), tuple(table)),
        shots=tuple(Shot(Image.fromarray(one.picture), one.name) for one, _, _ in rows[0]),
    )
