"""Several pictures against several labels: the matrix of cosines."""

from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.data import load_dataset
from replearn.data.images import SUFFIXES
from replearn.plotting.many_pictures.figures import matrix_figure
from replearn.studies.zero_shot.zero_shot import cosine_matrix
from replearn.taking_home.asked import as_it_lies
from replearn.ui.frame.components import code_panel, notice, plot, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.question import Asked, QuestionBox
from replearn.ui.frame.subject import Subject
from replearn.ui.many_pictures.asked import cosines_entry

MOST_PICTURES = 30


def cosines_panel(subject: Subject, question: QuestionBox) -> None:
    """Build the panel."""
    with gr.Accordion("Several pictures against several labels", open=True):
        files = gr.File(
            label=f"Pictures (at most {MOST_PICTURES}); empty: the examples",
            file_count="multiple",
            file_types=sorted(SUFFIXES),
            height=120,
            elem_id="files",
        )
        compare = gr.Button("compare", size="sm", elem_id="matrix-run")
        refused = notice("cosines-notice")
        with figure("matrix-of-cosines"):
            matrix = plot("matrix")
            origin = stamp("cosines-stamp")
        code = code_panel("cosines-code")

    @refusing(refused)
    def cosines(given: list[str] | None, model: str, asked: Asked) -> Shown:
        pictures, names = _pictures(given)
        found = cosine_matrix(pictures, asked.labels, model, names)
        entry = cosines_entry(given or (), found)
        return {
            matrix: matrix_figure(found),
            origin: {"text": str(found.stamp)},
            code: entry.code(as_it_lies),
            ASKED: entry,
        }

    draws(
        "matrix-of-cosines",
        [compare.click],
        cosines,
        [files, subject.model, question.asked],
        [matrix, origin, code, refused],
        refused,
        show_progress_on=[matrix],
    )


def _pictures(given: list[str] | None) -> tuple[list[Any], list[str] | None]:
    """Return pictures and their names: those that were given, else the examples."""
    if given and len(given) > MOST_PICTURES:
        raise InputError(f"Choose at most {MOST_PICTURES} pictures.")
    if given:
        return list(given), None
    photos = load_dataset("photos")
    samples = [photos[i] for i in range(len(photos))]
    return [one.image for one in samples], [one.id for one in samples]
