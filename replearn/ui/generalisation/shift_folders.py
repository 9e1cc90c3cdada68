"""A user's own data sets as the rows of a shift."""

import gradio as gr

from replearn.core.errors import InputError
from replearn.core.settings import from_environment
from replearn.data.places import downloaded
from replearn.studies.generalisation.shift import shift
from replearn.ui.frame.components import notice
from replearn.ui.frame.figure import Shown, refusing
from replearn.ui.frame.saving import new_file
from replearn.ui.frame.stopping import Stops
from replearn.ui.frame.subject_names import DATA, model_names
from replearn.ui.generalisation.shift_viewer import ShiftViewer

PROBED = "probe:imagenet"
_stops = Stops("Stopped; nothing was compared.")


def shift_folders(view: ShiftViewer) -> None:
    """Build the controls; what they compute is shown by the panel's own components."""
    settings = from_environment()
    names = model_names(settings)
    with gr.Accordion(
        "Your own folders as rows", open=False, visible=settings.opens_folders, elem_id="drift-own"
    ):
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
        with gr.Row(elem_classes="rl-buttons"):
            run = gr.Button("compare", size="sm", variant="primary", elem_id="drift-run")
            stop = gr.Button("stop", size="sm", variant="stop", elem_id="drift-stop")
        refused = notice("drift-own-notice")
        saved = gr.DownloadButton("every answer as CSV", size="sm", elem_id="drift-csv")

    @refusing(refused)
    def row_added(text: str, called: str, given: str | None) -> Shown:
        if not called.strip() or not (given or "").strip():
            raise InputError("Give the row a name and a data set.")
        rows = (*text.splitlines(), f"{called.strip()} = {given}")
        return {lines: "\n".join(filter(None, rows)), name: "", place: None}

    add.click(
        row_added,
        [lines, name, place],
        [lines, name, place, refused],
        api_visibility="private",
        show_progress="hidden",
    )

    @refusing(refused)
    def rows_compared(
        text: str,
        chosen: list[str],
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        path, rows = new_file("replearn-shift.csv"), _rows(text)
        found = shift(rows, chosen, out=path, progress=_stops.progress(request, progress))
        return {**view.shown(found, "Your own rows.", rows), saved: str(path)}

    run.click(
        rows_compared,
        [lines, models],
        [*view.outputs, refused, saved],
        concurrency_limit=1,
        concurrency_id="long",
        api_visibility="private",
    )
    stop.click(_stops.wish, None, refused, api_visibility="private", show_progress="hidden")


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
