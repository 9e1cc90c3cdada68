"""The page: the subject in a bar, below it a tab for each question."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import gradio as gr

from replearn import __version__
from replearn.core.errors import ReplearnError
from replearn.core.settings import OPEN_TO_ALL, Settings, from_environment
from replearn.ui.distortions.tab import distortions_tab
from replearn.ui.dreams.tab import dreams_tab
from replearn.ui.frame.components import component, plotly_early
from replearn.ui.frame.endpoints import add_endpoints
from replearn.ui.frame.examples import example, example_thumbnails, example_why, photo_labels
from replearn.ui.frame.figure import Shown
from replearn.ui.frame.framing import CENTRE, framing_value
from replearn.ui.frame.question import LONGEST_LINK, QuestionBox, read, with_labels
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.subject_bar import subject_bar
from replearn.ui.frame.subject_checks import usable_model
from replearn.ui.frame.subject_names import current_choices, model_line, model_names, told_names
from replearn.ui.frame.subject_use import used_by_tabs
from replearn.ui.frame.turns import QUIET, Turns
from replearn.ui.generalisation.tab import generalisation_tab
from replearn.ui.groups.tab import groups_tab
from replearn.ui.heat_maps.tab import heat_maps_tab
from replearn.ui.invariance.tab import invariance_tab
from replearn.ui.lessons.panel import lessons_button, lessons_panel
from replearn.ui.links.links import follow_links, know_links, link_bar
from replearn.ui.many_pictures.tab import batch_tab
from replearn.ui.map.tab import map_tab
from replearn.ui.models.tab import models_tab
from replearn.ui.parts.tab import parts_tab
from replearn.ui.shape.tab import shape_tab
from replearn.ui.taking_home.panel import taking_home_button, taking_home_panel
from replearn.ui.training.tab import training_tab
from replearn.ui.zero_shot.tab import zero_shot_tab

FIRST_TAB = "zero-shot"


def build_page(settings: Settings) -> gr.Blocks:
    """Build the page; nothing heavy is imported or computed."""
    with gr.Blocks(
        title="replearn", analytics_enabled=False, delete_cache=(3600, 24 * 3600)
    ) as page:
        with gr.Row(elem_id="header"):
            gr.HTML(
                f"<h1>replearn</h1><p>what has the model learnt? <small>{__version__}</small></p>",
                apply_default_css=False,
                elem_id="title",
            )
            teaching = lessons_button()
            home = taking_home_button()
            bar = link_bar()
            present = gr.Button("present", size="sm", elem_id="present", scale=0)
            theme = gr.Button("light / dark", size="sm", elem_id="theme", scale=0)
        if settings.open_to_all:
            gr.Markdown(OPEN_TO_ALL, elem_id="open-to-all", elem_classes="rl-card")
        bar.refused.render()  # type: ignore[no-untyped-call]
        component("welcome", "welcome")
        taking_home_panel(home)
        turns = Turns()
        to_draw = gr.State(None)  # a unit that the tab Parts hands to the tab Dreams
        to_train = gr.State(None)  # pictures that the tab Groups hands to the tab Training
        subject = subject_bar(settings)
        with gr.Tabs(selected=FIRST_TAB, elem_id="tabs"):
            question, answered = _tabs(turns, subject, to_draw, to_train)
        lessons_panel(teaching)
        turns.follow({**subject.states, "question": question.asked})
        add_endpoints(settings.models[0])
        for button, act in ((theme, "theme"), (present, "present")):
            js = f"() => {{ replearnVisit.{act}(); }}"
            button.click(None, None, None, js=js, api_visibility="private")
        _take_examples(subject, question)
        follow_links(page, bar, turns, subject, question)
        known = json.dumps([used_by_tabs(page, subject), told_names()])
        js = f"() => {{ replearnSubject.know(...{known}); }}"
        page.load(None, None, None, js=js, api_visibility="private")
        know_links(page, subject, question)
        _begin(page, turns, subject, question)
        answered.then(None, None, None, js=plotly_early(), api_visibility="private")
        _no_hidden_progress(page)
    built: gr.Blocks = page
    return built


def _no_hidden_progress(page: gr.Blocks) -> None:
    """Keep progress that isn't shown away from what is shown.

    After each step of each request Gradio reads all values of all components that ever had a
    progress of their own, galleries and maps included; the page was ten times slower after five
    tabs.
    """
    nowhere = gr.State(None)
    for listener in page.fns.values():
        if listener.show_progress == "hidden" or listener.fn is None:
            listener.show_progress_on = [nowhere]


def _tabs(
    turns: Turns, subject: Subject, to_draw: gr.State, to_train: gr.State
) -> tuple[QuestionBox, Any]:
    """Build all tabs; return the question and the event of its answer."""
    with gr.Tab("Training", id="training") as tab:
        turns.tab("training", tab)
        training_tab(turns, subject, to_train)
    with gr.Tab("Zero-shot", id=FIRST_TAB) as tab:
        question, answered = zero_shot_tab(turns.tab(FIRST_TAB, tab), subject)
    # in the order of the course; page.css heads what is learnt, asked, looked into and tested
    asking: list[tuple[str, str, Callable[[Turns, Subject, QuestionBox], None]]] = [
        ("Many pictures", "batch", lambda _, subject, question: batch_tab(subject, question)),
        ("Map", "map", lambda turns, subject, _: map_tab(turns, subject)),
        ("Heat maps", "heat-maps", heat_maps_tab),
        ("Parts", "parts", partial(parts_tab, to_draw=to_draw)),
        ("Dreams", "dreams", partial(dreams_tab, to_draw=to_draw)),
        ("Distortions", "distortions", distortions_tab),
        ("Invariance", "invariance", invariance_tab),
        ("Shape", "shape", shape_tab),
        ("Generalisation", "matrix", lambda turns, *_: generalisation_tab(turns)),
        ("Groups", "groups", partial(groups_tab, to_train=to_train)),
        ("Models", "models", lambda turns, *_: models_tab(turns)),
    ]
    for title, name, build in asking:
        with gr.Tab(title, id=name) as tab:
            turns.tab(name, tab)
            build(turns, subject, question)
    return question, answered


def _take_examples(subject: Subject, question: QuestionBox) -> None:
    """Make an example the subject, with labels of its own; what a user typed stays."""
    at = subject.choosers
    framed = [subject.original, subject.frame, subject.picture, at.framing]

    def taken(event: gr.SelectData, model: str, *values: Any) -> Shown:
        index = int(event.index)
        path = example(index)
        labels, asked = with_labels(photo_labels(index), *values)
        return {
            at.picture: path,
            **subject.of_picture(path, model),
            at.refused: None,
            at.why: example_why(index),
            question.labels: labels,
            question.asked: asked,
        }

    at.examples.select(
        taken,
        [subject.model, *question.inputs],
        [at.picture, *framed, at.refused, at.why, question.labels, question.asked],
        **QUIET,
    )


def _begin(page: gr.Blocks, turns: Turns, subject: Subject, question: QuestionBox) -> None:
    """Show what there is by now and what a copied link carries, then let the first tab answer."""
    at = subject.choosers

    def arrived(request: gr.Request) -> Shown:
        # runs that ended, and data that came, since the app was started
        found = current_choices(at)
        query = {name: text[:LONGEST_LINK] for name, text in request.query_params.items()}
        if from_environment().fixed_labels:
            query.pop("labels", None)
        if "labels" in query or "templates" in query:
            labels, templates = (query.get(name) for name in ("labels", "templates"))
            labels = question.labels.value if labels is None else labels
            templates = question.templates.value if templates is None else templates
            others = [one.value for one in question.inputs[2:]]
            found |= {question.labels: labels, question.templates: templates}
            found[question.asked] = read(labels, templates, *others)
        if "model" in query:
            found |= _restored_model(subject, query["model"])
        return found

    listed = page.load(
        arrived,
        None,
        [
            *(at.model, at.compare, at.dataset),
            *(subject.model, at.card, at.refused_name, at.framing),
            *(question.labels, question.templates, question.asked),
        ],
        **QUIET,
    )
    turns.begin(listed, FIRST_TAB)
    page.load(example_thumbnails, None, at.examples, **QUIET)


def _restored_model(subject: Subject, name: str) -> Shown:
    at = subject.choosers
    try:
        usable = usable_model(name)
    except ReplearnError as error:
        return {at.refused_name: f"The link names a model that can't be opened: {error}"}
    names = list(dict.fromkeys([*model_names(from_environment()), usable]))
    return {
        at.model: gr.Dropdown(names, value=usable),
        subject.model: usable,
        at.card: model_line(usable),
        at.framing: framing_value(CENTRE, usable),
    }
