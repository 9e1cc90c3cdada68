"""What stands at the head of a tab: its question, how to read it, and what to try with a click."""

from replearn.lessons.reading import state_query
from replearn.lessons.tries import TRIES
from replearn.ui.frame.components import component, described


def introduced(
    tab: str, question: str, how_to_read: str, misleads: str, paper: tuple[str, str]
) -> None:
    """Build the head of a tab.

    Args:
        tab: its name, which has steps in `TRIES`.
        question: the tab's question in plain words.
        how_to_read: one or two sentences.
        misleads: one or two sentences.
        paper: its name and address.
    """
    described(question, how_to_read, misleads, paper)
    try_line(tab)


def try_line(tab: str) -> None:
    """Build the line of what to try in a tab."""
    steps = [{"text": text, "page": state_query(state)} for text, state in TRIES[tab]]
    component("try", f"try-{tab}", steps)
