"""Who sees a run, where others reach the page: its owner says."""

import gradio as gr

from replearn.ui.frame.figure import Shown, refusing
from replearn.ui.frame.turns import QUIET


def sharing_box() -> gr.Checkbox:
    """Return the box that lets all see a run; its owner sees it, where others are there."""
    return gr.Checkbox(
        label="all who use this page may see this run", visible=False, elem_id="share-run"
    )


def sharing_of(name: str) -> gr.Checkbox:
    """Return how the box stands for a run."""
    from replearn.studies.training.runs import sharing

    told = sharing(name)
    return gr.Checkbox(value=bool(told), visible=told is not None)


def listen(box: gr.Checkbox, run: gr.Dropdown, refused: gr.HTML) -> None:
    """Follow the box."""

    @refusing(refused)
    def told_others(name: str, shared: bool) -> Shown:
        from replearn.studies.training.runs import share_run

        share_run(name, shared)
        return {refused: None}

    box.input(told_others, [run, box], refused, **QUIET)
