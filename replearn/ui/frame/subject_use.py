"""What of the subject each tab is drawn from."""

import gradio as gr

from replearn.ui.frame.subject import Subject


def used_by_tabs(page: gr.Blocks, subject: Subject) -> dict[str, list[str]]:
    """Return for each tab the names of the subject's states that anything in it reads.

    Call it when everything is built: it is read off the page's listeners.
    """
    names = {state._id: name for name, state in subject.states.items()}
    names[subject.original._id] = "picture"
    found: dict[str, set[str]] = {
        str(one.id): set() for one in page.blocks.values() if isinstance(one, gr.Tab)
    }
    for listener in page.fns.values():
        read = {names[one._id] for one in listener.inputs if one._id in names}
        if not read:
            continue
        tabs = {_outermost(one) for one in listener.outputs} - {None}
        # what brings a link's values back reaches all tabs, and draws none
        if len(tabs) == 1:
            found[str(tabs.pop())] |= read
    return {tab: [name for name in subject.states if name in read] for tab, read in found.items()}


def _outermost(one: object) -> str | None:
    """Return the name of the tab at the top around a component."""
    name = None
    while one is not None:
        if isinstance(one, gr.Tab):
            name = str(one.id)
        one = getattr(one, "parent", None)
    return name
