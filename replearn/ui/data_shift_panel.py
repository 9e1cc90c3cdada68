"""Supervised against zero-shot: who holds when the data drift away?"""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.shift_results import ShiftTable
from replearn.plotting.shift_figures import shift_figure
from replearn.studies.shift import shipped_shift_table
from replearn.studies.shift_examples import own_examples, shipped_examples
from replearn.studies.shift_tasks import SHIPPED_SHIFTS, shipped_shift
from replearn.ui.components import described, notice, plot, stamp
from replearn.ui.shift_folders import shift_folders
from replearn.ui.shift_table_view import (
    accuracy_table,
    findings_list,
    published_table,
    robustness_table,
)

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
    table = gr.Markdown(elem_id="drift-table", elem_classes="rl-numbers")
    origin = stamp("drift-stamp")
    judged = gr.Markdown(elem_id="drift-findings")
    row = gr.Dropdown([], label="Shift in the plot", elem_id="drift-row")
    canvas = plot("drift-plot")
    heights = gr.Markdown(elem_id="drift-above", elem_classes="rl-numbers")
    refused = notice("drift-notice")
    kept, rows = gr.State(None), gr.State({})
    shown = [kept, about, table, origin, judged, row, canvas, heights, refused]
    with gr.Accordion("Pictures of every row", open=False, elem_id="drift-pictures"):
        look = gr.Button("show six of each (some seconds)", size="sm", elem_id="drift-look")
        pictures = gr.Gallery(
            label="Pictures",
            columns=6,
            height="auto",
            object_fit="contain",
            allow_preview=False,
            buttons=[],
            elem_id="drift-gallery",
        )
    shift_folders(shown, rows, _view)
    with gr.Accordion("code", open=False):
        gr.Code(CODE, language="python", interactive=False)

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    tab.select(_opened, [kept, data], [*shown, rows], **quiet)
    data.change(_shipped, data, [*shown, rows], trigger_mode="always_last", **quiet)
    row.input(_plot, [kept, row], canvas, trigger_mode="always_last", **quiet)
    look.click(_pictures, [data, rows], [pictures, refused], api_visibility="private")


def _opened(kept: ShiftTable | None, data: str) -> tuple[Any, ...]:
    """Show what ships, but where a table stands already: perhaps the user's own."""
    return (gr.skip(),) * 10 if kept is not None else _shipped(data)


def _shipped(data: str) -> tuple[Any, ...]:
    try:
        return *_view(shipped_shift_table(data), shipped_shift(data).about), {}
    except ReplearnError as error:
        return *[gr.skip()] * 8, str(error), {}


def _view(found: ShiftTable, about: str) -> tuple[Any, ...]:
    """Return what the panel shows of a table."""
    return (
        found,
        about,
        accuracy_table(found),
        {"text": f"chance {found.chance:.2f} | {found.stamp}"},
        findings_list(found),
        gr.Dropdown(list(found.rows[1:]), value=found.rows[1]),
        shift_figure(found, found.rows[1]),
        robustness_table(found),
        None,
    )


def _plot(found: ShiftTable | None, row: str) -> Any:
    return gr.skip() if found is None or row not in found.rows[1:] else shift_figure(found, row)


def _pictures(data: str, rows: dict[str, str]) -> tuple[Any, str | None]:
    """Return pictures of the user's own rows where those are shown, else of what ships."""
    try:
        found = own_examples(rows) if rows else shipped_examples(data)
        shown = [(one, name) for name, some in found for one in some]
    except ReplearnError as error:
        return gr.skip(), str(error)
    return shown, None
