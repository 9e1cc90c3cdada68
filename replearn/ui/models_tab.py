"""Models: which there are, what is on this computer, and fetching one."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.encoders.catalogue import CATALOGUE
from replearn.encoders.downloads import download_in_child
from replearn.encoders.registry import models
from replearn.ui.components import notice

COLUMNS = ["model", "what", "parameters", "licence", "published figure", "where"]


def models_tab() -> None:
    """Build the tab."""
    gr.Markdown(
        "**Which models are there?** What is marked *here* works with no network. Any other "
        "OpenCLIP model can be named as `open_clip:ARCHITECTURE/TAG` once it has been downloaded.",
        elem_classes="rl-question",
    )
    gr.Dataframe(
        value=_rows,
        headers=COLUMNS,
        interactive=False,
        wrap=True,
        column_widths=["22%", "28%", "10%", "12%", "14%", "14%"],
        elem_id="models-table",
    )
    with gr.Row():
        wanted = gr.Dropdown(
            [(f"{entry.name} ({entry.megabytes} MB)", entry.name) for entry in CATALOGUE],
            label="Download",
            allow_custom_value=True,
            elem_id="download-name",
        )
        start = gr.Button("download", size="sm", scale=0, elem_id="download")
        stop = gr.Button("stop", size="sm", variant="stop", scale=0)
    line = notice("download-notice")
    running = start.click(_download, wanted, line, api_visibility="private")
    stop.click(lambda: "Stopped.", None, line, cancels=[running], api_visibility="private")


def _rows() -> list[list[Any]]:
    return [
        [
            row.name,
            row.summary,
            f"{row.parameters / 1e6:.1f} M" if row.parameters else "",
            row.licence,
            row.published,
            "here" if row.on_disk else f"download, {row.download_megabytes} MB",
        ]
        for row in models()
    ]


def _download(name: str | None) -> Iterator[str]:
    if not name:
        yield "Choose a model to download."
        return
    yield "Asking the hub…"
    try:
        yield from download_in_child(name)
    except ReplearnError as error:
        yield str(error)
        return
    yield f"{name} is on this computer now; type its name under Model."
