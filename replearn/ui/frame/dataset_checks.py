"""A data set that comes in above is checked here, once; a bad one leaves the one before."""

from dataclasses import dataclass

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.core.settings import from_environment
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.telling import left_out_of, said_of, summary
from replearn.ui.frame.components import inert
from replearn.ui.frame.figure import Shown
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.subject_names import DATA, choices, with_own
from replearn.ui.getting.panel import offer_of
from replearn.ui.getting.views import GET, catalogue

ALL_SPLITS = "all"


@dataclass(frozen=True)
class DatasetChecks:
    """What is done with a data set that is chosen or typed.

    Attributes:
        subject: whose states and components follow it.
    """

    subject: Subject

    def checked_dataset(self, name: str | None, before: str) -> Shown:
        """Take a data set; one that can't be opened leaves the one before, and what was typed."""
        at, wanted = self.subject.choosers, (name or "").strip()
        if wanted == GET:
            catalogue_ = catalogue("dataset")
            return {at.dataset: before, at.refused_name: None, at.get_dataset: catalogue_}
        try:
            if not wanted:
                raise InputError("Choose a data set from the list, or type folder:PATH.")
            data = None if wanted in DATA else load_dataset(wanted)
        except ReplearnError as error:
            if panel := offer_of(wanted, error, "dataset"):
                return {at.dataset: before, at.refused_name: None, at.get_dataset: panel}
            return {at.refused_name: f"{error} {before} is still the data set.", at.told: ""}
        taken: Shown = {
            self.subject.dataset: wanted,
            at.refused_name: None,
            at.split: _split_choice(data),
            at.told: "" if data is None else _read_as(data),
        }
        if data is not None:
            names = with_own(wanted, choices(from_environment())[2])
            taken |= {at.dataset: gr.Dropdown(names, value=wanted)}
        return taken if wanted == before else {**taken, at.get_dataset: None}

    def came(self, event: gr.EventData, before: str) -> Shown:
        """Choose what was fetched."""
        return self.checked_dataset(str(getattr(event, "name", "")), before)

    def checked_split(self, name: str, split: str) -> Shown:
        """Take one split of the data set, or all of it."""
        at = self.subject.choosers
        try:
            chosen = getattr(load_dataset(name.strip()), "split", None)
            plain = name.strip().removesuffix(f"@{chosen}") if chosen else name.strip()
            wanted = plain if split == ALL_SPLITS else f"{plain}@{split}"
            told = _read_as(load_dataset(wanted))
        except ReplearnError as error:
            return {at.refused_name: str(error), at.told: ""}
        return {self.subject.dataset: wanted, at.refused_name: None, at.told: told}


def _split_choice(data: Dataset | None) -> gr.Dropdown:
    """Return the choice of a split, where there are any."""
    splits = list(getattr(data, "splits", ()))
    if not splits:
        return gr.Dropdown(visible=False)
    chosen = getattr(data, "split", None) or ALL_SPLITS
    return gr.Dropdown([ALL_SPLITS, *splits], value=chosen, visible=True)


def _read_as(data: Dataset) -> str:
    """Say how a data set was read, and what was left out; inert, for it holds names of files."""
    lines = [*said_of(data), *summary(left_out_of(data))]
    return "  \n".join(inert(line) for line in lines)
