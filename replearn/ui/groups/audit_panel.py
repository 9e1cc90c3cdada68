"""What do prompts give away? Prompts against pictures that differ in one trait only."""

from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.results.audit import Audit
from replearn.results.rows.audit import write_audit_rows
from replearn.studies.groups.audit import audit
from replearn.studies.groups.shipped_audit import MODELS, shipped_audit
from replearn.taking_home.asked import as_it_lies
from replearn.ui.frame.components import code_panel, described
from replearn.ui.frame.figure import Shown, draws, refusing, stop_button
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.saving import new_file, writes
from replearn.ui.frame.stopping import Stops
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import QUIET, Turns
from replearn.ui.groups.asked import audit_entry
from replearn.ui.groups.audit_asked import OWN, AuditAsked
from replearn.ui.groups.audit_controls import audit_controls
from replearn.ui.groups.audit_view import audit_view

NAME, TAB = "audit", "groups"
CALISKAN = ("Caliskan et al. 2017", "https://arxiv.org/abs/1608.07187")
LIMITS = (
    "`photo-clip` has hardly seen people, and `emoji-clip` knows the words of emoji alone. What a "
    "drawing gives away is no measure of how a model treats a person. **No decision about a person "
    "should rest on any of this.**"
)
_stops = Stops("Stopped; nothing was asked.")


def audit_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel, folded; its first view ships.

    Args:
        turns: tell when it is open.
        subject: the model and the data set above count.
    """
    with gr.Accordion("By prompt: what do words give away?", open=False, elem_id=NAME) as panel:
        described(
            "**Does *a doctor* lie nearer to one skin tone, or gender, than to another?** Each "
            "prompt against pictures of the same thing that differ in one trait alone.",
            "A sign is the cosine with pictures of one value minus that with the other, pair by "
            "pair, with its 95 % interval; right of 0 the prompt is nearer to the second. The grey "
            "band is the yardstick: how far other wordings of the very same prompt move the cosine "
            "of the very same picture. Filled and starred is what survives: beyond chance (a "
            "permutation test over pairs, corrected for all prompts and models after Holm) and "
            "beyond rewording. The dotted line is the mean over all prompts. SC-WEAT is the same "
            "difference in standard deviations over the pictures, with a test of its own.",
            f"{LIMITS} A shift that all prompts share comes from the pictures, for instance from "
            "how dark they are. A model reads words that it doesn't know as one. Five wordings "
            "are few, and a hundred prompts find something by chance: hence the correction. "
            "Pictures: twemoji (CC-BY 4.0) and OpenMoji (CC-BY-SA 4.0), averaged over both "
            "designers and whatever else differs. Of pictures: "
            "[Steed and Caliskan 2021](https://arxiv.org/abs/2010.15052).",
            CALISKAN,
        )
        gr.Markdown(LIMITS, elem_id="audit-limits", elem_classes="rl-card")
        at = audit_controls()
        inputs: list[Any] = [subject.model, subject.dataset, *at.inputs]
        with gr.Row(elem_classes="rl-buttons"):
            ask = gr.Button("ask", size="sm", variant="primary", elem_id="audit-ask")
            stop = stop_button("audit")
        view = audit_view()
        rows = gr.DownloadButton("every row as CSV", size="sm", elem_id="audit-csv")
        code = code_panel("audit-code")

    def prompts_shown(*values: Any) -> Shown:
        """Show what ships where that is what is asked, and the controls that belong to it."""
        own = values[4] == OWN
        return {
            **prompts_audited(*values),
            at.trait: gr.update(visible=not own),
            at.column: gr.update(visible=own),
        }

    @refusing(view.refused)
    def prompts_audited(*values: Any) -> Shown:
        asked = AuditAsked(*values)
        if not asked.ships or not set(asked.models) <= set(MODELS):
            raise InputError(f"Press ask to ask {', '.join(asked.models) or 'a model'} anew.")
        found = shipped_audit(asked.trait).only(asked.models)
        return taken_along(asked, found)

    @refusing(view.refused)
    def prompts_asked(
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *values: Any,
    ) -> Shown:
        asked = AuditAsked(*values)
        told = _stops.progress(request, progress)
        found = audit(asked.lines, asked.pairs, asked.models, asked.options, told)
        return taken_along(asked, found)

    def taken_along(asked: AuditAsked, found: Audit) -> Shown:
        entry = audit_entry(asked, found)
        kept: Shown = {code: entry.code(as_it_lies), rows: _as_csv(found), ASKED: entry}
        return view.shown(found) | kept

    box = turns.panel(NAME, TAB, panel)
    outputs = [*view.outputs, code, rows]
    draws(
        NAME,
        [box.change, *(one.input for one in (at.whose, at.trait, at.beside))],
        prompts_shown,
        inputs,
        [*outputs, at.trait, at.column],
        view.refused,
        show_progress="minimal",
        show_progress_on=[view.drawn],
    )
    draws(
        NAME,
        [ask.click],
        prompts_asked,
        inputs,
        outputs,
        view.refused,
        concurrency_limit=1,
        concurrency_id="long",
        show_progress_on=[view.drawn],
    )
    stop.click(_stops.wish, None, view.refused, **QUIET)


@writes()
def _as_csv(found: Audit) -> str:
    path = new_file("replearn-audit.csv")
    write_audit_rows(found, path)
    return str(path)
