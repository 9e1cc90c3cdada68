"""What the header offers to take home: a notebook of the session, and a report."""

from collections.abc import Callable

import gradio as gr

from replearn.core.errors import InputError
from replearn.taking_home.log import Entry, Log
from replearn.taking_home.notebook import notebook
from replearn.taking_home.report import report
from replearn.ui.frame.components import notice
from replearn.ui.frame.figure import Shown, refusing
from replearn.ui.frame.keeping import session_log
from replearn.ui.frame.saving import new_file
from replearn.ui.frame.turns import QUIET
from replearn.ui.taking_home.told import TELL, read_told

NOTHING = "Nothing was asked yet: ask about a picture in any tab, then take it home."
TOGGLE = """() => {
  const open = document.getElementById('taking-home').classList.toggle('rl-open');
  document.getElementById('take-home').setAttribute('aria-expanded', String(open));
}"""


def taking_home_button() -> gr.Button:
    """Return the button of the header that opens the panel."""
    return gr.Button("take home", size="sm", elem_id="take-home", scale=0)


def taking_home_panel(button: gr.Button) -> None:
    """Build the panel, which is seen once the button was pressed."""
    with gr.Row(elem_id="taking-home"):
        gr.Markdown(
            "Everything that was asked since the page was opened, in order: as a notebook that "
            "gives the same numbers, or as one page with pictures, stamps and your answers in the "
            "lessons.",
            elem_classes="rl-card",
        )
        made = gr.Button("notebook", size="sm", elem_id="take-notebook", scale=0)
        written = gr.Button("report", size="sm", elem_id="take-report", scale=0)
        notebook_file = gr.DownloadButton(visible="hidden", elem_id="notebook-saved")
        report_file = gr.DownloadButton(visible="hidden", elem_id="report-saved")
        told = gr.Textbox(visible="hidden", label="told", elem_id="home-told")
    refused = notice("taking-home-notice")

    @refusing(refused)
    def notebook_made(log: Log, told: str | None) -> Shown:
        target = new_file("replearn-notebook.zip")
        kept, pictures = _something(log), log.pictures()
        target.write_bytes(notebook(kept, pictures, read_told(told).page, log.left_out))
        return {notebook_file: str(target)}

    @refusing(refused)
    def report_written(log: Log, told: str | None) -> Shown:
        target, said = new_file("replearn-report.html"), read_told(told)
        text = report(_something(log), said.answers, said.page, log.left_out)
        target.write_text(text, encoding="utf-8")
        return {report_file: str(target)}

    button.click(None, None, None, js=TOGGLE, api_visibility="private")
    _hands_over(made, notebook_made, told, notebook_file, refused)
    _hands_over(written, report_written, told, report_file, refused)


def _hands_over(
    button: gr.Button,
    write: Callable[..., Shown],
    told: gr.Textbox,
    saved: gr.DownloadButton,
    refused: gr.HTML,
) -> None:
    """Let a button write a file and give it to the browser."""
    js = f"(log) => [log, {TELL}]"
    written = button.click(write, [session_log(), told], [saved, refused], js=js, **QUIET)
    click = f"() => document.querySelector('#{saved.elem_id}').click()"
    written.then(None, None, None, js=click, api_visibility="private")


def _something(log: Log) -> tuple[Entry, ...]:
    if not log.entries:
        raise InputError(NOTHING)
    return log.entries
