"""Where a report is seen: the plot, the gap in a sentence, the table, and mistakes as pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.plotting.groups.figures import clicked, group_figure
from replearn.plotting.groups.rows import GROUP_COLUMNS, group_rows
from replearn.plotting.groups.sentences import gap_sentence, said_of
from replearn.results.groups import GroupReport
from replearn.studies.answering.samples import samples_of
from replearn.studies.groups.answers import Answers
from replearn.studies.groups.groups import report
from replearn.ui.frame.components import inert, notice, plot, stamp
from replearn.ui.frame.figure import Shown
from replearn.ui.groups.tables import paragraphs, table

OF = ": "  # between a model and a group


@dataclass(frozen=True, eq=False)  # the page asks whether it is another one
class Seen:
    """What the view shows.

    Attributes:
        answers: of each model.
        reports: of each model.
        by: the columns.
    """

    answers: list[Answers]
    reports: list[GroupReport]
    by: tuple[str, ...]

    def groups(self) -> list[str]:
        """Return all groups with mistakes, named with their model, the worst first."""
        return [
            f"{one.stamp.model}{OF}{row.name}"
            for one in self.reports
            for row in one.groups(self.by)
            if row.shown
        ]

    def clicked(self, number: int) -> str | None:
        """Return the name of the group that a click means; None of one without mistakes."""
        found = clicked(self.reports, self.by, number)
        if found is None:
            return None
        place, values = found
        name = f"{self.reports[place].stamp.model}{OF}{', '.join(values)}"
        return name if name in self.groups() else None

    def mistakes(self, name: str | None) -> list[tuple[Any, str]]:
        """Return the surest mistakes of a group, else of the worst, with what was said."""
        names = self.groups()
        wanted = name if name in names else next(iter(names), None)
        for answers, one in zip(self.answers, self.reports, strict=True):
            for row in one.groups(self.by):
                if f"{one.stamp.model}{OF}{row.name}" == wanted:
                    return _pictured(answers, row.shown)
        return []


@dataclass(frozen=True)
class View:
    """The components."""

    canvas: gr.HTML
    gaps: gr.Markdown
    table: gr.Markdown
    origin: gr.HTML
    group: gr.Dropdown
    refused: gr.HTML
    seen: gr.State

    @property
    def outputs(self) -> list[Any]:
        """All components."""
        return list(vars(self).values())

    def shown(self, answers: list[Answers], columns: Sequence[str], largest: int) -> Shown:
        """Return what the components show of answers by one column, or by two together."""
        reports = [report(one, columns, largest=largest) for one in answers]
        by = reports[0].by[-1]
        told = "; ".join(str(one.stamp) for one in reports)
        seen = Seen(answers, reports, by)
        names = seen.groups()
        tables = [
            f"**{inert(one.stamp.model)}**, {inert(' x '.join(by))}: {inert(str(one.overall))} of "
            f"all pictures\n\n{table(GROUP_COLUMNS, group_rows(one, by))}"
            for one in reports
        ]
        gaps = [f"**{inert(one.stamp.model)}**: {inert(gap_sentence(one, by))}" for one in reports]
        return {
            self.canvas: group_figure(reports, by),
            self.gaps: "\n\n".join([*gaps, paragraphs(said_of(reports))]),
            self.table: "\n\n".join(tables),
            self.origin: {"text": told},
            self.group: gr.Dropdown(names, value=names[0] if names else None),
            self.seen: seen,
        }


def group_view() -> View:
    """Build the components."""
    canvas = plot("groups-plot")
    gaps = gr.Markdown(elem_id="groups-gaps")
    with gr.Accordion("table", open=False, elem_id="groups-rows"):
        rows = gr.Markdown(elem_id="groups-table", elem_classes="rl-numbers")
    origin = stamp("groups-stamp")
    group = gr.Dropdown(
        [],
        label="Surest mistakes of (or click on a dot)",
        allow_custom_value=True,  # of the view before, for the moment until this one's is there
        elem_id="groups-mistakes-of",
    )
    return View(canvas, gaps, rows, origin, group, notice("groups-notice"), gr.State(None))


def _pictured(answers: Answers, rows: Sequence[int]) -> list[tuple[Any, str]]:
    data = answers.dataset()
    place = {int(row): i for i, row in enumerate(answers.rows) if int(row) in set(rows)}
    found = []
    for row, one in zip(rows, samples_of(data, list(rows)), strict=True):
        i = place[row]
        label, said = answers.classes[answers.truth[i]], answers.classes[answers.said[i]]
        found.append((one.image, f"{said} {answers.confidence[i]:.2f}, is {label}"))
    return found
