"""Below the labels: which sense of a word was taken, and the choice of another."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.data.labels import parse_labels
from replearn.data.lexicon import senses, with_sense
from replearn.encoders.registry import load_model
from replearn.studies.zero_shot.label_senses import LabelSense, label_senses
from replearn.ui.frame.question import QuestionBox, read
from replearn.ui.frame.turns import LATEST


def follow_senses(box: QuestionBox) -> None:
    """Write a sense that is chosen in the chips behind its label, and ask again."""
    box.senses.sense_chosen(  # the event exists because its name stands in senses.js
        _chosen, box.inputs, [box.labels, box.asked], **LATEST
    )


def _chosen(event: gr.EventData, *values: Any) -> tuple[Any, Any]:
    label, wnid = str(getattr(event, "label", "")), str(getattr(event, "wnid", ""))
    labels = with_chosen_sense(values[0], label, wnid)
    return (labels, read(labels, *values[1:])) if labels else (gr.skip(), gr.skip())


def senses_value(model: str, labels: Sequence[str]) -> list[dict[str, Any]] | None:
    """Return what the chips show of labels; None where there is nothing to choose."""
    return [_chip(one) for one in label_senses(load_model(model), labels)] or None


def _chip(one: LabelSense) -> dict[str, Any]:
    return {
        "label": one.label,
        "noun": one.noun,
        "open": one.doubtful or one.chosen,
        "rival": one.senses[1].hint if one.doubtful else "",
        "senses": [{"wnid": sense.wnid, "hint": sense.hint} for sense in one.senses],
    }


def with_chosen_sense(text: str, label: str, wnid: str) -> str | None:
    """Return the text of the labels box with a sense written behind a label.

    None where the label no longer stands there, or has no such sense.
    """
    try:
        names = parse_labels(text).names
    except InputError:
        return None
    wanted = next((sense for sense in senses(label) if sense.wnid == wnid), None)
    if wanted is None or label not in names:
        return None
    return "\n".join(with_sense(name, wanted) if name == label else name for name in names)
