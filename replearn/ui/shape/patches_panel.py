"""Patches alone: what a network of small patches votes for, and what shuffling does to both."""

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.data.shapes.vocabulary import SOLIDS
from replearn.encoders.small.bagnet_patches import PATCH
from replearn.plotting.distortions.curve_figure import curve_figure
from replearn.plotting.heat_value import heat_value
from replearn.studies.distortions.shuffled_patches import OF_THE_WHOLE, shuffled_patches
from replearn.studies.heat_maps.patch_votes import MODEL, enlarged, patch_votes
from replearn.ui.frame.code import votes_code
from replearn.ui.frame.components import code_panel, heat, notice, plot, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.frame.subject import NO_PICTURE, Subject
from replearn.ui.frame.turns import QUIET, Turns

TAB = "shape"
OWN = "its own answer"
OPACITY = 0.6


def patches_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel; the subject's votes are counted when the tab opens."""
    with gr.Accordion("patches alone: BagNet", open=True, elem_id="patches"):
        gr.Markdown(
            f"`{MODEL}` sees {PATCH} x {PATCH} pixels at a time and averages their votes: its map "
            "of evidence is exact. What shuffled tiles cost it, and a network that sees the whole, "
            "stands at the right: their seams cut patches too. It knows the eight "
            "solids of `shapes`; about a photograph its votes show what it takes a patch for. "
            "Paper: [Brendel and Bethge 2019](https://arxiv.org/abs/1904.00760)"
        )
        with gr.Row():
            with gr.Column(min_width=260):
                target = gr.Dropdown(
                    [OWN, *SOLIDS], value=OWN, label="Votes for", elem_id="votes-for"
                )
                with figure("patch-votes"):
                    votes = heat("patch-votes")
                    votes_origin = stamp("patches-stamp")
            with gr.Column(min_width=260):
                strongest = gr.Gallery(
                    label="Strongest patches, with their votes in logits",
                    columns=3,
                    height=260,
                    object_fit="contain",
                    elem_id="strongest-patches",
                    buttons=[],
                )
            with gr.Column(min_width=320):
                gr.Markdown(f"**Shuffled tiles**: `{MODEL}` beside `{OF_THE_WHOLE}`")
                shuffled = plot("shuffled-patches")
                shuffled_origin = stamp("shuffled-stamp")
        code = code_panel("patches-code")
        refused = notice("patches-notice")

    @refusing(refused)
    def patches_voted(picture: str | None, target: str) -> Shown:
        if picture is None:
            raise InputError(NO_PICTURE)
        found = patch_votes(picture, "" if target == OWN else target)
        return {
            votes: heat_value(found.heat_map, OPACITY),
            strongest: [
                (enlarged(patch), f"{vote:+.2f}")
                for patch, vote in zip(found.strongest, found.votes, strict=True)
            ],
            votes_origin: {"text": str(found.heat_map.stamp)},
            code: votes_code(picture, MODEL, found.heat_map.target),
        }

    def tiles_shuffled() -> Shown:
        try:
            curves = shuffled_patches()
        except ReplearnError as error:
            return {shuffled: {"traces": []}, shuffled_origin: {"text": str(error)}}
        stamps = " || ".join(str(one.stamp) for one in curves)
        return {shuffled: curve_figure(list(curves)), shuffled_origin: {"text": stamps}}

    draws(
        "patch-votes",
        [turns.of(TAB).change, target.input],
        patches_voted,
        [subject.picture, target],
        [votes, strongest, votes_origin, code, refused],
        refused,
        show_progress="hidden",
    )
    turns.first(TAB).change(tiles_shuffled, None, [shuffled, shuffled_origin], **QUIET)
