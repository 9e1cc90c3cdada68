"""The panel "get another": asks once, shows how far a download is, and ends with it chosen."""

import time
from collections.abc import Iterator
from typing import Any

import gradio as gr

from replearn.core.errors import OfflineError, ReplearnError
from replearn.core.settings import from_environment
from replearn.encoders.names import canonical
from replearn.encoders.transfers import transfer, under_way
from replearn.ui.frame.components import component
from replearn.ui.frame.turns import QUIET
from replearn.ui.getting.views import Target, View, offer, progress, refused

EVERY = 0.3  # seconds between two looks at a download
WATCHED = 20  # at a time
OFF = "This page doesn't download; whoever runs it can, with --downloads."


def getting_panel(elem_id: str) -> gr.HTML:
    """Return the panel, unseen until something is to be fetched."""
    return component("getting", elem_id)


def offered(name: str, target: Target) -> View | None:
    """Return the question before a download; None where visitors may not download."""
    return offer(name, target) if from_environment().may_download else None


def offer_of(name: str | None, error: ReplearnError, target: Target) -> dict[str, Any] | None:
    """Return the question whether to fetch what isn't here, where that may be asked."""
    if not isinstance(error, OfflineError):
        return None
    wanted = (name or "").strip()
    return offered(wanted if target == "dataset" else canonical(wanted), target)


def listen(panel: gr.HTML) -> None:
    """Follow the panel's buttons."""

    def fetched(event: gr.EventData) -> Iterator[View]:
        yield from _fetched(str(getattr(event, "name", "")), getattr(event, "into", "model"))

    how = {**QUIET, "concurrency_limit": WATCHED}
    panel.picked(_picked, None, panel, **QUIET)
    panel.started(fetched, None, panel, trigger_mode="multiple", **how)
    panel.stopped(_stopped, None, None, **QUIET)
    panel.closed(lambda: None, None, panel, **QUIET)


def _picked(event: gr.EventData) -> View | None:
    target: Target = getattr(event, "into", "model")
    return offered(str(getattr(event, "name", "")), target)


def _fetched(name: str, target: Target) -> Iterator[View]:
    if not from_environment().may_download:
        yield {"target": target, "title": OFF, "buttons": []}
        return
    try:
        one = transfer(name)
    except ReplearnError as error:
        yield refused(name, target, str(error))
        return
    while not one.state.ended:
        yield progress(name, target, one)
        time.sleep(EVERY)
    if one.state.kind == "here":
        yield {"came": name, "target": target}  # the browser says that it was chosen
    else:
        yield progress(name, target, one)


def _stopped(event: gr.EventData) -> None:
    found = under_way(str(getattr(event, "name", "")))
    if found is not None and found.is_own and from_environment().may_download:
        found.stop()
