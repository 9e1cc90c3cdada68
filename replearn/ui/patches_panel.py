"""Patches alone: what a network of small patches votes for, and what shuffling does to both."""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.data.shapes.vocabulary import SOLIDS
from replearn.encoders.bagnet_patches import PATCH
from replearn.plotting.distortion_figures import curve_figure
from replearn.plotting.heat_map_view import heat_value
from replearn.studies.patches import MODEL, WHOLE, enlarged, patch_votes, shuffled_patches
from replearn.ui.components import heat, notice, plot, stamp
from replearn.ui.subject import Subject

OWN = "its own answer"
OPACITY = 0.6


def patches_panel(tab: gr.Tab, subject: Subject) -> None:
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
                target = gr.Dropdown([OWN, *SOLIDS], value=OWN, label="Votes for")
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
                gr.Markdown(f"**Shuffled tiles**: `{MODEL}` beside `{WHOLE}`")
                shuffled = plot("shuffled-patches")
                shuffled_origin = stamp("shuffled-stamp")
        refused = notice("patches-notice")
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    gr.on(
        [tab.select, subject.picture.change, target.change],
        _votes,
        [subject.picture, target],
        [votes, strongest, votes_origin, refused],
        trigger_mode="always_last",
        **quiet,
    )
    tab.select(_shuffled, None, [shuffled, shuffled_origin], **quiet)


def _votes(picture: str | None, target: str) -> tuple[Any, ...]:
    if picture is None:
        return (gr.skip(), [], gr.skip(), "Choose a picture: upload, paste, or take an example.")
    try:
        found = patch_votes(picture, "" if target == OWN else target)
    except ReplearnError as error:
        return gr.skip(), [], gr.skip(), str(error)
    patches = [
        (enlarged(patch), f"{vote:+.2f}")
        for patch, vote in zip(found.strongest, found.votes, strict=True)
    ]
    return heat_value(found.heat_map, OPACITY), patches, {"text": str(found.heat_map.stamp)}, None


def _shuffled() -> tuple[Any, Any]:
    try:
        curves = shuffled_patches()
    except ReplearnError as error:
        return {"traces": []}, {"text": str(error)}
    stamps = " || ".join(str(one.stamp) for one in curves)
    return curve_figure(list(curves)), {"text": stamps}
