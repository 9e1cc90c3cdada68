"""Generalisation: does it cope with what it hasn't seen? Two ways to ask, a tab each."""

import gradio as gr

from replearn.ui.frame.turns import Turns
from replearn.ui.generalisation.data_shift_panel import data_shift_panel
from replearn.ui.generalisation.matrix_tab import matrix_tab
from replearn.ui.lessons.introduced import try_line


def generalisation_tab(turns: Turns) -> None:
    """Build the tab; the first of the two is drawn when it opens."""
    try_line("matrix")
    with gr.Tabs():
        with gr.Tab("Train on one, test on all", id="one-on-all"):
            matrix_tab(turns)
        with gr.Tab("Supervised against zero-shot", id="shift") as shift:
            data_shift_panel(shift)
