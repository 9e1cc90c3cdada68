"""Where fooled answers are seen: pictures, a line, what undoes them."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.plotting.dreams.files import evolved_zip, fooled_zip, smallest_zip
from replearn.plotting.dreams.tables import (
    UNDONE_COLUMNS,
    evolved_line,
    fooled_line,
    smallest_line,
    undone_rows,
)
from replearn.plotting.enlarged import enlarged
from replearn.results.dreams import Evolved, Fooled, SmallestChange
from replearn.ui.frame.components import stamp
from replearn.ui.frame.figure import Shown, figure
from replearn.ui.frame.saving import new_file, writes

LEAST = 224  # pixels a side


@dataclass(frozen=True)
class FoolingView:
    """The components, and the zip that can be saved."""

    shown: gr.Gallery
    line: gr.Markdown
    table: gr.Dataframe
    origin: gr.HTML
    zipped: gr.State

    @property
    def outputs(self) -> list[Any]:
        """All of them."""
        return [self.shown, self.line, self.table, self.origin, self.zipped]

    def of_fooled(self, found: Fooled) -> Shown:
        """Return what shows a fooled answer."""
        return {
            self.shown: [
                (enlarged(found.original, LEAST), f"before: {found.first}"),
                (enlarged(found.image, LEAST), f"after: {found.target} {found.probability:.2f}"),
                (enlarged(found.changes, LEAST), _times(found.magnified)),
            ],
            self.line: f"{fooled_line(found)}.",
            self.table: gr.Dataframe(undone_rows(found.undone), visible=True),
            self.origin: {"text": str(found.stamp)},
            self.zipped: fooled_zip(found),
        }

    def of_smallest(self, found: SmallestChange) -> Shown:
        """Return what shows the smallest change that was found."""
        return {
            self.shown: [
                (enlarged(found.original, LEAST), f"before: {found.before}"),
                (enlarged(found.image, LEAST), f"after: {found.after}"),
                (enlarged(found.changes, LEAST), _times(found.magnified)),
            ],
            self.line: f"{smallest_line(found)}.",
            self.table: gr.Dataframe(visible=False),
            self.origin: {"text": str(found.stamp)},
            self.zipped: smallest_zip(found),
        }

    def of_evolved(self, found: Evolved) -> Shown:
        """Return what shows a pattern that evolved."""
        probability = found.probabilities[-1]
        return {
            self.shown: [
                (enlarged(found.ancestor, LEAST), "the best of the first generation"),
                (enlarged(found.image, LEAST), f"evolved: {found.target} {probability:.2f}"),
            ],
            self.line: f"{evolved_line(found)}.",
            self.table: gr.Dataframe(undone_rows(found.undone), visible=True),
            self.origin: {"text": str(found.stamp)},
            self.zipped: evolved_zip(found),
        }


def fooling_view() -> FoolingView:
    """Build the components."""
    with figure("fooling"):
        shown = gr.Gallery(
            label="Before, after, and the change magnified",
            columns=3,
            height="auto",
            object_fit="contain",
            allow_preview=False,
            format="png",
            buttons=[],
            elem_id="fooled",
        )
        line = gr.Markdown(elem_id="fooled-line")
        table = gr.Dataframe(
            headers=UNDONE_COLUMNS,
            interactive=False,
            wrap=True,
            visible=False,
            label="What undoes it, and whom else it fools",
            elem_id="undone",
        )
        origin = stamp("fooling-stamp")
    return FoolingView(shown, line, table, origin, gr.State(None))


@writes()
def saved_fooled(zipped: bytes | None) -> str | None:
    """Write what is seen to a file that the page may hand out; return its path."""
    if zipped is None:
        return None
    target = new_file("replearn-fooled.zip")
    target.write_bytes(zipped)
    return str(target)


def _times(magnified: float) -> str:
    return f"the change, {magnified:.0f} times as strong"
