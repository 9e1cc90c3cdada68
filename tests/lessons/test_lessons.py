"""The shipped lessons: every figure is what it claims, every page is a state that there is."""

import re

import gradio as gr
import pytest

from replearn.core.errors import InputError
from replearn.core.page_link import PageState, read_link
from replearn.core.settings import from_environment
from replearn.data import load_dataset
from replearn.data.photos import Photos
from replearn.encoders.registry import load_model
from replearn.lessons.lesson import Lesson
from replearn.lessons.measures import MEASURES, measured
from replearn.lessons.reading import state_query
from replearn.lessons.shelf import lessons
from replearn.lessons.tries import TRIES
from replearn.studies.heat_maps.explain import methods_of
from replearn.ui.frame.page import build_page
from replearn.ui.links.inputs import linked_inputs
from replearn.ui.links.links import pressable

LESSONS = lessons()
CLAIMS = sorted({claim for lesson in LESSONS for claim in lesson.claims()})
PAGES = [(lesson.name, page) for lesson in LESSONS for page in lesson.pages()]
TRIED = [(tab, state_query(state)) for tab, steps in TRIES.items() for _, state in steps]
# a share, a count or a difference, with what it is counted in
FIGURE = re.compile(r"(?P<sign>[-\u2212]?)(?P<number>\d[\d,]*(?:\.(?P<decimals>\d+))?)(?P<unit>.*)")
TURNED = {" %": 100.0}  # what a unit multiplies a measure by
UNITS = {"", " %", " nats", " times", " dB"}


def _named(lesson: Lesson) -> str:
    return lesson.name


@pytest.mark.parametrize(("said", "measure"), CLAIMS, ids=[f"{m} {s}" for s, m in CLAIMS])
def test_a_figure_is_what_it_claims(said: str, measure: str) -> None:
    found = FIGURE.fullmatch(said)
    assert found, f"{said} isn't a number"
    assert found["unit"] in UNITS, f"{said} has an unknown unit"
    value = measured(measure) * TURNED.get(found["unit"], 1.0)
    printed = float(found["number"].replace(",", "")) * (-1 if found["sign"] else 1)
    half = 0.5 * 10 ** -len(found["decimals"] or "")
    assert abs(value - printed) <= half * (1 + 1e-6), f"{measure} is {value}, not {said}"


@pytest.mark.parametrize(
    "text",
    [
        "nothing",
        "probe",
        "probe/shapes-supcon",
        "probe/shapes-supcon/taste",
        "run/shapes-supcon/99/knn",
        "run/shapes-supcon/1/taste",
    ],
)
def test_what_is_no_measure_is_said(text: str) -> None:
    with pytest.raises(InputError, match=text.partition("/")[0]):
        measured(text)


def test_every_measure_says_what_it_returns() -> None:
    for name, measure in MEASURES.items():
        assert (measure.__doc__ or "").startswith("Return "), name


@pytest.mark.parametrize("lesson", LESSONS, ids=_named)
def test_a_lesson_has_the_form_of_the_course(lesson: Lesson) -> None:
    assert 10 <= lesson.minutes <= 15
    assert 2 <= len(lesson.outcomes) <= 4
    assert 4 <= len(lesson.steps) <= 6
    assert all(step.page for step in lesson.steps)
    quizzes = [step.quiz for step in lesson.steps if step.quiz]
    assert len(quizzes) >= 3
    assert all(quiz.why for quiz in quizzes)


@pytest.fixture(scope="module")
def page() -> gr.Blocks:
    return build_page(from_environment())


@pytest.mark.parametrize(("lesson", "query"), [*PAGES, *TRIED])
def test_a_page_is_a_state_that_there_is(page: gr.Blocks, lesson: str, query: str) -> None:
    state = read_link(query)
    blocks = page.blocks.values()
    tabs = {str(one.id) for one in blocks if isinstance(one, gr.Tab)}
    panels = {one.elem_id for one in blocks if isinstance(one, gr.Accordion)}
    assert set(state.tab.split(".")) <= tabs, lesson
    assert set(state.unfolded) <= panels, lesson
    assert state.pressed in {"", *pressable(page)}, lesson
    _settable(page, state)
    _subject_is_here(state)


def test_every_tab_has_something_to_try_in_itself(page: gr.Blocks) -> None:
    tabs = {str(one.id) for one in page.blocks.values() if isinstance(one, gr.Tab)}
    assert set(TRIES) == tabs - {"models", "one-on-all", "shift"}
    for tab, query in TRIED:
        assert read_link(query).tab.split(".")[0] == tab


def _settable(page: gr.Blocks, state: PageState) -> None:
    known = linked_inputs(page)
    # the question of zero-shot stands behind every tab
    around = {*state.tab.split("."), "zero-shot"}
    for name, value in state.inputs.items():
        assert name in known, f"there is no control {name}"
        one = known[name]
        assert around & set(one.tabs), f"{name} stands in {one.tabs}"
        assert one.fitting(value) is not None, f"{name} can't be {value!r}"
        choices = [choice[1] for choice in getattr(one.component, "choices", None) or []]
        # a short list follows the model; a long one is the whole of what there is
        if len(choices) > 1 and not getattr(one.component, "allow_custom_value", False):
            assert set(value if isinstance(value, list) else [value]) <= set(choices), name


def test_a_heat_map_has_a_method_that_fits_its_model() -> None:
    for lesson, query in PAGES:
        state = read_link(query)
        if "method" in state.inputs:
            model = str((state.subject or {}).get("model", "photo-clip"))
            assert state.inputs["method"] in methods_of(model), lesson


def _subject_is_here(state: PageState) -> None:
    told = state.subject or {}
    if "picture" in told:
        kind, _, stem = str(told["picture"]).partition(":")
        assert kind == "example"
        assert Photos().index(stem) >= 0
    for name in ("model", "compare"):
        if name in told:
            load_model(str(told[name]))
    if "dataset" in told:
        load_dataset(str(told["dataset"]))
