"""A link to what is shown, and the way back from one; `static/links.js` does the browser's part."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.core.page_link import PageState, link_query, read_link
from replearn.core.settings import from_environment
from replearn.ui.frame.components import notice
from replearn.ui.frame.figure import Shown, refusing
from replearn.ui.frame.keeping import last_link, linking
from replearn.ui.frame.question import QuestionBox, read
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import QUIET, Turns
from replearn.ui.links.inputs import LinkedInput, linked_inputs
from replearn.ui.links.linked_subject import told_frame_value, told_subject, usual_subject
from replearn.ui.links.pictures import picture_name

ASKING = "zero-shot"  # the tab whose controls all tabs ask by
FRESH = "&fresh=1"  # told of a page that was just loaded again
# a link that a stranger sent starts nothing that goes on by itself
NEVER_PRESSED = frozenset({"train"})
# what draws in a panel, beside the tab's own button
ALSO_PRESSED = frozenset(
    {
        *("fool", "smallest-change", "dream-on", "draw-aim", "invert"),
        *("show-unit", "find-head-words"),
    }
)


@dataclass(frozen=True)
class LinkBar:
    """What stands in the page's header.

    Attributes:
        copy: copies a link to what is shown.
        reset: brings back the usual values of the open tab's controls.
        refused: says what is wrong with a link.
        where: carries places and links between browser and server, unseen.
        restore: pressed by the browser when a link is to be brought back.
    """

    copy: gr.Button
    reset: gr.Button
    refused: gr.HTML
    where: gr.Textbox
    restore: gr.Button


def link_bar() -> LinkBar:
    """Build the header's part; the page renders its notice below the header."""
    return LinkBar(
        gr.Button("link", size="sm", elem_id="copy-link", scale=0),
        gr.Button("reset", size="sm", elem_id="reset-tab", scale=0),
        notice("link-notice", render=False),
        gr.Textbox(visible="hidden", label="where", elem_id="where"),
        gr.Button(visible="hidden", elem_id="restore"),
    )


def follow_links(
    page: gr.Blocks, bar: LinkBar, turns: Turns, subject: Subject, question: QuestionBox
) -> None:
    """Let links be copied and brought back; call it when everything else is built."""
    _copies(page, bar, subject)
    _restores(page, bar, turns, subject, question)
    tabs = [one.id for one in page.blocks.values() if isinstance(one, gr.Tab)]
    folds = [one.elem_id for one in page.blocks.values() if isinstance(one, gr.Accordion)]
    known = [ASKING, tabs, [name for name in folds if name], pressable(page)]
    js = f"() => {{ replearnLinks.know(...{json.dumps(known)}); }}"
    page.load(None, None, None, js=js, api_visibility="private")
    last = last_link()
    last.render()  # type: ignore[no-untyped-call]
    js = "(query) => { replearnLinks.answered(query); }"
    last.change(None, last, None, js=js, api_visibility="private")


def know_links(page: gr.Blocks, subject: Subject, question: QuestionBox) -> None:
    """Let every answer that is kept have its link; call it when everything else is built."""
    usual = usual_subject(subject.models[0]) | {"picture": None}
    told = {name: (state, usual[name]) for name, state in subject.states.items()}
    linking().know(told, question.asked, linked_inputs(page))


def pressable(page: gr.Blocks) -> list[str]:
    """Return the ids of the buttons that a link may press: those that draw something."""
    return [
        str(one.elem_id)
        for one in page.blocks.values()
        if isinstance(one, gr.Button)
        and one.elem_id not in (None, *NEVER_PRESSED)
        and (one.variant == "primary" or one.elem_id in ALSO_PRESSED)
    ]


