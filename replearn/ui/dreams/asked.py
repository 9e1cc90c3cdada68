"""A drawn picture as it is taken home."""

from collections.abc import Iterator

from replearn.plotting.enlarged import enlarged
from replearn.results.dreams import Dream
from replearn.taking_home.asked import Asked, Shot, Table
from replearn.ui.dreams.controls import DreamAsked
from replearn.ui.dreams.viewer import DreamViewer
from replearn.ui.frame.code import dream_code
from replearn.ui.frame.figure import Shown
from replearn.ui.frame.keeping import ASKED


def shown_and_kept(
    view: DreamViewer, growing: Iterator[Dream], wanted: DreamAsked, model: str
) -> Iterator[Shown]:
    """Show a picture as it grows, and hand over the finished one."""
    for found in growing:
        yield view.values(found)
    yield {ASKED: dream_entry(wanted, found, model)}


def dream_entry(wanted: DreamAsked, found: Dream, model: str) -> Asked:
    """Return the question that a finished picture answers."""
    rows = (("score of what was asked", found.score),)
    return Asked(
        "Dreams",
        f"What would {model} like to see for {found.target}?",
        (model, found.target, wanted.choice),
        lambda _: dream_code(wanted, model),
        str(found.stamp),
        Table(("figure", "value"), rows),
        shots=tuple(Shot(enlarged(one, 224)) for one in found.images),
    )
