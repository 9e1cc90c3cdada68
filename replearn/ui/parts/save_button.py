"""A button that hands a file to the browser."""

from collections.abc import Callable
from typing import Any

import gradio as gr


def save_button(name: str, write: Callable[[Any], str | None], kept: gr.State) -> None:
    """Build the button; its id is save-`name`.

    Args:
        name: of what is saved.
        write: from what is kept to a file's path, or None where nothing is kept.
        kept: what was shown last.
    """
    save = gr.Button("save", size="sm", elem_id=f"save-{name}")
    saved = gr.DownloadButton(visible="hidden", elem_id=f"saved-{name}")
    save.click(write, kept, saved, api_visibility="private").then(
        None, None, None, js=f"() => document.querySelector('#saved-{name}').click()"
    )