def _copies(page: gr.Blocks, bar: LinkBar, subject: Subject) -> None:
    known = list(linked_inputs(page).values())
    usual_model = subject.models[0]

    @refusing(bar.refused)
    def link_copied(*values: Any) -> Shown:
        *settings, original, frame, model, compare, dataset, where = values
        tab, unfolded, pressed = _place(where)
        told = {
            "picture": picture_name(original) if original else "",
            "frame": told_frame_value(frame),
            "model": model,
            "compare": compare,
            "dataset": dataset,
        }
        usual = usual_subject(usual_model)
        open_tabs = {ASKING, *tab.split(".")}
        inputs = {
            one.name: value
            for one, value in zip(known, settings, strict=True)
            # what was never shown has no value of its own
            if value is not None and value != one.usual and open_tabs & set(one.tabs)
        }
        changed = {name: value for name, value in told.items() if value != usual[name]}
        return {bar.where: link_query(PageState(tab, unfolded, pressed, changed, inputs))}

    states = [subject.original, subject.frame, subject.model, subject.compare, subject.dataset]
    bar.copy.click(
        link_copied,
        [*(one.component for one in known), *states, bar.where],
        [bar.where, bar.refused],
        js="(...values) => [...values.slice(0, -1), replearnLinks.place()]",
        **QUIET,
    ).then(None, bar.where, None, js="(query) => { replearnLinks.copied(query); }", **QUIET)


def _restores(
    page: gr.Blocks, bar: LinkBar, turns: Turns, subject: Subject, question: QuestionBox
) -> None:
    known = linked_inputs(page)
    at = subject.choosers

    def link_restored(query: str | None) -> Shown:
        try:
            state = read_link(query or "")
            found, refused = (
                ({}, "") if state.subject is None else told_subject(subject, state.subject)
            )
            found |= _named(known, state) if FRESH in (query or "") else _settings(known, state)
            if "labels" in state.inputs and from_environment().fixed_labels:
                refused = f"{refused} This class asks by its own labels, not the link's.".strip()
            if state.subject is not None or ASKING in state.tab:
                # texts, ticks and numbers, which are set to what they are
                values = [found.get(one, one.value) for one in question.inputs]
                found[question.asked] = read(*values)
            return {**found, bar.refused: refused or None}
        except ReplearnError as error:
            return {bar.refused: str(error)}

    restored = bar.restore.click(
        link_restored,
        bar.where,
        [
            *(subject.original, subject.frame, subject.picture, at.picture, at.framing, at.why),
            *(subject.model, at.model, at.card, subject.compare, at.compare),
            *(subject.dataset, at.dataset, at.split, at.told, at.get_dataset, at.refused_name),
            *(question.asked, bar.refused),
            *(one.component for one in known.values()),
        ],
        js="() => [replearnLinks.told()]",
        **QUIET,
    )
    turns.resume(restored, "replearnLinks.restored")
    js = "() => { replearnLinks.restore(replearnLinks.bare()); }"
    bar.reset.click(None, None, None, js=js, **QUIET)


def _place(where: str | None) -> tuple[str, tuple[str, ...], str]:
    """Return the tab, the panels and the pressed button that the browser names."""
    try:
        told = json.loads(where or "{}")
        tab, unfolded, pressed = told["tab"], told["open"], told["press"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("The page couldn't say what is open; load it again.") from error
    return str(tab), tuple(str(one) for one in unfolded), str(pressed)


def _named(known: Mapping[str, LinkedInput], state: PageState) -> Shown:
    """Return the values that the link names, for a page where all others are as they should be."""
    named = [one for one in known.values() if one.name in state.inputs]
    values = {one.component: (one, one.fitting(state.inputs[one.name])) for one in named}
    return {at: one.set_to(value) for at, (one, value) in values.items() if value is not None}


def _settings(known: Mapping[str, LinkedInput], state: PageState) -> Shown:
    """Return the values of the controls of the link's tab, and of the question."""
    tabs = set(state.tab.split("."))
    if state.subject is not None:
        tabs |= {ASKING}
    found: Shown = {}
    for one in known.values():
        if not tabs & set(one.tabs):
            continue
        fitting = one.fitting(state.inputs[one.name]) if one.name in state.inputs else None
        found[one.component] = one.set_to(one.usual if fitting is None else fitting)
    return found
