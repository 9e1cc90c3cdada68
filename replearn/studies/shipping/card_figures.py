"""The figures on a shipped model's card, by name."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from replearn.core.progress import Progress
from replearn.core.registry import resolve
from replearn.results.rows.training import read_rows

SIZE = 3000  # test pictures
SEED = 7  # another than that of training's measurements

# name -> a function (model, its folder, progress) -> what was measured: figures as text
FIGURES = {
    "own head": "replearn.studies.shipping.card_figures:own_head",
    "untrained": "replearn.studies.shipping.card_figures:untrained",
    "prompts": "replearn.studies.shipping.card_figures:prompts",
    "designers": "replearn.studies.shipping.card_figures:designers",
    "names": "replearn.studies.shipping.card_figures:names",
}
Figure = Callable[[str, Path, Progress], dict[str, str]]


def card_figures(
    names: tuple[str, ...], model: str, folder: Path, progress: Progress
) -> dict[str, str]:
    """Measure what a card shows.

    Args:
        names: entries of `FIGURES`.
        model: the model.
        folder: with its rows.csv.
        progress: told as the work goes.
    """
    found: dict[str, str] = {}
    for name in names:
        measure = cast(Figure, resolve("figure", name, FIGURES))
        found |= measure(model, folder, progress)
    return found


def own_head(model: str, folder: Path, progress: Progress) -> dict[str, str]:  # noqa: ARG001
    """Return the accuracy of the model's last layer on solids."""
    from replearn.data.shapes.dataset import Shapes
    from replearn.studies.many_pictures.evaluate import evaluate

    return {
        f"solid, its own head, {split}": str(
            evaluate(Shapes(split, SEED, SIZE), model, progress=progress).accuracy
        )
        for split in ("test", "held-out")
    }


def untrained(model: str, folder: Path, progress: Progress) -> dict[str, str]:  # noqa: ARG001
    """Return what the same network read before its first step, as the curve tells it."""
    first = read_rows(folder)[0]
    if first.step or first.probe is None or first.knn is None:
        return {}
    note = f"linear probe {first.probe:.2f}, kNN {first.knn:.2f} (n = 1,000)"
    return {"solid, the same network untrained, test": note}


def prompts(model: str, folder: Path, progress: Progress) -> dict[str, str]:  # noqa: ARG001
    """Return zero-shot accuracies on solids, colours, both and relations."""
    from replearn.studies.training.prompt_accuracy import prompt_accuracy

    chance = {"solid": "1 in 8", "colour": "1 in 8", "colour and solid": "1 in 64"}
    chance["relation"] = "1 in 2"
    asked = [(name, split) for name in chance for split in ("test", "held-out")]
    return {
        f"{name}, zero-shot from prompts, {split} (chance {chance[name]})": str(
            prompt_accuracy(model, name, split, SIZE, SEED, progress)
        )
        for name, split in asked
    }


def designers(model: str, folder: Path, progress: Progress) -> dict[str, str]:  # noqa: ARG001
    """Return how often a held-out emoji is found in the other designer's hand."""
    from replearn.studies.training.designer_retrieval import designer_retrieval

    found = designer_retrieval(model, progress)
    raw = designer_retrieval("shapes-untrained", progress)
    return {
        f"the same emoji in the other hand, held out (chance 1 in {found.n})": str(found),
        "the same, by the untrained network": str(raw),
    }


def names(model: str, folder: Path, progress: Progress) -> dict[str, str]:  # noqa: ARG001
    """Return how often a held-out emoji's nearest name is its own."""
    from replearn.studies.training.designer_retrieval import name_retrieval

    found = name_retrieval(model)
    return {f"an emoji's own name, held out (chance 1 in {found.n})": str(found)}
