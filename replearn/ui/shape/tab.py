"""Form or texture: which does it go by?"""

from collections.abc import Mapping, Sequence

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.plotting.shape.figures import rendition_figure, shape_bias_figure
from replearn.results.rows.shape import read_shape_rows, shipped_shape_rows
from replearn.results.shape import RenditionAccuracy, ShapeBias
from replearn.studies.shape.renditions import renditions_answered
from replearn.studies.shape.rows import rendition_accuracies, shape_biases
from replearn.taking_home.asked import as_it_lies
from replearn.ui.frame.components import code_panel, notice, plot, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing, shows
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.question import Asked, QuestionBox
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.subject_names import NO_COMPARISON
from replearn.ui.frame.turns import QUIET, Turns
from replearn.ui.lessons.introduced import introduced
from replearn.ui.shape.asked import renditions_entry
from replearn.ui.shape.conflict_view import conflict_view
from replearn.ui.shape.own_cues_panel import own_cues_panel
from replearn.ui.shape.patches_panel import patches_panel
from replearn.ui.shape.photographs_panel import photographs_panel

NAME = "shape"
CHANCE = 1 / 8  # of the eight solids


def shape_tab(turns: Turns, subject: Subject, question: QuestionBox) -> None:
    """Build the tab."""
    introduced(
        "shape",
        "**Form or texture: which does it go by?** Five renditions of the picture, and pictures "
        "whose form says one thing and whose texture another.",
        "Under each rendition stands the answer and its probability. An answer that survives the "
        "silhouette rests on form, one that survives the texture on local patterns. Shape bias is "
        "the share of the form's category among the answers that went with either cue.",
        "Silhouettes and edges are themselves unlike anything that was trained on: being wrong "
        "about them needn't mean that form is ignored. The renditions of a photograph are made "
        "without cutting the object out; those of `shapes` are exact.",
        ("Geirhos et al. 2019", "https://arxiv.org/abs/1811.12231"),
    )
    refused = notice("shape-notice")
    with figure("renditions"):
        gallery = gr.Gallery(
            label="Five renditions of the subject",
            columns=5,
            height=230,
            object_fit="contain",
            elem_id="renditions",
            buttons=[],
        )
    gr.Markdown(
        "**When form and texture disagree**: a solid in the texture of another. In `shapes` a "
        "texture says nothing about the solid, so that its networks learn forms; only "
        "`shapes-texture-tied` saw each solid in a texture of its own."
    )
    conflicts = conflict_view("conflict")
    with figure("shape-rows"), gr.Row():
        with gr.Column(min_width=320):
            gr.Markdown("**Who still knows the solid?** `shapes`, renditions made exactly")
            accuracy = plot("rendition-accuracy")
        with gr.Column(min_width=320):
            gr.Markdown(
                "**How often does each go by form?** All pictures in conflict; upright lines are "
                "the models' means."
            )
            conflict = plot("cue-conflict")
    origin = stamp("shape-stamp")
    photographs_panel(turns)
    own_cues_panel(subject)
    patches_panel(turns, subject)
    code = code_panel("shape-code")

    @refusing(refused)
    def renditions(picture: str | None, model: str, compared: str, asked: Asked) -> Shown:
        if picture is None:
            raise InputError(NO_PICTURE)
        models = [model] if compared in {NO_COMPARISON, model} else [model, compared]
        question = asked.get()
        rows = [renditions_answered(picture, one, question) for one in models]
        shown = []
        for answers in zip(*rows, strict=True):
            said = [
                f"{label} {share:.2f}" + (f" ({name})" if len(models) > 1 else "")
                for name, (_, label, share) in zip(models, answers, strict=True)
            ]
            shown.append((answers[0][0].picture, f"{answers[0][0].name}: {'; '.join(said)}"))
        entry = renditions_entry(picture, models, question, rows)
        return {gallery: shown, code: entry.code(as_it_lies), ASKED: entry}

    def shipped_shape() -> Shown:
        try:
            rows = read_shape_rows(shipped_shape_rows())
        except ReplearnError as error:
            nothing: Shown = {accuracy: {"traces": []}, conflict: {"traces": []}}
            return {**nothing, origin: {"text": str(error)}}
        accuracies, biases = rendition_accuracies(rows), shape_biases(rows)
        return {
            accuracy: rendition_figure(accuracies, CHANCE),
            conflict: shape_bias_figure(biases),
            origin: {"text": _stamp(accuracies, biases)},
            **conflicts.values(biases),
        }

    draws(
        "renditions",
        [turns.of(NAME).change],
        renditions,
        [subject.picture, subject.model, subject.compare, question.asked],
        [gallery, code, refused],
        refused,
        show_progress="minimal",
        show_progress_on=[gallery],
    )
    told = [accuracy, conflict, origin, *conflicts.outputs]
    shows("shape-rows", turns.first(NAME).change(shipped_shape, None, told, **QUIET))


def _stamp(renditions: Sequence[RenditionAccuracy], biases: Mapping[str, ShapeBias]) -> str:
    models = ", ".join(f"{name} {bias.stamp.fingerprint[:6]}" for name, bias in biases.items())
    first = next(iter(biases.values()))
    return (
        f"{models} | shapes, test, seed 0 | n = {renditions[0].accuracy.n:,} a rendition, "
        f"{first.stamp.n:,} in conflict | 95 % intervals (Wilson)"
    )
