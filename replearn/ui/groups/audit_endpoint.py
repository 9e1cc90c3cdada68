"""The HTTP endpoint for prompts: an audit on emoji of people, or on a data set of pairs."""

from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.studies.groups.audit import audit
from replearn.studies.groups.audit_options import PARAPHRASES, AuditOptions
from replearn.studies.groups.pairs import PEOPLE
from replearn.ui.frame.endpoint_inputs import NumberInput, TextInput, checked

SEEDS = 2**31


def add_audit_endpoint(default_model: str) -> None:
    """Add `/audit`."""
    prompts = TextInput("", lines=4, label="prompts")
    pairs = TextInput(PEOPLE, label="pairs")
    models = TextInput(default_model, lines=2, label="models")
    trait = TextInput("", label="trait")
    against = TextInput("", lines=2, label="against")
    seed = NumberInput(0, precision=0, label="seed")
    answer = gr.JSON()
    button = gr.Button()
    button.click(
        _audit,
        [prompts, pairs, models, trait, against, seed],
        answer,
        api_name="audit",
        concurrency_limit=1,
        concurrency_id="long",
    )


@checked
def _audit(
    prompts: str, pairs: str, models: str, trait: str, against: str, seed: float
) -> dict[str, Any]:
    """Audit prompts, one a line, under models, one a line; returns what `Audit.to_dict` gives."""
    if not 0 <= seed < SEEDS:
        raise InputError(f"The seed must be from 0 to {SEEDS - 1:,}.")
    options = AuditOptions(trait.strip() or None, None, PARAPHRASES, _lines(against), int(seed))
    return audit(_lines(prompts), pairs, _lines(models), options).to_dict()


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
