"""Generalisation: does it cope with what it hasn't seen? Two ways to ask, a tab each."""

import gradio as gr

from replearn.ui.data_shift_panel import data_shift_panel
from replearn.ui.matrix_tab import matrix_tab


def generalisation_tab(tab: gr.Tab) -> None:
    """Build the tab; the first of the two is drawn when it opens."""
    with gr.Tabs():
        with gr.Tab("Train on one, test on all", id="one-on-all"):
            matrix_tab(tab)
        with gr.Tab("Supervised against zero-shot", id="shift") as shift:
            data_shift_panel(shift)
