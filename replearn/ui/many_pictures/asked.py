"""The questions of the tab Many pictures, as Python and as they are taken home."""

from collections.abc import Sequence
from pathlib import Path

from replearn.core.question import Question
from replearn.results.many_pictures import CosineMatrix, Evaluation, Prediction
from replearn.taking_home.answers import accuracy_table, cosines_table, suggestions_table
from replearn.taking_home.asked import Asked, Place
from replearn.ui.frame.code import question_code

TAB = "Many pictures"


def cosines_entry(paths: Sequence[str], found: CosineMatrix) -> Asked:
    """Return the question behind a matrix of cosines.

    Args:
        paths: of the pictures; () means the examples.
        found: the matrix.
    """
    model, texts = found.stamp.model, list(found.texts)

    def code(place: Place) -> str:
        given = [place(path) for path in paths]
        away = any(Path(one).is_absolute() for one in given)
        names = [Path(one).name for one in given] if away else given
        note = "  # your pictures: write where they lie" if away else ""
        pictures = repr(names) if given else "[photos[i].image for i in range(len(photos))]"
        return (
            "import replearn\n\n"
            + ("" if given else 'photos = replearn.load_dataset("photos")\n')
            + f"found = replearn.cosine_matrix(\n    {pictures},{note}\n    {texts!r},\n"
            f"    model={model!r},\n)\nprint(found.cosines.tolist())\n"
        )

    return Asked(
        TAB,
        f"How near do {len(found.pictures)} pictures stand to {len(texts)} labels, to {model}?",
        (tuple(paths), model),
        code,
        str(found.stamp),
        cosines_table(found),
    )


def accuracy_entry(dataset: str, question: Question, found: Evaluation) -> Asked:
    """Return the question behind an accuracy."""
    model = found.stamp.model
    return Asked(
        TAB,
        f"How often is {model} right about {dataset}?",
        (dataset, model),
        lambda _: (
            "import replearn\nfrom replearn.core.question import Question\n\n"
            f"{question_code(question)}"
            f"found = replearn.evaluate(replearn.load_dataset({dataset!r}), {model!r}, question)\n"
            "print(found.accuracy.value, found.reliability.ece)\n"
        ),
        str(found.stamp),
        accuracy_table(found),
    )


def suggestions_entry(
    dataset: str, labels: Sequence[str], model: str, found: Sequence[Prediction]
) -> Asked:
    """Return the question behind suggested labels."""
    return Asked(
        TAB,
        f"Which labels does {model} suggest for {dataset}?",
        (dataset, model),
        lambda _: (
            "import replearn\n\n"
            f"rows = list(replearn.suggest_labels({dataset!r}, {list(labels)!r}, {model!r}))\n"
            "for row in rows[:10]:\n    print(row.id, row.prediction, row.confidence)\n"
        ),
        f"{model} | n = {len(found):,}",
        suggestions_table(found),
    )
