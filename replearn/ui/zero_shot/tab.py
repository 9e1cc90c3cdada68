"""Zero-shot: what is it? The picture against sentences."""

from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.core.question import Question
from replearn.encoders.registry import load_model
from replearn.plotting.bars import bar_rows, compared_rows
from replearn.results.zero_shot import ClassProbabilities, Probabilities
from replearn.studies.answering.answered import answered
from replearn.taking_home.answers import labels_table, picture_shot
from replearn.taking_home.asked import Asked as Entry
from replearn.ui.frame.code import zero_shot_code
from replearn.ui.frame.components import bars, code_panel, stamp
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.picture_code import at_home, called
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.question import Asked, QuestionBox, question_box
from replearn.ui.frame.saving import save_answer, saved_by
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.subject_names import NO_COMPARISON
from replearn.ui.lessons.introduced import introduced
from replearn.ui.zero_shot.senses import follow_senses, senses_value

SOFTMAX_NOTE = (
    "These probabilities are a softmax over the labels you gave: they say which label fits best "
    "among these, not how likely any of them is. The cosine beside each bar is the raw likeness."
)


def zero_shot_tab(turn: gr.Number, subject: Subject) -> tuple[QuestionBox, Any]:
    """Build the tab; return the question, which other tabs ask too, and the answer's event."""
    introduced(
        "zero-shot",
        "**What is it?** The picture is compared with sentences, not with fixed classes.",
        "Each label is written into every template; the model turns sentences and picture into "
        "vectors; the cosine between them is divided by the temperature and goes through a "
        "softmax. The thin line on the cosine axis is the spread over templates.",
        "The bars always add up to 1, even when no label fits: keep “none of these” on. The words "
        "matter: try “kitten” for “cat”. A cosine of 0.3 can be a strong match; compare cosines "
        "within one model only.",
        ("Radford et al. 2021", "https://arxiv.org/abs/2103.00020"),
    )
    with gr.Row():
        with gr.Column(scale=1, min_width=260):
            box = question_box()
        with gr.Column(scale=2, min_width=300):
            with figure("answer"), gr.Row():
                with gr.Column(min_width=280):
                    result = bars("answer")
                    origin = stamp("answer-stamp")
                    second_origin = stamp("answer-2-stamp")
                with gr.Column(min_width=280, visible=False) as second_column:
                    second = bars("answer-2")
            code = code_panel("code")
            with gr.Row(elem_classes="rl-buttons"):
                stop = stop_button("answer")
    kept = gr.State(None)
    saved_by("answer", save_answer, [kept])

    @refusing(box.refused)
    def ask(
        picture: str | None,
        model: str,
        compare: str,
        asked: Asked,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        """Answer for one model or two."""
        if picture is None:
            raise InputError(NO_PICTURE)
        question = asked.get()
        first = _answer(picture, model, question, progress)
        beside = compare not in (NO_COMPARISON, model)
        other = _answer(picture, compare, question, progress) if beside else None
        together = side_by_side(first, other, asked.notes)
        return {
            result: together or drawn(first, asked.notes),
            origin: {"text": str(first.stamp)},
            second_column: gr.Column(visible=other is not None and not together),
            second: drawn(other) if other and not together else None,
            second_origin: {"text": str(other.stamp)} if other else None,
            code: zero_shot_code(picture, first, question),
            kept: (picture, first),
            ASKED: [_entry(picture, one, question) for one in (first, other) if one],
            box.senses: senses_value(model, question.labels or ()),
            box.temperature: _slider(first, question),
        }

    answered_event = draws(
        "answer",
        [turn.change],
        ask,
        [subject.picture, subject.model, subject.compare, box.asked],
        [
            result,
            origin,
            second_column,
            second,
            second_origin,
            code,
            kept,
            box.temperature,
            box.senses,
            box.refused,
        ],
        box.refused,
        show_progress="minimal",
        show_progress_on=[result],
        concurrency_limit=4,
    )
    follow_senses(box)
    cancels(stop, "answer", answered_event)
    return box, answered_event


def _answer(
    picture: str, model: str, question: Question, progress: gr.Progress
) -> Probabilities | ClassProbabilities:
    progress(0, desc=f"opening {model}")
    return answered(load_model(model), picture, question, to_page(progress))


def _entry(picture: str, answer: Probabilities | ClassProbabilities, question: Question) -> Entry:
    model, count = answer.stamp.model, len(answer.labels)
    return Entry(
        "Zero-shot",
        f"What is {called(picture)}? One of {count:,} answers, by {model}",
        (picture, model),
        lambda place: zero_shot_code(at_home(place, picture), answer, question),
        str(answer.stamp),
        labels_table(answer),
        shots=(picture_shot(picture),),
    )


def _slider(answer: Probabilities | ClassProbabilities, question: Question) -> Any:
    """Show the model's own temperature, unless a user set another."""
    if not isinstance(answer, Probabilities):
        return gr.skip()
    learnt = answer.model_temperature
    label = f"Temperature (own: {learnt:.3g})"
    if question.temperature is not None:
        return gr.Slider(label=label)
    return gr.Slider(value=float(f"{learnt:.4g}"), label=label)


def drawn(
    answer: Probabilities | ClassProbabilities, notes: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return rows for the bars, with the line that says what the softmax means."""
    if isinstance(answer, Probabilities):
        return {**bar_rows(answer), "note": " ".join([SOFTMAX_NOTE, *_told_weight(answer), *notes])}
    note = (
        f"{answer.stamp.model} has no text tower: your labels are not used. It answers with its "
        f"own {len(answer.labels):,} classes, by a softmax over their logits."
    )
    return {**bar_rows(answer), "note": note}


def side_by_side(
    first: Probabilities | ClassProbabilities,
    other: Probabilities | ClassProbabilities | None,
    notes: tuple[str, ...] = (),
) -> dict[str, Any] | None:
    """Return two bars a label; None where there is one model, or one that has labels of its own."""
    if not (isinstance(first, Probabilities) and isinstance(other, Probabilities)):
        return None
    whose = (
        f"Upper bars (blue): {first.stamp.model}; lower bars (orange): {other.stamp.model}; in "
        "full colour what each answers."
    )
    told = dict.fromkeys([*_told_weight(first), *_told_weight(other)])
    return {**compared_rows(first, other), "note": " ".join([whose, SOFTMAX_NOTE, *told, *notes])}


def _told_weight(answer: Probabilities) -> tuple[str, ...]:
    if answer.null_weight == 1:
        return ()
    return (
        f"“None of these” is calibrated in {answer.model}: its cosine counts "
        f"{answer.null_weight:.3g} times.",
    )
