"""What a tab says of itself, read off the page as it is built: question, notes, panels, code."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field

import gradio as gr

from replearn.core.settings import from_environment
from replearn.ui.frame.page import build_page

READING, MISLEADING, CODE = "how to read this", "when it misleads", "code"
NOTES = {READING: "reading", MISLEADING: "misleading", CODE: "code"}
STATES = {"selection"}  # panels whose text says what was done last


@dataclass
class About:
    """A tab or a panel: its title, and what stands in it before anything is asked."""

    title: str
    question: str = ""
    reading: str = ""
    misleading: str = ""
    code: str = ""
    text: list[str] = field(default_factory=list)
    panels: list["About"] = field(default_factory=list)

    def says(self) -> bool:
        """Say whether there is anything to read."""
        return bool(self.question or self.text or self.panels)


@functools.cache
def built_page() -> gr.Blocks:
    """Return the page."""
    return build_page(from_environment())


@functools.cache
def tabs() -> dict[str, About]:
    """Return what each tab of the page says, by its id."""
    found = {}
    for block in _descendants(built_page()):
        if isinstance(block, gr.Tabs) and block.elem_id == "tabs":
            inside = [one for one in block.children if isinstance(one, gr.Tab)]
            found = {str(tab.id): _about(str(tab.label or ""), tab) for tab in inside}
    return found


def question(tab: str) -> str:
    """Return a tab's question."""
    return tabs()[tab].question


def reading(tab: str) -> str:
    """Return how a tab is read, with its paper."""
    return _section("How to read it", tabs()[tab].reading)


def misleading(tab: str) -> str:
    """Return when a tab misleads."""
    return _section("When it misleads", tabs()[tab].misleading)


def code(tab: str) -> str:
    """Return the Python that the tab shows before anything is asked."""
    return f"```python\n{tabs()[tab].code.strip()}\n```"


def panels(tab: str) -> str:
    """Return what each panel below a tab says."""
    return "\n\n".join(_panel(one, 3) for one in tabs()[tab].panels)


def _section(title: str, text: str) -> str:
    if not text:
        raise KeyError(title)
    return f"## {title}\n\n{text}"


def _panel(panel: About, level: int) -> str:
    title = panel.title[:1].upper() + panel.title[1:]
    parts = [f"{'#' * level} {title}", panel.question, *panel.text, panel.reading]
    if panel.misleading:
        parts.append(f"**When it misleads**: {panel.misleading}")
    if panel.code:
        parts.append(f"```python\n{panel.code.strip()}\n```")
    parts += [_panel(one, level + 1) for one in panel.panels]
    return "\n\n".join(part for part in parts if part)


def _about(title: str, block: gr.blocks.BlockContext) -> About:
    found = About(title)
    _read(block, found)
    if found.question:  # texts beside a question head figures
        found.text = []
    return found


def _read(block: gr.blocks.BlockContext, found: About) -> None:
    for child in block.children:
        label = getattr(child, "label", "") or ""
        if isinstance(child, gr.Accordion) and label in NOTES:
            setattr(found, NOTES[label], _first_text(child))
        elif isinstance(child, gr.Accordion | gr.Tab):
            panel = _about(label, child)
            if panel.says() and child.elem_id not in STATES:
                found.panels.append(panel)
        elif isinstance(child, gr.Markdown):
            _take(child, found)
        elif isinstance(child, gr.blocks.BlockContext):
            _read(child, found)


def _take(markdown: gr.Markdown, found: About) -> None:
    said = markdown.value
    if not isinstance(said, str) or markdown.elem_id:  # an id: filled by an answer
        return
    if "rl-question" in markdown.elem_classes:
        found.question = said
    elif said:
        found.text.append(said)


def _first_text(block: gr.blocks.BlockContext) -> str:
    texts = (one.value for one in _descendants(block) if isinstance(one, gr.Markdown | gr.Code))
    return next((text for text in texts if isinstance(text, str)), "")


def _descendants(block: gr.blocks.BlockContext) -> Iterator[gr.blocks.Block]:
    for child in block.children:
        yield child
        if isinstance(child, gr.blocks.BlockContext):
            yield from _descendants(child)
