"""How the methods compare over many pictures: the benchmark that ships."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from replearn.core.benchmark_results import MEASURES, MethodTrial, figures
from replearn.core.errors import ReplearnError
from replearn.plotting.benchmark_table import benchmark_table
from replearn.studies.explainer_rows import read_explainer_trials, shipped_explainer_trials

COMMAND = "python -m replearn benchmark explainers --model MODEL --dataset folder:PATH"


def explainer_table(model: gr.Dropdown) -> None:
    """Build the table, folded; it shows the model at hand, or the first that was measured."""
    with gr.Accordion(
        "how the methods compare, over many pictures", open=False, elem_id="explainer-table"
    ) as folded:
        gr.Markdown(_meanings(), elem_classes="rl-card")
        said = gr.Markdown(elem_classes="rl-card")
        table = gr.Dataframe(interactive=False, wrap=True, show_label=False, buttons=[])
    how: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    gr.on([folded.expand, model.change], _table, model, [said, table], **how)


def _meanings() -> str:
    lines = [f"*{name}*: {meaning}." for name, meaning in MEASURES.items()]
    return "Means with their 95 % intervals. " + " ".join(lines)


def _table(model: str) -> tuple[str, Any]:
    try:
        trials = read_explainer_trials(shipped_explainer_trials())
    except ReplearnError as error:
        return str(error), None
    measured = list(dict.fromkeys(trial.model for trial in trials))
    if not measured:
        return f"Nothing is measured yet: `{COMMAND}`.", None
    shown = model if model in measured else measured[0]
    headings, rows = benchmark_table(figures(trials), shown)
    return _origin([one for one in trials if one.model == shown]), gr.update(
        value={"headers": headings, "data": rows}
    )


def _origin(trials: Sequence[MethodTrial]) -> str:
    first = trials[0]
    return (
        f"`{first.model} {first.fingerprint[:6]}`, seed {first.seed}. "
        f"Another model, or more pictures: `{COMMAND}`."
    )
