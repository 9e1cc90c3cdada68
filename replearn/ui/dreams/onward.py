"""A picture that was stopped goes on where it stood."""

from collections.abc import Iterator

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.results.dreams import Dream
from replearn.studies.dreams.going_on import going_on
from replearn.ui.dreams.viewer import DreamViewer
from replearn.ui.frame.figure import Shown, cancels, draws
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.turns import QUIET


def onward_button() -> gr.Button:
    """Return a button that is seen only where something was stopped."""
    return gr.Button("go on", size="sm", visible=False, elem_id="dream-onward")


def goes_on(onward: gr.Button, stop: gr.Button, view: DreamViewer, refused: gr.HTML) -> None:
    """Let the button go on with what the viewer shows, which may be stopped again."""

    def grown_on(
        found: Dream | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Iterator[Shown]:
        try:
            yield {onward: gr.Button(visible=False), refused: None}
            if found is not None and found.standing is not None:
                yield from map(view.values, going_on(found, progress=to_page(progress)))
        except ReplearnError as error:
            yield {refused: str(error)}

    def stopped_at(found: Dream | None) -> Shown:
        return {onward: gr.Button(visible=found is not None and found.standing is not None)}

    drawing = draws(
        "dream",
        [onward.click],
        grown_on,
        [],
        [*view.outputs, onward, refused],
        refused,
        also=[view.kept],
        concurrency_limit=1,
        show_progress_on=[view.line],
    )
    cancels(stop, "dream", drawing)
    stop.click(stopped_at, view.kept, onward, **QUIET)
