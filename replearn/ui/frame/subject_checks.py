"""What comes in above is checked here, once; what can't be used leaves what was there."""

from dataclasses import dataclass

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.core.settings import from_environment
from replearn.encoders.names import OPEN_CLIP, canonical
from replearn.encoders.registry import load_model
from replearn.ui.frame.figure import Shown, unchanged
from replearn.ui.frame.framing import Frame, frame_of, framed_path, framing_value
from replearn.ui.frame.serving.displayable import displayable
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.subject_names import (
    NO_COMPARISON,
    choices,
    model_line,
    model_names,
    with_own,
)
from replearn.ui.getting.opening import opening
from replearn.ui.getting.panel import offer_of
from replearn.ui.getting.views import GET, catalogue

SHOWN = gr.Progress()


@dataclass(frozen=True)
class SubjectChecks:
    """What is done with what comes in.

    Attributes:
        subject: whose states and components follow it.
    """

    subject: Subject

    def checked_picture(self, path: str | None, model: str) -> Shown:
        """Take an uploaded picture as the subject, or say why it can't be; then there is none."""
        at = self.subject.choosers
        nothing = {**self.subject.of_picture(None, model), at.why: ""}
        if path is None:
            return {**nothing, at.refused: None}
        try:
            shown = displayable(path)
        except ReplearnError as error:
            return {**nothing, at.picture: None, at.refused: str(error)}
        taken = {**self.subject.of_picture(shown, model), at.refused: None, at.why: ""}
        return taken if shown == path else {**taken, at.picture: shown}

    def chosen_frame(self, original: str | None, model: str, event: gr.EventData) -> Shown:
        """Let the model see another square of the picture."""
        at = self.subject.choosers
        try:
            frame = frame_of(event)
            picture = None if original is None else framed_path(original, frame, model)
        except ReplearnError as error:
            return {at.refused: str(error)}
        return {**self._framed(picture, frame, model), at.refused: None}

    def _framed(self, picture: str | None, frame: Frame, model: str) -> Shown:
        return {
            self.subject.frame: frame,
            self.subject.picture: picture,
            self.subject.choosers.framing: framing_value(frame, model),
        }

    def checked_model(
        self,
        name: str | None,
        before: str,
        original: str | None,
        frame: Frame,
        progress: gr.Progress = SHOWN,
    ) -> Shown:
        """Take a model as the subject's; one that can't be opened leaves the one before."""
        at = self.subject.choosers
        if name == before:  # the box went back: what was said stays, and what is typed by now
            return unchanged()
        if name == GET:
            return {at.model: before, at.refused_name: None, at.get_model: catalogue("model")}
        try:
            usable = _opened(name, progress)
            picture = None if original is None else framed_path(original, frame, usable)
        except ReplearnError as error:
            if panel := offer_of(name, error, "model"):
                return {at.model: before, at.refused_name: None, at.get_model: panel}
            return {at.model: before, at.refused_name: f"{error} {before} goes on answering."}
        names = with_own(usable, choices(from_environment())[0])
        return {
            self.subject.model: usable,
            at.model: gr.Dropdown(names, value=usable),
            at.card: model_line(usable),
            self.subject.picture: picture,
            at.framing: framing_value(frame, usable),
            at.refused_name: None,
            at.get_model: None,
        }

    def checked_comparison(
        self, name: str | None, before: str, progress: gr.Progress = SHOWN
    ) -> Shown:
        """Take a model to compare with; one that can't be opened leaves the one before."""
        at = self.subject.choosers
        if name == before:
            return unchanged()
        if name == GET:
            return {at.compare: before, at.refused_name: None, at.get_model: catalogue("compare")}
        if not (name or "").strip() or name == NO_COMPARISON:
            none = NO_COMPARISON
            return {self.subject.compare: none, at.compare: none, at.refused_name: None}
        try:
            usable = _opened(name, progress)
        except ReplearnError as error:
            if panel := offer_of(name, error, "compare"):
                return {at.compare: before, at.refused_name: None, at.get_model: panel}
            return {at.compare: before, at.refused_name: str(error)}
        names = with_own(usable, choices(from_environment())[1])
        return {
            self.subject.compare: usable,
            at.compare: gr.Dropdown(names, value=usable),
            at.refused_name: None,
            at.get_model: None,
        }

    def came(
        self, event: gr.EventData, model: str, compare: str, original: str | None, frame: Frame
    ) -> Shown:
        """Choose what was fetched, where it was asked for."""
        name = str(getattr(event, "name", ""))
        if getattr(event, "into", "model") == "compare":
            return self.checked_comparison(name, compare)
        return self.checked_model(name, model, original, frame)


def _opened(name: str | None, progress: gr.Progress) -> str:
    """Open a model, unless it is known to open, and say how long it takes."""
    wanted = named_model(name)
    if not _known_to_open(wanted):
        for said in opening(wanted):
            progress(0, desc=said)
    return wanted


def _known_to_open(name: str) -> bool:
    return name in model_names(from_environment()) and not name.startswith(OPEN_CLIP)


def named_model(name: str | None) -> str:
    """Return the app's name of a model that was chosen, typed or pasted.

    Raises:
        InputError: there is none.
    """
    if not (name or "").strip():
        raise InputError("Choose a model from the list.")
    return canonical(name or "")


def usable_model(name: str | None) -> str:
    """Return a model's name if it can be opened.

    Raises:
        ReplearnError: it can't; the sentence says what to do.
    """
    wanted = named_model(name)
    if not _known_to_open(wanted):
        load_model(wanted)
    return wanted
