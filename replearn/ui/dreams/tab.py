"""Dreams: what would it like to see?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.plotting.dreams.files import dream_zip
from replearn.plotting.dreams.tables import gallery_name
from replearn.plotting.enlarged import enlarged
from replearn.results.dreams import Dream
from replearn.studies.answering.layers import layers_worth_showing
from replearn.studies.dreams.cost import drawing_seconds
from replearn.studies.dreams.dream_choice import DreamChoice
from replearn.studies.dreams.gallery import shipped_gallery
from replearn.studies.dreams.visualise import visualise_growing
from replearn.ui.dreams.aims_panel import aims_panel
from replearn.ui.dreams.asked import shown_and_kept
from replearn.ui.dreams.compared_judge import compared_judge
from replearn.ui.dreams.controls import LAST, DreamControls, dream_asked, dream_controls
from replearn.ui.dreams.deep_dream_panel import deep_dream_panel
from replearn.ui.dreams.fooling_panel import fooling_panel
from replearn.ui.dreams.helps_panel import helps_panel
from replearn.ui.dreams.inversion_panel import inversion_panel
from replearn.ui.dreams.onward import goes_on, onward_button
from replearn.ui.dreams.prior import chosen_prior, prior_controls, prior_panel
from replearn.ui.dreams.viewer import DreamViewer, dream_viewer, shipped_pictures
from replearn.ui.frame.code import dream_code
from replearn.ui.frame.components import code_panel, notice
from replearn.ui.frame.figure import Shown, cancels, draws, grows, refusing, shows, stop_button
from replearn.ui.frame.progress import promises, to_page
from replearn.ui.frame.question import QuestionBox
from replearn.ui.frame.saving import new_file, saved_by, writes
from replearn.ui.frame.subject import LinkedUnit, Subject
from replearn.ui.frame.turns import QUIET, Turns
from replearn.ui.lessons.introduced import introduced

NAME = "dreams"


def dreams_tab(turns: Turns, subject: Subject, question: QuestionBox, to_draw: gr.State) -> None:
    """Build the tab; it opens and draws the unit that is put into `to_draw`."""
    introduced(
        "dreams",
        "**What would it like to see?** A picture is changed until the model answers as strongly "
        "as it can: for a class, a text, or one unit.",
        "The first picture and those below it ship with the app; click one, or type what you want "
        "and draw. The table says who else sees the class: networks that had no part in making the "
        "picture. Take the helps away one by one: with none of them the model is just as sure, of "
        "what to us is noise.",
        "High confidence says nothing about likeness: thousands of pictures excite a class, and "
        "which one comes out depends on the helps, which are our idea of a picture and not the "
        "model's. One seed shows one of many things that a unit responds to.",
        ("Olah et al. 2017", "https://distill.pub/2017/feature-visualization"),
    )
    with gr.Row():
        with gr.Column(scale=1, min_width=260):
            controls = dream_controls()
            prior = prior_controls()
            with gr.Row(elem_classes="rl-buttons"):
                button = gr.Button("draw", size="sm", variant="primary", elem_id="draw-dream")
                stop = stop_button("dream")
                onward = onward_button()
            refused = notice("dream-notice")
        with gr.Column(scale=2, min_width=300):
            view = dream_viewer()
    gallery = shipped_pictures()
    code = code_panel("dream-code")

    @refusing(refused)
    def greeted(model: str, place: str) -> Shown:
        ships = shipped_gallery(model)
        layers = [LAST, *layers_worth_showing(model)]
        pictures = [(enlarged(one.image), gallery_name(one)) for one in ships]
        return {
            **view.values(ships[0] if ships else None),
            onward: gr.Button(visible=False),
            **prior.values(model),
            gallery: gr.Gallery(pictures, visible=bool(ships)),
            controls.layer: gr.Dropdown(layers, value=place if place in layers else LAST),
        }

    def grown(
        model: str,
        by: str | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *values: Any,
    ) -> Iterator[Shown]:
        try:
            wanted = dream_asked(model, values)
            choice = replace(wanted.choice, prior=chosen_prior(by))
            wanted = replace(wanted, choice=choice)
            yield {
                code: dream_code(wanted, model),
                onward: gr.Button(visible=False),
                refused: None,
            }
            growing = visualise_growing(
                wanted.target,
                model,
                against=wanted.against,
                layer=wanted.layer,
                unit=wanted.unit,
                choice=wanted.choice,
                progress=to_page(progress),
            )
            yield from shown_and_kept(view, growing, wanted, model)
        except ReplearnError as error:
            yield {refused: str(error)}

    greeting = draws(
        "dream",
        [turns.of(NAME).change],
        greeted,
        [subject.model],
        [*view.outputs, onward, gallery, controls.layer, *prior.outputs, refused],
        refused,
        also=[controls.layer],
        show_progress="hidden",
    )
    shows("dream-gallery", greeting)
    drawing = draws(
        "dream",
        [button.click, controls.target.submit],
        grown,
        [subject.model, prior.choice, *controls.inputs],
        [*view.outputs, onward, code, refused],
        refused,
        follows=[controls.layer],
        concurrency_limit=1,
        show_progress_on=[view.line],
    )
    grows("dream", view.line)
    cancels(stop, "dream", drawing)
    goes_on(onward, stop, view, refused)

    compared_judge(turns, NAME, subject, view, [greeting, drawing])
    _takes_shipped(gallery, subject, view, refused)
    saved_by("dream", _saved, [view.kept])

    _takes_units(to_draw, subject, controls)
    promises(
        button,
        [one.change for one in (turns.of(NAME), prior.choice, *controls.costly)],
        _drawing_seconds,
        [subject.model, prior.choice, *controls.costly],
    )
    helps_panel(turns, subject)
    aims_panel(turns, subject)
    prior_panel(turns, subject)
    fooling_panel(turns, subject, question)
    deep_dream_panel(turns, subject)
    inversion_panel(turns, subject)


def _drawing_seconds(
    model: str, by: str | None, helps: list[str], steps: float, count: float
) -> float:
    choice = DreamChoice(tuple(helps), int(steps), count=int(count), prior=chosen_prior(by))
    return drawing_seconds(model, choice)


def _takes_shipped(
    gallery: gr.Gallery, subject: Subject, view: DreamViewer, refused: gr.HTML
) -> None:
    """Show a picture that ships when it is clicked."""

    @refusing(refused)
    def chosen(model: str, event: gr.SelectData) -> Shown:
        ships = shipped_gallery(model)
        at = event.index if isinstance(event.index, int) else -1
        return view.values(ships[at]) if 0 <= at < len(ships) else {}

    gallery.select(chosen, subject.model, [*view.outputs, refused], **QUIET)


def _takes_units(to_draw: gr.State, subject: Subject, controls: DreamControls) -> None:
    """Open the tab and draw the unit that is put into `to_draw`."""

    def handed(wanted: LinkedUnit, model: str) -> Shown:
        layers = [LAST, *layers_worth_showing(model)]
        place = wanted.layer if wanted.layer in layers else LAST
        return {
            controls.of_unit: True,
            controls.layer: gr.Dropdown(layers, value=place),
            controls.unit: wanted.unit,
        }

    to_draw.change(
        handed,
        [to_draw, subject.model],
        [controls.of_unit, controls.layer, controls.unit],
        **QUIET,
    ).then(None, None, None, js="() => { replearn.go('Dreams', '#draw-dream'); }", **QUIET)


@writes()
def _saved(found: Dream | None) -> str | None:
    if found is None:
        return None
    target = new_file("replearn-dream.zip")
    target.write_bytes(dream_zip(found))
    return str(target)
