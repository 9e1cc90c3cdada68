"""Models: which there are, and what is on this computer."""

from typing import Any

import gradio as gr

from replearn.core.settings import from_environment
from replearn.encoders.registry import models
from replearn.ui.frame.turns import QUIET, Turns

GETTING = (
    " Choose *get another…* at the end of the list above to fetch one; or type a name there: "
    "`hf-hub:OWNER/NAME`, `ViT-B-32/laion2b_s34b_b79k` or any other of OpenCLIP, a folder, a file. "
    "Data sets are fetched in the same way."
)
COLUMNS = ["model", "what", "parameters", "licence", "published figure", "where"]


def models_tab(turns: Turns) -> None:
    """Build the tab."""
    gr.Markdown(
        "**Which models are there?** What is marked *here* works with no network."
        + (GETTING if from_environment().may_download else ""),
        elem_classes="rl-question",
    )
    table = gr.Dataframe(
        headers=COLUMNS,
        interactive=False,
        wrap=True,
        column_widths=["190px", "260px", "95px", "110px", "140px", "110px"],
        elem_id="models-table",
    )
    turns.opened("models")(_rows, None, table, **QUIET)


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
