"""Supervised against zero-shot: who holds when the data drift away?"""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.plotting.generalisation.shift_figures import shift_figure
from replearn.results.shift import ShiftTable
from replearn.studies.generalisation.shift import shipped_shift_table
from replearn.studies.generalisation.shift_examples import own_examples, shipped_examples
from replearn.studies.generalisation.shift_tasks import SHIPPED_SHIFTS, shipped_shift
from replearn.ui.frame.components import code_panel, described
from replearn.ui.frame.figure import Shown, draws, figure, refusing, shows, unchanged
from replearn.ui.frame.turns import LATEST, QUIET
from replearn.ui.generalisation.shift_folders import shift_folders
from replearn.ui.generalisation.shift_table_view import published_table
from replearn.ui.generalisation.shift_viewer import shift_viewer

FIRST = "shapes"
CODE = """import replearn

found = replearn.shipped_shift_table("shapes")  # or "shapes-tied", "emoji"
print(found.cells["new textures", "shapes-clip"])
rows = {"photos": "folder:A", "sketches": "folder:B"}
own = replearn.shift(rows, ["imagenet", "photo-clip", "probe:imagenet"], clean="photos")
print(own.cells["sketches", "photo-clip"].accuracy, own.differences)
"""


def data_shift_panel(tab: gr.Tab) -> None:
    """Build the panel; its first tables ship."""
    described(
        "**Who holds when the data drift away?** Models that were fitted on labels against models "
        "that only read, on pictures unlike those they know.",
        "A row is a data set, each cell an accuracy with its 95 % interval. In the plot a model "
        "that is better without the shift is usually better with it, along a line (logit axes): "
        "grey points are linear probes, and the line is theirs. How far a model stands above the "
        "line of the probes on other networks than its own is its effective robustness, in "
        "accuracy: what it has beyond being good. "
        "The dotted diagonal is no loss at all. "
        "[Taori et al. 2020](https://arxiv.org/abs/2007.00644), "
        "[Miller et al. 2021](https://arxiv.org/abs/2107.04649).",
        "The line goes through ten to twenty probes on few networks, not through the two hundred "
        "networks of Taori et al., and is carried on where a model stands beyond them; one that "
        "guesses can't fall below chance, and so stands above a line that does. Zero-shot is no "
        "magic: "
        "what counts is what was seen in training (shapes-clip read captions of the same world, "
        "emoji-clip saw openmoji's drawings). CLIP's figures are of photographs: compare the "
        "pattern, not the numbers.",
        ("Radford et al. 2021 (CLIP)", "https://arxiv.org/abs/2103.00020"),
    )
    with gr.Row():
        with gr.Column(scale=1, min_width=340):
            gr.Markdown("Published: ImageNet and its shifts (no intervals given)")
            gr.Markdown(published_table(), elem_id="drift-published", elem_classes="rl-numbers")
        with gr.Column(scale=1, min_width=300):
            data = gr.Radio(
                [(one.title, name) for name, one in SHIPPED_SHIFTS.items()],
                value=FIRST,
                label="Ours",
                elem_id="drift-data",
            )
            about = gr.Markdown(elem_id="drift-about")
    view = shift_viewer(about)
    with gr.Accordion("Pictures of every row", open=False, elem_id="drift-pictures"):
        look = gr.Button("show six of each (some seconds)", size="sm", elem_id="drift-look")
        with figure("drift-pictures"):
            pictures = gr.Gallery(
                label="Pictures",
                columns=6,
                height="auto",
                object_fit="contain",
                allow_preview=False,
                buttons=[],
                elem_id="drift-gallery",
            )
    shift_folders(view)
    code_panel("drift-code", CODE)

    def shipped_shown(chosen: str) -> Shown:
        try:
            return view.shown(shipped_shift_table(chosen), shipped_shift(chosen).about, {})
        except ReplearnError as error:
            return {view.refused: str(error), view.rows: {}}

    def shifts_opened(kept: ShiftTable | None, chosen: str) -> Shown:
        """Show what ships, but where a table stands already: perhaps the user's own."""
        return shipped_shown(chosen) if kept is None else unchanged()

    @refusing(view.refused)
    def rows_pictured(chosen: str, rows: dict[str, str]) -> Shown:
        """Show pictures of the user's own rows where those are shown, else of what ships."""
        found = own_examples(rows) if rows else shipped_examples(chosen)
        return {pictures: [(one, name) for name, some in found for one in some]}

    shows("drift", tab.select(shifts_opened, [view.kept, data], view.outputs, **QUIET))
    shows("drift", data.input(shipped_shown, data, view.outputs, **LATEST))
    view.row.input(_plot, [view.kept, view.row], view.canvas, **LATEST)
    draws(
        "drift-pictures",
        [look.click],
        rows_pictured,
        [data, view.rows],
        [pictures, view.refused],
        view.refused,
        show_progress_on=[pictures],
    )


def _plot(found: ShiftTable | None, row: str) -> Any:
    return gr.skip() if found is None or row not in found.rows[1:] else shift_figure(found, row)
