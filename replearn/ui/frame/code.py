"""The few lines of Python that give the same result in a notebook."""

from typing import Any

from replearn.core.question import Question
from replearn.data.labels import DEFAULT_TEMPLATES
from replearn.distortions.stack import Stack
from replearn.results.distortions import Distorted
from replearn.results.zero_shot import ClassProbabilities, Probabilities
from replearn.studies.map.embedding_map import MapChoice
from replearn.ui.frame.picture_code import picture_line, shown


def _asking(question: Question) -> str:
    """Return what of a question the defaults don't say, as arguments."""
    lines = ""
    if question.templates is not None and question.templates != DEFAULT_TEMPLATES:
        lines += f"    templates={list(question.templates)!r},\n"
    if question.null_prompt is not None:
        lines += f"    null_prompt={question.null_prompt!r},\n"
    if question.temperature is not None:
        lines += f"    temperature={shown(question.temperature)},\n"
    return lines


def zero_shot_code(
    path: str, answer: Probabilities | ClassProbabilities, question: Question
) -> str:
    """Return lines that, run as they are, give the answer's numbers."""
    model = answer.stamp.model
    if isinstance(answer, ClassProbabilities):
        call = f"answer = replearn.classify(\n{picture_line(path)}    model={model!r},\n)\n"
        return f"import replearn\n\n{call}print(answer.top())\n"
    return (
        "import replearn\n\n"
        "answer = replearn.zero_shot(\n"
        f"{picture_line(path)}"
        f"    {list(question.labels or ())!r},\n"
        f"    model={model!r},\n"
        f"{_asking(question)}"
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
        f"{picture_line(path)}"
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
    return lines + (
        ")\nprint(heat_map.score, heat_map.values.min(), heat_map.values.max())\n"
        "heat_map.overlay()\n"
    )


def votes_code(path: str, model: str, target: str) -> str:
    """Return lines that give each patch's vote for a class; they add up to its logit."""
    return (
        f"import replearn\n\nvotes = replearn.explain(\n{picture_line(path)}    {target!r},\n"
        f"    model={model!r},\n    method='cam',\n)\nprint(votes.score, votes.values)\n"
    )


def parts_code(path: str, model: str, target: str, against: str) -> str:
    """Return lines that split the score over the same parts."""
    lines = f"import replearn\n\nfound = replearn.decompose(\n{picture_line(path)}    {model!r},\n"
    lines += f"    {target!r},\n" if target else ""
    lines += f"    against={against!r},\n" if against.strip() else ""
    return lines + (
        ")\nprint(found.score)\nfor part, share in found.strongest(5):\n"
        "    print(part, share, found.without([part]).score)\n"
    )


def dream_code(asked: Any, model: str) -> str:
    """Return lines that draw the same picture.

    Args:
        asked: target, against, layer, unit and choice.
        model: the model's name.
    """
    wanted = f"    {asked.target!r},\n    model={model!r},\n"
    if asked.unit is not None:
        wanted = f"    model={model!r},\n    layer={asked.layer!r},\n    unit={asked.unit},\n"
    if asked.against.strip():
        wanted += f"    against={asked.against!r},\n"
    return (
        "import replearn\n\n"
        f"choice = replearn.{asked.choice!r}\n"
        f"found = replearn.visualise(\n{wanted}    choice=choice,\n)\n"
        "print(found.score, found.judges)\nfound.image\n"
    )


def map_code(choice: MapChoice, query: str = "") -> str:
    """Return lines that give the map's coordinates, and a point's neighbours.

    Args:
        choice: which map.
        query: of `EmbeddingTable.neighbours`, as an argument in Python; "" asks for none.
    """
    settings = "".join(f", {name}={value!r}" for name, value in choice.parameters)
    lines = (
        "import replearn\n\n"
        f"table = replearn.embed({choice.dataset!r}, {choice.model!r})\n"
        f"found = replearn.project(table, {choice.projection!r}, seed={choice.seed}{settings})\n"
        "print(found.coordinates.shape, found.preservation)\n"
    )
    if query:
        lines += (
            f"near = table.neighbours({query})\n"
            "print(list(zip(near.captions, near.similarities)))\n"
        )
    return lines


def question_code(question: Question) -> str:
    """Return lines that make the page's question."""
    wanted = (
        f"question = Question(\n    {question.labels!r},\n    templates={question.templates!r},\n"
        f"    null_prompt={question.null_prompt!r},\n"
    )
    if question.temperature is not None:
        wanted += f"    temperature={shown(question.temperature)},\n"
    return f"{wanted})\n"


def distort_code(path: str, found: Distorted, model: str, question: Question, kept: Stack) -> str:
    """Return lines that distort the picture and ask again."""
    layers = "".join(f"Layer({one.distortion!r}, {shown(one.level)}), " for one in kept.layers)
    imports = "from replearn.core.question import Question\n"
    imports += "from replearn.distortions.stack import Layer, Stack\n" if layers else ""
    return (
        f"import replearn\n{imports}\n{question_code(question)}"
        "found = replearn.distorted_answer(\n"
        f"{picture_line(path)}"
        f"    {found.distortion!r},\n"
        f"    {shown(found.level)},\n"
        f"    model={model!r},\n"
        "    labels=question,\n"
        "    seed=0,\n" + (f"    before=Stack(({layers})),\n" if layers else "") + ")\n"
        "print(found.clean.top(), found.changed.top(), found.cosine_to_clean)\n"
    )


def train_code(recipe: str, settings: dict[str, Any]) -> str:
    """Return lines that train the same model."""
    given = "".join(f"    {name}={value!r},\n" for name, value in settings.items())
    return (
        f"import replearn\n\nfolder = replearn.train(\n    {recipe!r},\n{given})\nprint(folder)\n"
    )
