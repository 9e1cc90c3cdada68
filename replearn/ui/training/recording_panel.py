"""Recorded runs, played side by side."""

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.plotting.training.recording_value import recording_value
from replearn.ui.frame.components import component, notice, stamp
from replearn.ui.frame.figure import Shown, draws, figure
from replearn.ui.frame.turns import QUIET, Turns

SIDES = ("supcon-0.1", "supcon-1")  # shown first: one recipe at two temperatures
NOTHING = "nothing"


def recording_panel(turns: Turns, tab: str) -> None:
    """Build what plays; it is there when the tab is opened."""
    gr.Markdown(
        "**Watch two runs learn.** Each dot is a picture that training never had, its colour the "
        "solid that it shows. Press *play*: how do the colours part, and where do the cosines go?",
        elem_id="recording-lead",
    )
    with gr.Row(elem_id="recording-row"):
        sides = [
            gr.Dropdown(
                list(SIDES), value=name, label=label, elem_id=f"recording-{number}", min_width=200
            )
            for number, (name, label) in enumerate(
                zip(SIDES, ("Left", "Right"), strict=True), start=1
            )
        ]
    refused = notice("recording-notice")
    with figure("recording"):
        player = component("recording", "recording")
        origin = stamp("recording-stamp")

    def listed(left: str, right: str) -> Shown:
        from replearn.studies.training.recordings import recordings

        found = recordings()
        return {
            side: gr.Dropdown(choices, value=value if value in {*found, NOTHING} else first)
            for side, value, first, choices in zip(
                sides,
                (left, right),
                SIDES,
                (found, [*found, NOTHING]),
                strict=True,
            )
        }

    def played(left: str, right: str) -> Shown:
        from replearn.studies.training.recordings import recording

        try:
            found = [recording(name) for name in (left, right) if name != NOTHING]
        except ReplearnError as error:
            return {refused: str(error)}
        settings = dict.fromkeys(one.settings for one in found)
        text = "recorded runs: " + " and ".join(one.title for one in found)
        return {
            player: recording_value(found),
            origin: {"text": f"{text} | {' | '.join(settings)} | maps: principal components"},
            refused: None,
        }

    turns.opened(tab)(listed, sides, sides, **QUIET)
    draws(
        "recording",
        [turns.first(tab).change, *(side.change for side in sides)],
        played,
        sides,
        [player, origin, refused],
        refused,
        show_progress="hidden",
    )
