"""Pictures that fool it: a change too small to see, noise that it is sure of, patterns."""

import gradio as gr

from replearn.core.errors import InputError
from replearn.encoders.registry import load_model
from replearn.studies.dreams.choices import usual_answer
from replearn.studies.dreams.evolve import evolve
from replearn.studies.dreams.fool import ANYTHING, FoolChoice, fool
from replearn.studies.dreams.smallest_change import smallest_change
from replearn.ui.dreams.fooling_view import fooling_view, saved_fooled
from replearn.ui.frame.components import notice
from replearn.ui.frame.figure import Shown, cancels, draws, refusing, stop_button
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.question import Asked, QuestionBox
from replearn.ui.frame.saving import saved_by
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.turns import LATEST, Turns

PICTURE, NOISE, PATTERN = "the picture", "noise", "a pattern that evolves"
TOLD = (
    "The picture is changed, by a few grey levels at most, until the model says what you want. It "
    "means that the model's answer hangs on things that we don't see; it doesn't mean that such "
    "pictures turn up by themselves: the table shows how little undoes them. *How little is "
    "enough?* halves the bound until the answer (yours, or any other where you typed none) just "
    "flips; a better search may find less. From noise, or a pattern that evolves without a "
    "gradient: pictures of nothing that it is sure of. Papers: "
    "[Madry et al. 2018](https://arxiv.org/abs/1706.06083), "
    "[Nguyen et al. 2015](https://arxiv.org/abs/1412.1897)"
)


def fooling_panel(turns: Turns, subject: Subject, question: QuestionBox) -> None:
    """Build the panel."""
    with gr.Accordion("pictures that fool it", open=False, elem_id="fooling") as panel:
        gr.Markdown(TOLD)
        with gr.Row():
            # what is typed stays: a class that the model knows stands behind an empty box
            target = gr.Textbox(
                label="It should say",
                info="a class of the model, or a label beside yours",
                max_lines=1,
                elem_id="fool-target",
            )
            begin = gr.Radio(
                [PICTURE, NOISE, PATTERN], value=PICTURE, label="From", elem_id="fool-from"
            )
            epsilon = gr.Slider(
                1, 32, 4, step=1, label="Largest change, grey levels of 255", elem_id="fool-epsilon"
            )
        with gr.Row(elem_classes="rl-buttons"):
            button = gr.Button("fool it", size="sm", elem_id="fool")
            little = gr.Button("how little is enough?", size="sm", elem_id="smallest-change")
            stop = stop_button("fooling")
        refused = notice("fooling-notice")
        view = fooling_view()

    def offered_answer(model: str, asked: Asked) -> Shown:
        return {target: gr.Textbox(placeholder=usual_answer(load_model(model), asked.question))}

    @refusing(refused)
    def fooled(
        picture: str | None,
        model: str,
        asked: Asked,
        wanted: str | None,
        begin: str,
        epsilon: float,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        if picture is None and begin == PICTURE:
            raise InputError(NO_PICTURE)
        wanted, told = (wanted or "").strip(), to_page(progress)
        if begin == PATTERN:
            evolved = evolve(wanted, model, question=asked.get(), progress=told)
            return view.of_evolved(evolved)
        found = fool(
            picture if begin == PICTURE else None,
            wanted or usual_answer(load_model(model), asked.get()),
            model,
            question=asked.get(),
            choice=FoolChoice(float(epsilon) if begin == PICTURE else ANYTHING),
            progress=told,
        )
        return view.of_fooled(found)

    @refusing(refused)
    def barely_fooled(
        picture: str | None,
        model: str,
        asked: Asked,
        wanted: str | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        if picture is None:
            raise InputError(NO_PICTURE)
        found = smallest_change(
            picture,
            model,
            (wanted or "").strip(),
            question=asked.get(),
            progress=to_page(progress),
        )
        return view.of_smallest(found)

    turns.panel("fooling", "dreams", panel).change(
        offered_answer, [subject.model, question.asked], target, **LATEST
    )
    about = [subject.picture, subject.model, question.asked, target]
    for events, fn, inputs in (
        ([button.click, target.submit], fooled, [*about, begin, epsilon]),
        ([little.click], barely_fooled, about),
    ):
        drawn = draws(
            "fooling",
            events,
            fn,
            inputs,
            [*view.outputs, refused],
            refused,
            concurrency_limit=1,
            show_progress_on=[view.line],
        )
        cancels(stop, "fooling", drawn)
    saved_by("fooling", saved_fooled, [view.zipped])
