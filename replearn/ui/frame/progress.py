"""Studies' progress, shown by Gradio."""

import gradio as gr

from replearn.core.progress import Progress


def to_page(progress: gr.Progress) -> Progress:
    """Return a study's progress function that moves the page's bar."""

    def report(done: int, total: int, what: str) -> None:
        progress((done, total), desc=what, unit="")

    return report
