"""Where an audit of prompts is seen: a figure, a table, and what it says in sentences."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.core.statistics import Estimate
from replearn.plotting.groups.audit_figure import audit_figure
from replearn.results.audit import Audit
from replearn.results.audit.association import BY_CHANCE, SURVIVES, WITHIN_WORDING, Association
from replearn.ui.frame.components import inert, notice, plot, stamp
from replearn.ui.frame.figure import Shown, figure

LISTED = 5  # associations that a sentence names


@dataclass(frozen=True)
class AuditView:
    """The components that are drawn.

    Attributes:
        refused: why nothing could be drawn.
        said: what was found, in sentences.
        drawn: the figure.
        table: every prompt under every model.
        origin: the stamp.
        kept: an `Audit`, or None.
    """

    refused: gr.HTML
    said: gr.Markdown
    drawn: gr.HTML
    table: gr.Markdown
    origin: gr.HTML
    kept: gr.State

    @property
    def outputs(self) -> list[Any]:
        """All components."""
        return list(vars(self).values())

    def shown(self, found: Audit) -> Shown:
        """Return all that is drawn of an audit."""
        return {
            self.refused: None,
            self.said: audit_sentences(found),
            self.drawn: audit_figure(found),
            self.table: audit_table(found),
            self.origin: {"text": str(found.stamp)},
            self.kept: found,
        }


def audit_view() -> AuditView:
    """Build the components."""
    refused = notice("audit-notice")
    with figure("audit"):
        said = gr.Markdown(elem_id="audit-said", elem_classes="rl-card")
        drawn = plot("audit-plot")
        with gr.Accordion("Every prompt as a row", open=False, elem_id="audit-rows"):
            table = gr.Markdown(elem_id="audit-table", elem_classes="rl-wide")
        origin = stamp("audit-stamp")
    return AuditView(refused, said, drawn, table, origin, gr.State(None))


def audit_sentences(found: Audit) -> str:
    """Return what was found of each model, in sentences."""
    return "\n".join(f"- {_of_model(found, model)}" for model in found.models)


def _of_model(found: Audit, model: str) -> str:
    rows, common = found.of(model), found.common[model]
    counts = {
        verdict: sum(one.verdict == verdict for one in rows)
        for verdict in (SURVIVES, WITHIN_WORDING, BY_CHANCE)
    }
    surviving = [one for one in found.surviving() if one.model == model]
    text = (
        f"**{inert(model)}**: {counts[SURVIVES]} of {len(rows)} associations survive"
        f"{_listed(surviving, found.compared)}; {counts[WITHIN_WORDING]} more are steady but "
        f"smaller than what rewording does; {counts[BY_CHANCE]} could be chance. "
        f"All prompts together: {_signed(common)}, "
        f"nearer to {inert(found.compared[int(common.value > 0)])}; what they share says something "
        "of the pictures, not of the words."
    )
    for some in found.read_alike[model]:
        names = ", ".join(f"*{inert(one)}*" for one in some[:LISTED])
        more = f" and {len(some) - LISTED} more" if len(some) > LISTED else ""
        text += f" It reads {names}{more} as one and the same text: it doesn't know these words."
    if model in found.weat:
        one = found.weat[model]
        text += (
            f" WEAT of the prompts against {len(found.against)} other(s): {one.effect:+.2f} "
            f"(p {one.p:.2g})."
        )
    return text


def _listed(some: list[Association], compared: tuple[str, str]) -> str:
    if not some:
        return ""
    named = [f"*{inert(one.prompt)}* to {inert(one.towards(compared))}" for one in some[:LISTED]]
    more = f", and {len(some) - LISTED} more" if len(some) > LISTED else ""
    return f" ({', '.join(named)}{more})"


def audit_table(found: Audit) -> str:
    """Return a row for each prompt and model."""
    first, second = map(inert, found.compared)
    others = [value for value in found.values if value != found.compared[0]]
    headings = [
        "prompt",
        "model",
        "verdict",
        f"cosine, {second} minus {first}",
        "rewording",
        "same sign",
        "p (Holm)",
        "SC-WEAT (p)",
        *(f"{inert(value)} minus {first}" for value in others if value != found.compared[1]),
    ]
    lines = [headings, ["---"] * len(headings)]
    for prompt in found.prompts:
        for one in (row for row in found.associations if row.prompt == prompt):
            lines.append(
                [
                    inert(prompt),
                    inert(one.model),
                    one.verdict,
                    _signed(one.difference),
                    f"±{one.wording:.3f}",
                    f"{one.same_sign} of {len(found.templates)}",
                    f"{one.corrected:.2g}",
                    f"{one.effect:+.2f} ({one.effect_p:.2g})",
                    *(
                        f"{one.by_value[value].value:+.3f}"
                        for value in others
                        if value != found.compared[1]
                    ),
                ]
            )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _signed(one: Estimate) -> str:
    # adding 0 makes a negative zero positive
    value, low, high = (round(x, 3) + 0.0 for x in (one.value, one.low, one.high))
    return f"{value:+.3f} [{low:+.3f}, {high:+.3f}] (n = {one.n:,})"
