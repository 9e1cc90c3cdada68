"""Parts: what does each part encode?"""

from typing import Any

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.plotting.bars import bar_rows
from replearn.plotting.parts.bars import kind_bars, part_bars, part_called, part_name
from replearn.plotting.parts.maps import part_view
from replearn.results.parts import Contributions
from replearn.studies.parts.answered import answer_of, part_means
from replearn.studies.parts.decompose import decompose
from replearn.taking_home.answers import parts_table, picture_shot
from replearn.taking_home.asked import Asked as Entry
from replearn.ui.frame.code import parts_code
from replearn.ui.frame.components import bars, code_panel, heat, notice, plot, stamp
from replearn.ui.frame.figure import draws, figure
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.picture_code import at_home, called
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.question import Asked, QuestionBox
from replearn.ui.frame.saving import save_parts, saved_by
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.turns import LATEST, Turns
from replearn.ui.lessons.introduced import introduced
from replearn.ui.parts.features_panel import features_panel
from replearn.ui.parts.filters_panel import filters_panel
from replearn.ui.parts.neighbours_panel import neighbours_panel
from replearn.ui.parts.unit_panel import unit_panel
from replearn.ui.parts.words_panels import concepts_panel, heads_panel

NAME = "parts"
ZERO, MEAN = "nothing", "its mean over a data set"
OFFERED = 60  # parts in the lists, the strongest first


