"""Work that a page can stop: one wish for each open page."""

from typing import Any

import gradio as gr
from gradio.utils import LRUCache

from replearn.core.errors import StoppedError
from replearn.core.progress import Progress
from replearn.ui.frame.progress import to_page


class Stops:
    """Which pages asked their work to stop.

    Args:
        said: the sentence that the stopped work ends with.
    """

    def __init__(self, said: str) -> None:
        self._said = said
        self._wished: set[str | None] = set()

    def progress(self, request: gr.Request, shown: gr.Progress) -> Progress:
        """Forget an old wish, and return a progress that stops the work when there is a new one."""
        session, report = request.session_hash, to_page(shown)
        self._wished.discard(session)

        def told(done: int, total: int, what: str) -> None:
            if session in self._wished:
                raise StoppedError(self._said)
            report(done, total, what)

        return told

    def wish(self, request: gr.Request) -> str:
        """Ask the page's work to stop."""
        self._wished.add(request.session_hash)
        return "Stopping after this step."


class Iterators(dict[str, Any]):
    """The generators that run, of which one may be stopped twice: Gradio 6.31 deletes it twice."""

    def __delitem__(self, event: str) -> None:
        self.pop(event, None)


class OpenPages(LRUCache[str, Any]):
    """What waits for each open page, whose leaving Gradio 6.31 notices once for each connection."""

    def __delitem__(self, session: str) -> None:
        self.pop(session, None)
