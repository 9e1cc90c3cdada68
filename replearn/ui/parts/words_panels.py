"""Words for heads, and for the picture's whole vector."""

import gradio as gr

from replearn.core.errors import InputError
from replearn.data.vocabularies import VOCABULARIES
from replearn.plotting.parts.concept_curve import concept_curve, concept_line
from replearn.plotting.parts.tables import (
    HEAD_COLUMNS,
    ablation_lines,
    concept_figure,
    factor_figure,
    head_rows,
    nearest_rows,
)
from replearn.studies.parts.concept_accuracy import shipped_concept_accuracy
from replearn.studies.parts.cost import head_texts_seconds
from replearn.studies.parts.group_ablation import shipped_group_ablation
from replearn.studies.parts.head_factors import shipped_head_factors
from replearn.studies.parts.words import concepts, head_texts
from replearn.ui.frame.components import notice, plot, stamp
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.progress import promises, to_page
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.turns import LATEST, Turns

SUITS = "those that suit the model"
NEAREST_COLUMNS = ["nearest words", "cosine", "mean picture taken away", "excess"]


def heads_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel with texts for each head, and the table of what heads carry."""
    with gr.Accordion("words for each head", open=False, elem_id="head-words") as panel:
        gr.Markdown(
            "The texts along which a head's output varies most over a data set, one after another "
            "(TextSpan). Read the last two columns first: a head whose texts explain little more "
            "than shuffled ones has no words here. Paper: "
            "[Gandelsman et al. 2024](https://arxiv.org/abs/2310.05916)"
        )
        with gr.Row(elem_classes="rl-buttons"):
            button = gr.Button("find words for the heads", size="sm", elem_id="find-head-words")
            stop = stop_button("head-words")
        refused = notice("head-words-notice")
        with figure("head-words"):
            table = gr.Dataframe(
                headers=HEAD_COLUMNS,
                interactive=False,
                wrap=True,
                column_widths=["16%", "8%", "52%", "12%", "12%"],
                label="Texts for each head",
                elem_id="head-words-table",
            )
            origin = stamp("head-words-stamp")
        carried_note = gr.Markdown(visible=False)
        carried = plot("head-factors")

    def factors(model: str) -> Shown:
        found = shipped_head_factors(model)
        if found is None:
            return {carried_note: gr.update(visible=False), carried: {"traces": []}}
        text = (
            "**What each head carries**: how well each factor of `shapes` is read from that head "
            f"alone (n = {found.stamp.n:,}, every cell +- {found.half_width:.2f} at most). With "
            f"shuffled labels no cell exceeds {float(found.shuffled.max()):.2f} (size has two "
            "values). A factor that every head shows has no specialist."
        )
        without = shipped_group_ablation(model)
        if without is not None:
            text += (
                "\n\n**Taken off together**, their mean in their place, and prompts asked again "
                f"(share right, n = {without.stamp.n:,}, paired): "
            ) + " ".join(ablation_lines(without))
        return {carried_note: gr.update(visible=True, value=text), carried: factor_figure(found)}

    @refusing(refused)
    def found_words(
        model: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        found = head_texts(model, progress=to_page(progress))
        return {table: head_rows(found), origin: {"text": str(found.stamp)}}

    turn = turns.panel("head-words", "parts", panel)
    turn.change(factors, subject.model, [carried_note, carried], **LATEST)
    drawn = draws(
        "head-words",
        [button.click],
        found_words,
        [subject.model],
        [table, origin, refused],
        refused,
        concurrency_limit=1,
        show_progress_on=[table],
    )
    cancels(stop, "head-words", drawn)
    promises(button, [turn.change], head_texts_seconds, [subject.model], drawn)


def concepts_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel that writes the picture's vector in words."""
    with gr.Accordion("the picture in words", open=False, elem_id="concepts") as panel:
        gr.Markdown(
            "The picture's vector as a sum of a few words with positive weights (SpLiCE), and the "
            "words nearest to it. The cosine says how much of the vector the words rebuild; that "
            "of the centred vector is the stricter one, for the mean picture is like any. Only "
            "words of the list can appear. Paper: "
            "[Bhalla et al. 2024](https://arxiv.org/abs/2402.10376)"
        )
        with gr.Row():
            kept = gr.Slider(1, 24, 8, step=1, label="Words kept", elem_id="words-kept")
            listed = gr.Dropdown(
                [SUITS, *VOCABULARIES],
                value=SUITS,
                label="From which words",
                info="nouns: 10,000; a list is encoded the first time, nouns in a minute or two",
                elem_id="word-list",
            )
        with gr.Row(elem_classes="rl-buttons"):
            stop = stop_button("concepts")
        refused = notice("concepts-notice")
        with figure("concepts"), gr.Row():
            with gr.Column(min_width=280):
                drawn = plot("concept-bars")
                origin = stamp("concepts-stamp")
            with gr.Column(min_width=280):
                table = gr.Dataframe(
                    headers=NEAREST_COLUMNS,
                    interactive=False,
                    wrap=True,
                    label="Nearest words",
                    elem_id="nearest-words",
                )
        left_note = gr.Markdown(visible=False, elem_id="concept-accuracy-note")
        left = plot("concept-accuracy")

    @refusing(refused)
    def told(
        picture: str | None,
        model: str,
        k: float,
        words: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        if picture is None:
            raise InputError(NO_PICTURE)
        chosen = "" if words == SUITS else words
        found = concepts(picture, model, int(k), words=chosen, progress=to_page(progress))
        text = (
            f"cosine of the rebuilt vector {found.cosine:.2f}, centred {found.centred_cosine:.2f} "
            f"| {found.stamp}"
        )
        return {drawn: concept_figure(found), table: nearest_rows(found), origin: {"text": text}}

    def in_few_words(model: str) -> Shown:
        found = shipped_concept_accuracy(model)
        if found is None:
            return {left_note: gr.update(visible=False), left: {"traces": []}}
        return {
            left_note: gr.update(visible=True, value=concept_line(found)),
            left: concept_curve(found),
        }

    turn = turns.panel("concepts", "parts", panel)
    turn.change(in_few_words, subject.model, [left_note, left], **LATEST)
    drawing = draws(
        "concepts",
        [turn.change, kept.release, listed.input],
        told,
        [subject.picture, subject.model, kept, listed],
        [drawn, table, origin, refused],
        refused,
        concurrency_limit=1,
        show_progress="minimal",
        show_progress_on=[drawn],
    )
    cancels(stop, "concepts", drawing)
