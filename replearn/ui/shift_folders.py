"""A user's own data sets as the rows of a shift."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.core.settings import from_environment
from replearn.core.shift_results import ShiftTable
from replearn.data.places import downloaded
from replearn.studies.shift import shift
from replearn.ui.components import notice
from replearn.ui.stopping import Stops
from replearn.ui.subject import DATA, model_names

View = Callable[[ShiftTable, str], tuple[Any, ...]]
PROBED = "probe:imagenet"
_stops = Stops("Stopped; nothing was compared.")


def shift_folders(shown: list[Any], kept: gr.State, view: View) -> None:
    """Build the controls; what they compute is shown by the panel's own components.

    Args:
        shown: the panel's components, the last of them its notice.
        kept: gets the rows, name to data set, once they are compared.
        view: a table and a line about it to the components' values.
    """
    names = model_names(from_environment())
    with gr.Accordion("Your own folders as rows", open=False, elem_id="drift-own"):
        gr.Markdown(
            "All rows have the same classes, one folder a class. The first row is the one without "
            "a shift. A probe is fitted on four fifths of it; the fifth that is left is tested."
        )
        with gr.Row():
            name = gr.Textbox(label="Name", max_lines=1, max_length=60, elem_id="drift-row-name")
            place = gr.Dropdown(
                [*DATA, *downloaded()],
                label="Data set",
                info="or type folder:PATH",
                allow_custom_value=True,
                elem_id="drift-row-place",
            )
            add = gr.Button("add row", size="sm", elem_id="drift-row-add")
        lines = gr.Textbox(
            label="Rows, one a line: name = data set", lines=3, max_lines=8, elem_id="drift-rows"
        )
        models = gr.Dropdown(
            [*names, *(f"probe:{one}" for one in names)],
            value=[names[0], PROBED],
            label="Models",
            multiselect=True,
            elem_id="drift-models",
        )
        with gr.Row():
            run = gr.Button("compare", size="sm", variant="primary", elem_id="drift-run")
            stop = gr.Button("stop", size="sm", variant="stop")
        refused = notice("drift-own-notice")
        saved = gr.DownloadButton("every answer as CSV", size="sm", elem_id="drift-csv")
    add.click(
        _added,
        [lines, name, place],
        [lines, name, place, refused],
        api_visibility="private",
        show_progress="hidden",
    )

    def computed(
        text: str,
        chosen: list[str],
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> tuple[Any, ...]:
        folder = Path(tempfile.mkdtemp(dir=os.environ.get("GRADIO_TEMP_DIR")))
        path = folder / "replearn-shift.csv"
        try:
            rows = _rows(text)
            found = shift(rows, chosen, out=path, progress=_stops.progress(request, progress))
        except ReplearnError as error:
            return (*[gr.skip()] * (len(shown) + 1), str(error), gr.skip())
        return (*view(found, "Your own rows."), rows, None, str(path))

    run.click(
        computed,
        [lines, models],
        [*shown, kept, refused, saved],
        concurrency_limit=1,
        concurrency_id="long",
        api_visibility="private",
    )
    stop.click(_stops.wish, None, refused, api_visibility="private", show_progress="hidden")


def _added(lines: str, name: str, place: str | None) -> tuple[Any, ...]:
    if not name.strip() or not (place or "").strip():
        return gr.skip(), gr.skip(), gr.skip(), "Give the row a name and a data set."
    text = "\n".join(line for line in (*lines.splitlines(), f"{name.strip()} = {place}") if line)
    return text, "", None, None


def _rows(text: str) -> dict[str, str]:
    rows: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, equals, place = (part.strip() for part in line.partition("="))
        if not (name and equals and place):
            raise InputError(f"{line!r} is no row; write name = folder:PATH.")
        if name in rows:
            raise InputError(f"Two rows are called {name}; give each its own name.")
        rows[name] = place
    return rows
