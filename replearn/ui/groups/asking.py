"""What the tab asks: answers that ship, or those of the models and the data set above."""

from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.data import load_dataset
from replearn.data.base import Listed
from replearn.studies.groups.answers import LABEL, Answers, answers_of, are_known
from replearn.studies.groups.columns import LARGEST
from replearn.studies.groups.shipped import VIEWS, shipped_answers
from replearn.ui.frame.question import Asked
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.subject_names import NO_COMPARISON

OWN = "own"
ALONE = "nothing else"
FIRST = next(iter(VIEWS))
PRESS = "These pictures weren't asked about yet: press ask."


@dataclass(frozen=True)
class Controls:
    """The tab's controls.

    Attributes:
        view: what ships, or `OWN`.
        by, beside: the column, and a second one together with it.
        largest: whether only the largest groups are kept.
        whose: whose mistakes the panels below look into.
    """

    view: gr.Radio
    by: gr.Dropdown
    beside: gr.Dropdown
    largest: gr.Checkbox
    whose: gr.Dropdown


@dataclass(frozen=True)
class Wanted:
    """The values of `inputs_of`, in order."""

    view: str
    by: str | None
    beside: str | None
    largest: bool
    data: str
    model: str
    compared: str
    asked: Asked
    whose: str | None = None

    @property
    def models(self) -> tuple[str, ...]:
        """Whose answers are shown."""
        if self.view != OWN:
            return VIEWS[self.view].models
        both = (self.model, self.compared)
        return tuple(dict.fromkeys(one for one in both if one != NO_COMPARISON))

    @property
    def dataset(self) -> str:
        """The data set's name."""
        return self.data if self.view == OWN else VIEWS[self.view].data

    def columns(self) -> tuple[str, ...]:
        """Return what the pictures can be grouped by.

        Raises:
            InputError: the data set can't be opened, or a view's answers aren't here.
        """
        if self.view != OWN:
            return tuple(shipped_answers(self.view, self.models[0]).columns)
        data = load_dataset(self.data)
        first = data.entry(0) if isinstance(data, Listed) else data[0]
        own = tuple(first.meta)
        return own if LABEL in own else (*own, LABEL)

    def chosen(self) -> tuple[str, ...]:
        """Return the columns that are asked for: those that were chosen and are there."""
        there = self.columns()
        usual = VIEWS[self.view].by if self.view != OWN else there[0]
        first = self.by if self.by in there else usual
        second = self.beside if self.beside in there and self.beside != first else None
        return (first, second) if second else (first,)

    @property
    def question(self) -> Question:
        """The page's question about the data set's own classes, which one of them must win.

        Raises:
            InputError: it can't be asked.
        """
        return replace(self.asked.get(), labels=None, null_prompt=None)

    @property
    def kept(self) -> int:
        """How many groups of a column are kept at most; 0 refuses too many."""
        return LARGEST if self.largest else 0

    @property
    def one(self) -> str:
        """The model whose mistakes are looked into."""
        return self.whose if self.whose in self.models else self.models[0]

    def known_of_one(self) -> Answers:
        """Return that model's answers.

        Raises:
            InputError: they have to be asked for.
        """
        return self.known()[self.models.index(self.one)]

    def known(self) -> list[Answers]:
        """Return answers that are here already.

        Raises:
            InputError: they have to be asked for.
        """
        if self.view != OWN:
            return [shipped_answers(self.view, model) for model in self.models]
        asked = self.question
        if not all(are_known(self.data, model, asked) for model in self.models):
            raise InputError(PRESS)
        return self.answers()

    def answers(self, progress: Progress = silent) -> list[Answers]:
        """Return the answers, asked for where they aren't known.

        Raises:
            InputError: the data set has no labels, or can't be opened.
            CapabilityError: a model can't choose among its classes.
        """
        if self.view != OWN:
            return self.known()
        asked = self.question
        return [answers_of(self.data, model, asked, progress) for model in self.models]


def controls() -> Controls:
    """Build the controls."""
    view = gr.Radio(
        [*((one.title, name) for name, one in VIEWS.items()), ("the data set above", OWN)],
        value=FIRST,
        label="Whose answers, to which pictures",
        elem_id="groups-view",
    )
    with gr.Row():
        by = gr.Dropdown([VIEWS[FIRST].by], value=VIEWS[FIRST].by, label="By", elem_id="groups-by")
        beside = gr.Dropdown([ALONE], value=ALONE, label="together with", elem_id="groups-beside")
        largest = gr.Checkbox(
            False,
            label=f"the {LARGEST} largest",
            info="of a column with many values",
            elem_id="groups-largest",
        )
    models = list(VIEWS[FIRST].models)
    whose = gr.Dropdown(
        models,
        value=models[0],
        label="Whose mistakes the panels below look into",
        elem_id="groups-whose",
        render=False,
    )
    return Controls(view, by, beside, largest, whose)


def inputs_of(at: Controls, subject: Subject, asked: gr.State) -> list[Any]:
    """Return the components whose values `Wanted` takes, but for whose mistakes."""
    of_tab = [at.view, at.by, at.beside, at.largest]
    return [*of_tab, subject.dataset, subject.model, subject.compare, asked]
