"""The Python of what the tab Invariance asks."""

from dataclasses import dataclass

from replearn.core.question import Question
from replearn.ui.frame.code import question_code
from replearn.ui.frame.picture_code import picture_expression


@dataclass(frozen=True)
class InvarianceAsked:
    """What is asked: a picture, else a scene of shapes, else a data set.

    Attributes:
        reference: the data set whose pictures say what chance is, of one picture.
        question: what one picture is asked; None of a data set.
    """

    picture: str | None
    scene: int | None
    dataset: str
    factor: str
    models: tuple[str, ...]
    reference: str
    question: Question | None


def invariance_code(asked: InvarianceAsked) -> str:
    """Return lines that give the areas under the curves."""
    lines, options = "import replearn\n", ""
    if asked.question is not None:
        lines += "from replearn.core.question import Question\n"
        lines += "from replearn.studies.invariance.invariance import InvarianceOptions\n"
        options = f"    InvarianceOptions(labels=question, reference={asked.reference!r}),\n"
    if asked.scene is not None:
        lines += "from replearn.studies.invariance.pictures import scene_stack\n"
        pictures = f"scene_stack({asked.scene})"
    elif asked.picture is not None:
        pictures = picture_expression(asked.picture)
    else:
        pictures = repr(asked.dataset)
    lines += "\n" if asked.question is None else f"\n{question_code(asked.question)}"
    return lines + (
        "found = replearn.invariance(\n"
        f"    {pictures},\n    {asked.factor!r},\n    {list(asked.models)!r},\n{options}"
        ")\nfor curve in found.curves:\n"
        "    print(curve.model, curve.rescaled.value, [mean.value for mean in curve.cosine])\n"
    )
