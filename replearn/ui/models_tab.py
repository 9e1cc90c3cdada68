"""Models: which there are, what is on this computer, and fetching one."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.data.downloads import is_downloadable
from replearn.data.torchvision_sets import TORCHVISION
from replearn.encoders.catalogue import CATALOGUE
from replearn.encoders.downloads import download_in_child
from replearn.encoders.registry import models
from replearn.ui.components import notice

COLUMNS = ["model", "what", "parameters", "licence", "published figure", "where"]


def models_tab() -> None:
    """Build the tab."""
    gr.Markdown(
        "**Which models are there?** What is marked *here* works with no network. Any other "
        "OpenCLIP model can be named as `open_clip:ARCHITECTURE/TAG` once it has been downloaded. "
        "Data sets are fetched here too: torchvision's, and those of the hub as `hf:OWNER/NAME`.",
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
            _downloads(),
            label="Download",
            allow_custom_value=True,
            elem_id="download-name",
        )
        start = gr.Button("download", size="sm", scale=0, elem_id="download")
        stop = gr.Button("stop", size="sm", variant="stop", scale=0)
    line = notice("download-notice")
    running = start.click(_download, wanted, line, api_visibility="private")
    stop.click(lambda: "Stopped.", None, line, cancels=[running], api_visibility="private")


def _downloads() -> list[tuple[str, str]]:
    models = [(entry.name, entry.megabytes) for entry in CATALOGUE]
    data = [(f"torchvision:{name}", entry.megabytes) for name, entry in TORCHVISION.items()]
    return [(f"{name} ({megabytes:,} MB)", name) for name, megabytes in (*models, *data)]


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
        yield "Choose a model or a data set to download."
        return
    yield "Asking for it…"
    try:
        yield from download_in_child(name)
    except ReplearnError as error:
        yield str(error)
        return
    where = "Pictures in the Training tab" if is_downloadable(name) else "Model"
    yield f"{name} is on this computer now; type its name under {where}."
