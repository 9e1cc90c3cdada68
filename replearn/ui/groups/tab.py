"""Groups: for whom does it work?"""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.studies.groups.shipped import VIEWS
from replearn.taking_home.asked import as_it_lies
from replearn.ui.frame.components import code_panel
from replearn.ui.frame.figure import Shown, cancels, draws, figure, refusing, stop_button
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.progress import to_page
from replearn.ui.frame.question import QuestionBox
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import LATEST, Turns
from replearn.ui.groups.asked import groups_entry
from replearn.ui.groups.asking import ALONE, OWN, Wanted, controls, inputs_of
from replearn.ui.groups.audit_panel import audit_panel
from replearn.ui.groups.compare_panel import compare_panel
from replearn.ui.groups.helps_panel import helps_panel
from replearn.ui.groups.odds_panel import odds_panel
from replearn.ui.groups.published_panel import published_panel
from replearn.ui.groups.search_panel import search_panel
from replearn.ui.groups.slices_panel import slices_panel
from replearn.ui.groups.view import Seen, group_view
from replearn.ui.lessons.introduced import introduced

NAME = "groups"


def groups_tab(turns: Turns, subject: Subject, question: QuestionBox, to_train: gr.State) -> None:
    """Build the tab: accuracy by group, and where it fails without being told."""
    introduced(
        "groups",
        "**For whom does it work?** One accuracy hides those for whom it fails: the same model, "
        "group by group.",
        "A dot is a group's accuracy, the line its 95 % interval (Wilson). Groups of fewer than 20 "
        "pictures are grey, hollow and never ranked. The gap is the best group minus the worst, "
        "with a bootstrap interval, of pairs where the pictures are the same but for the group. "
        "Each group is tested against the rest (Fisher), corrected for the number of groups "
        "(Holm). Further: [Buolamwini and Gebru 2018]"
        "(https://proceedings.mlr.press/v81/buolamwini18a.html), "
        "[Sagawa et al. 2020](https://arxiv.org/abs/1911.08731) on groups by shortcut.",
        "The best and the worst are named after looking, so their gap is flattered: hence what "
        "chance alone would do stands beside it. A group that looks fine may hide a failing one "
        "within (choose two columns). That a group fails doesn't say why: its pictures may be "
        "harder, fewer in training, or labelled otherwise. No gap isn't fairness, and drawings of "
        "people aren't people: no decision about a person should rest on any of this.",
        (
            "De Vries et al. 2019 (for whom object recognition works)",
            "https://arxiv.org/abs/1906.02659",
        ),
    )
    at = controls()
    about = gr.Markdown(VIEWS[next(iter(VIEWS))].about, elem_id="groups-about")
    with gr.Row(visible=False, elem_id="groups-own", elem_classes="rl-buttons") as own:
        ask = gr.Button("ask", size="sm", variant="primary", elem_id="groups-ask")
        stop = stop_button("groups")
    with figure("groups"):
        view = group_view()
    with figure("group-mistakes"):
        mistakes = gr.Gallery(
            label="Surest mistakes",
            columns=6,
            height="auto",
            object_fit="contain",
            allow_preview=False,
            buttons=[],
            elem_id="groups-mistakes",
        )
    inputs = inputs_of(at, subject, question.asked)
    at.whose.render()  # type: ignore[no-untyped-call]
    below = [*inputs, at.whose]
    search_panel(below)
    compare_panel(below)
    helps_panel(below, to_train)
    slices_panel(below)
    odds_panel(below)
    audit_panel(turns, subject)
    published_panel(turns)
    code = code_panel("groups-code")

    def offered(wanted: Wanted) -> Shown:
        """Return the columns to choose from, and those that are chosen."""
        there, chosen = wanted.columns(), wanted.chosen()
        second = chosen[1] if len(chosen) > 1 else ALONE
        return {
            at.by: gr.Dropdown(list(there), value=chosen[0]),
            at.beside: gr.Dropdown([ALONE, *there], value=second),
            at.whose: gr.Dropdown(list(wanted.models), value=wanted.one),
            about: VIEWS[wanted.view].about if wanted.view != OWN else _about_own(wanted),
            own: gr.update(visible=wanted.view == OWN),
        }

    def taken_along(wanted: Wanted, shown: Shown) -> Shown:
        entry = groups_entry(wanted, shown[view.seen].reports)
        return {**shown, code: entry.code(as_it_lies), ASKED: entry}

    @refusing(view.refused)
    def by_group(*values: Any) -> Shown:
        wanted = Wanted(*values)
        chosen = offered(wanted)
        try:
            shown = view.shown(wanted.known(), wanted.chosen(), wanted.kept)
            return chosen | taken_along(wanted, shown)
        except ReplearnError as error:  # the columns are there to be chosen all the same
            return chosen | {view.refused: str(error)}

    @refusing(view.refused)
    def asked_by_group(
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *values: Any,
    ) -> Shown:
        wanted = Wanted(*values)
        answers = wanted.answers(to_page(progress))
        shown = view.shown(answers, wanted.chosen(), wanted.kept)
        return offered(wanted) | taken_along(wanted, shown)

    @refusing(view.refused)
    def group_mistakes(name: str | None, seen: Seen | None) -> Shown:
        return {mistakes: seen.mistakes(name) if seen else []}

    def group_clicked(seen: Seen | None, event: gr.EventData) -> Any:
        found = seen and seen.clicked(int(event.index))
        return gr.skip() if found is None else found

    outputs = [*view.outputs, at.by, at.beside, at.whose, about, own, code]
    events = [one.input for one in (at.view, at.by, at.beside, at.largest)]
    draws(
        "groups",
        [turns.of(NAME).change, *events],
        by_group,
        inputs,
        outputs,
        view.refused,
        follows=[at.by, at.beside],
        show_progress="minimal",
        show_progress_on=[view.canvas],
    )
    asking = draws(
        "groups",
        [ask.click],
        asked_by_group,
        inputs,
        outputs,
        view.refused,
        follows=[at.by, at.beside],
        concurrency_limit=1,
        concurrency_id="long",
        show_progress_on=[view.canvas],
    )
    cancels(stop, "groups", asking)
    draws(
        "group-mistakes",
        [view.group.change, view.seen.change],
        group_mistakes,
        [view.group, view.seen],
        [mistakes, view.refused],
        view.refused,
        show_progress="minimal",
        show_progress_on=[mistakes],
    )
    view.canvas.point_click(group_clicked, view.seen, view.group, **LATEST)


def _about_own(wanted: Wanted) -> str:
    return (
        f"{' and '.join(f'`{one}`' for one in wanted.models)} on `{wanted.dataset}`: the model and "
        "the data set above, and the model to compare with. The labels are the data set's "
        "own classes, in the templates of the tab Zero-shot."
    )
