"""The model that is compared with looks at a made picture, too."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.plotting.dreams.tables import judge_rows
from replearn.results.dreams import Dream
from replearn.studies.dreams.judges import judged_by
from replearn.ui.dreams.viewer import DreamViewer
from replearn.ui.frame.figure import Shown
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.subject_names import NO_COMPARISON
from replearn.ui.frame.turns import LATEST, Turns


def compared_judge(
    turns: Turns, tab: str, subject: Subject, view: DreamViewer, drawings: Sequence[Any]
) -> None:
    """Let the table of networks have a row for it.

    Args:
        turns: the page's.
        tab: the tab's name.
        subject: whose comparison is followed.
        view: of the picture.
        drawings: the listeners that show one.
    """

    def judged(found: Dream | None, model: str) -> Shown:
        if found is None or found.done < found.total:
            return {view.unasked: None}
        if model == NO_COMPARISON:
            return {view.judges: judge_rows(found), view.unasked: None}
        try:
            return {view.judges: judge_rows(judged_by(found, model)), view.unasked: None}
        except ReplearnError as error:
            return {view.judges: judge_rows(found), view.unasked: str(error)}

    turn = turns.beside("dream-compared", tab, after="dream")
    gr.on(
        [turn.change, view.finished.change],
        judged,
        [view.kept, subject.compare],
        [view.judges, view.unasked],
        **LATEST,
    )
    turns.answered(tab, "dream", drawings)
