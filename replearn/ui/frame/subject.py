"""The subject: one picture, one model, one data set, checked once where they come in.

Components above take what a person gives; states hold what was found to be usable, and
everything on the page follows the states. What can't be used is said in one sentence, and what was
chosen before goes on.
"""

import time
from dataclasses import dataclass, field

import gradio as gr

from replearn.ui.frame.figure import Shown
from replearn.ui.frame.framing import CENTRE, framing_value
from replearn.ui.frame.picture_input import PictureInput

NO_PICTURE = "Choose a picture: upload, paste, or take an example."


@dataclass(frozen=True)
class Choosers:
    """The components of the bar."""

    picture: PictureInput
    framing: gr.HTML  # which square of it the model sees
    examples: gr.Gallery
    why: gr.Markdown
    model: gr.Dropdown
    card: gr.Markdown
    compare: gr.Dropdown
    get_model: gr.HTML  # fetches a model that isn't here
    dataset: gr.Dropdown
    split: gr.Dropdown
    told: gr.Markdown  # how the data set was read
    get_dataset: gr.HTML
    refused: gr.HTML  # about the picture
    refused_name: gr.HTML  # about a model or data set


@dataclass(frozen=True)
class Subject:
    """What every tab is about.

    Attributes:
        picture: the path of a picture that can be opened, as the model gets it, or None.
        original: the path of the picture that was given, or None.
        frame: a `Frame`, which square of the original the model sees.
        model: the name of a model.
        compare: the name of another model, or `NO_COMPARISON`.
        dataset: the name of a data set.
        models: the names that there were when the page was built.
        choosers: the components behind these states.
    """

    picture: gr.State
    original: gr.State
    frame: gr.State
    model: gr.State
    compare: gr.State
    dataset: gr.State
    models: tuple[str, ...]
    choosers: Choosers

    @property
    def states(self) -> dict[str, gr.State]:
        """What tells that the subject is another one."""
        return {
            "picture": self.picture,
            "model": self.model,
            "compare": self.compare,
            "dataset": self.dataset,
        }

    def of_picture(self, path: str | None, model: str) -> Shown:
        """Return what states and frame become with another picture, or with none."""
        return {
            self.original: path,
            self.frame: CENTRE,
            self.picture: path,
            self.choosers.framing: framing_value(CENTRE, model),
        }


@dataclass(frozen=True)
class LinkedData:
    """Pictures that the tab Groups hands to the lab, and when.

    Attributes:
        dataset: its name.
        balance: the column of which every value is to be drawn equally often.
    """

    dataset: str
    balance: str
    asked_at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class LinkedUnit:
    """A unit that one tab hands to another, and when: the same one may be asked for twice.

    Attributes:
        layer: its layer; empty for the last.
        unit: its number.
    """

    layer: str
    unit: int
    asked_at: float = field(default_factory=time.monotonic)
