"""A cell of the matrix, as Python and as it is taken home."""

from PIL import Image

from replearn.plotting.enlarged import enlarged
from replearn.results.matrix import MatrixCell
from replearn.taking_home.asked import Asked, Shot, Table


def cell_code(network: str, evaluation: str) -> str:
    """Return lines that open the cell, and the whole matrix."""
    return (
        "import replearn\n\n"
        f"cell = replearn.matrix_cell({network!r}, {evaluation!r})\n"
        "print([one.value for one in cell.accuracies], cell.confused)\n"
        "found = replearn.matrix()\n"
        "print(found.accuracy.mean(2).round(2))  # (9 manipulations, 20 networks)\n"
    )


def cell_entry(evaluation: str, found: MatrixCell) -> Asked:
    """Return the question that a cell answers.

    Args:
        evaluation: the name of the manipulation at test time.
        found: the cell.
    """
    rows = [(f"seed {i + 1}", one.value, str(one.n)) for i, one in enumerate(found.accuracies)]
    return Asked(
        "Generalisation",
        f"Does {found.network}, trained on {', '.join(found.trained_on)}, cope with "
        f"{found.evaluation}?",
        (found.network, evaluation),
        lambda _: cell_code(found.network, evaluation),
        f"{found.network} | shapes, test | ships",
        Table(("network of", "accuracy", "n"), tuple(rows)),
        f"Published: {found.published:.2f}.",
        tuple(Shot(enlarged(Image.fromarray(one))) for one in found.examples[:4]),
    )