def parts_tab(turns: Turns, subject: Subject, question: QuestionBox, to_draw: gr.State) -> None:
    """Build the tab; `to_draw` takes a unit that is to be drawn in the tab Dreams."""
    introduced(
        "parts",
        "**What does each part encode?** The answer as a sum of attention heads and MLPs, or of "
        "channels; words for them, and one unit at a time.",
        "Each bar is what a part adds to the score; all bars together, the grey rest among them, "
        "are the score itself. Click a bar, or choose a part by name, to see where in the picture "
        "its share comes from; take parts off and see the answer without them.",
        "The sum counts what a part adds by itself: what later layers make of it stays when it is "
        "taken off, and a part that adds little may matter through others. A strong part is no "
        "proof of a meaning: look at its pictures, its words and what shuffled ones would give.",
        ("Gandelsman et al. 2024", "https://arxiv.org/abs/2310.05916"),
    )
    with gr.Row():
        with gr.Column(scale=1, min_width=260):
            target = gr.Textbox(
                label="Ask about",
                info="a class, or any text for a model that reads it; empty: the first label, or "
                "its own answer",
                max_lines=1,
                elem_id="parts-target",
            )
            against = gr.Textbox(label="against", max_lines=1, elem_id="parts-against")
            part = gr.Dropdown([], label="Open a part", elem_id="part")
            off = gr.Dropdown([], multiselect=True, label="Take parts off", elem_id="parts-off")
            instead = gr.Radio(
                [ZERO, MEAN], value=ZERO, label="and put in their place", elem_id="parts-instead"
            )
            refused = notice("parts-notice")
        with gr.Column(scale=2, min_width=300), figure("parts"):
            with gr.Row():
                with gr.Column(min_width=280):
                    kinds = plot("kinds-of-parts")
                    answer = bars("parts-answer")
                with gr.Column(min_width=280):
                    single = plot("single-parts")
                    view = heat("part-map")
            origin = stamp("parts-stamp")
    code = code_panel("parts-code")
    kept = gr.State(None)
    saved_by("parts", save_parts, [kept])

    def shown(
        picture: str | None, model: str, asked: Asked, target: str, against: str
    ) -> dict[Any, Any]:
        try:
            if picture is None:
                raise InputError(NO_PICTURE)
            found = decompose(picture, model, _target(model, target, asked), against=against)
            strongest = found.strongest(OFFERED)
            names = [part_name(one) for one, _ in strongest]
            return {
                kinds: kind_bars(found),
                single: part_bars(found),
                view: part_view(found, strongest[0][0]),
                answer: _answers(found, None, asked),
                origin: {"text": f"score {found.score:.3g} | {found.stamp}"},
                part: gr.Dropdown(names, value=names[0]),
                off: gr.Dropdown(names, value=[]),
                kept: found,
                code: parts_code(
                    picture, found.stamp.model, _target(model, target, asked), against
                ),
                refused: None,
                ASKED: _entry(picture, found, _target(model, target, asked), against),
            }
        except ReplearnError as error:
            return {refused: str(error)}

    def without(
        names: list[str],
        instead: str,
        found: Contributions | None,
        asked: Asked,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> dict[Any, Any]:
        if found is None:
            return {refused: None}
        try:
            means = None
            if instead == MEAN and names:
                means = part_means(found.stamp.model, found.main, to_page(progress))
            less = found.without([part_called(name) for name in names], means)
            return {answer: _answers(found, less if names else None, asked), refused: None}
        except ReplearnError as error:
            return {refused: str(error)}

    draws(
        "parts",
        [turns.of(NAME).change, target.submit, against.submit],
        shown,
        [subject.picture, subject.model, question.asked, target, against],
        [kinds, single, view, answer, origin, part, off, kept, code, refused],
        refused,
        show_progress="minimal",
        show_progress_on=[single],
    )
    draws(
        "parts",
        [off.input, instead.input],
        without,
        [off, instead],
        [answer, refused],
        refused,
        also=[kept, question.asked],
        follows=[off],
        show_progress="minimal",
        show_progress_on=[answer],
    )
    part.input(_opened, [part, kept], view, **LATEST)
    single.point_click(_clicked, kept, [part, view], **LATEST)  # the event's name is in plot.js
    heads_panel(turns, subject)
    concepts_panel(turns, subject)
    neighbours_panel(turns, subject)
    features_panel(turns, subject)
    unit_panel(turns, subject, question, to_draw)
    filters_panel(turns, subject)


def _entry(picture: str, found: Contributions, target: str, against: str) -> Entry:
    model = found.stamp.model
    return Entry(
        "Parts",
        f"Which parts of {model} answer {found.target} about {called(picture)}?",
        (picture, model, target, against),
        lambda place: parts_code(at_home(place, picture), model, target, against),
        str(found.stamp),
        parts_table(found),
        shots=(picture_shot(picture),),
    )


def _target(model: str, target: str, asked: Asked) -> str:
    from replearn.encoders.registry import has_capability

    if target.strip() or not has_capability(model, "text"):
        return target.strip()
    return asked.labels[0] if asked.labels else ""


def _answers(found: Contributions, less: Contributions | None, asked: Asked) -> Any:
    """Return the bars of the answer, beside those without some parts; scores where none fits."""
    whole = answer_of(found, asked.get())
    if whole is None:
        change = found.score if less is None else less.score
        note = f"{found.target}: {found.score:.3f}"
        return {"rows": [], "note": note if less is None else f"{note}, without them {change:.3f}"}
    if less is None:
        return {**bar_rows(whole), "note": "The answer with all parts."}
    changed = answer_of(less, asked.get())
    assert changed is not None  # it is of the same kind
    note = f"{found.target}: {found.score:.3g}, without the parts {less.score:.3g}"
    return {**bar_rows(changed, whole), "note": note}


def _opened(name: str | None, found: Contributions | None) -> Any:
    if found is None or not name:
        return gr.skip()
    return part_view(found, part_called(name))


def _clicked(found: Contributions | None, event: gr.EventData) -> Any:
    index = getattr(event, "index", None)
    if found is None or not isinstance(index, int):
        return gr.skip(), gr.skip()
    strongest = found.strongest(OFFERED)
    if not 0 <= index < len(strongest):
        return gr.skip(), gr.skip()
    chosen = strongest[index][0]
    return part_name(chosen), part_view(found, chosen)
