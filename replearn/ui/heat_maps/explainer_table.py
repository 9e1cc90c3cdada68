"""How the methods compare over many pictures: the benchmark that ships."""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.plotting.heat_maps.benchmark_table import benchmark_table
from replearn.results.explainer_benchmark import MEASURES, MethodTrial, figures
from replearn.results.rows.explainers import (
    read_explainer_trials,
    shipped_explainer_trials,
)
from replearn.ui.frame.turns import LATEST, Turns

COMMAND = "python -m replearn benchmark explainers --model MODEL --dataset folder:PATH"


def explainer_table(turns: Turns, model: gr.State) -> None:
    """Build the table, folded; it shows the model at hand, or the first that was measured."""
    with gr.Accordion(
        "how the methods compare, over many pictures", open=False, elem_id="explainer-table"
    ) as folded:
        gr.Markdown(_meanings(), elem_classes="rl-card")
        said = gr.Markdown(elem_classes="rl-card")
        table = gr.Dataframe(interactive=False, wrap=True, show_label=False, buttons=[])
    turn = turns.panel("explainer-table", "heat-maps", folded)
    turn.change(_table, model, [said, table], **LATEST)


def _meanings() -> str:
    lines = [f"- *{name}*: {meaning}" for name, meaning in MEASURES.items()]
    return "Means with their 95 % intervals.\n\n" + "\n".join(lines)


def _table(model: str) -> tuple[str, Any]:
    try:
        trials = read_explainer_trials(shipped_explainer_trials())
    except ReplearnError as error:
        return str(error), None
    if not trials:
        return f"Nothing is measured yet: `{COMMAND}`.", None
    first = next((one for one in trials if one.model == model), trials[0])
    shown = [one for one in trials if (one.model, one.dataset) == (first.model, first.dataset)]
    headings, rows = benchmark_table(figures(shown), first.model)
    return _origin(first), gr.update(value={"headers": headings, "data": rows})


def _origin(first: MethodTrial) -> str:
    return (
        f"`{first.model} {first.fingerprint[:6]}` on `{first.dataset}`, seed {first.seed}. "
        f"Another model, or more pictures: `{COMMAND}`."
    )
