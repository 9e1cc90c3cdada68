"""What the header offers, without a browser."""

import json

import gradio as gr
import pytest

from replearn.lessons.shelf import lessons
from replearn.taking_home.asked import Asked
from replearn.taking_home.log import Log
from replearn.ui.frame.keeping import ASKED, keeps, last_link, session_log
from replearn.ui.taking_home.panel import NOTHING
from replearn.ui.taking_home.told import read_told


def question(text):
    return Asked("tab", text, (text,), lambda _: f"ask({text!r})", "stamp")


def test_nothing_asked_is_one_sentence(answer):
    for name in ("notebook_made", "report_written"):
        assert answer(name, "{}") == {"taking-home-notice": NOTHING}


@pytest.mark.parametrize("growing", [False, True])
def test_a_listener_hands_over_what_it_was_asked_and_shows_the_rest(growing):
    with gr.Blocks() as page:
        box, log, link = gr.Textbox(), session_log(), last_link()

        def answered(text):
            return {box: text.upper(), ASKED: question(text)}

        def grown(text):
            yield {box: text}
            yield {box: text.upper(), ASKED: [question(text), question(text + "!")]}

        keeps(box.submit, grown if growing else answered, [box], [box])
    (listener,) = page.fns.values()
    mine, theirs = Log(), Log()
    shown = listener.fn(mine, "a")
    last = list(shown)[-1] if growing else shown
    assert last == {box: "A", log: mine, link: ""}  # this page has no states to lead back to
    assert [one.question for one in mine.entries] == (["a", "a!"] if growing else ["a"])
    assert theirs.entries == ()


def test_every_visitors_log_starts_empty_and_is_let_go_with_the_session(page):
    (state,) = [one for one in page.blocks.values() if isinstance(getattr(one, "value", 0), Log)]
    # Gradio lets go only of what a listener returned
    keeping = [one for one in page.fns.values() if state in one.inputs and one.outputs]
    assert all(state in one.outputs for one in keeping if one.name not in TAKING)
    assert len(keeping) > 40


TAKING = {"notebook_made", "report_written"}


def test_what_the_browser_tells_is_checked():
    lesson = next(one for one in lessons() if any(step.quiz for step in one.steps))
    step = next(i for i, one in enumerate(lesson.steps) if one.quiz)
    kept = {lesson.name: {"answers": {str(step): 1, "99": 0, "x": 2}}, "other": {"answers": 3}}
    told = read_told(json.dumps({"page": "https://a.b/c/", "lessons": json.dumps(kept)}))
    assert told.page == "https://a.b/c/"
    (one,) = told.answers
    assert one.lesson == lesson.title
    assert one.chosen == "".join(span[1] for span in lesson.steps[step].quiz.choices[1].text)


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "[]", "{", "3", '{"page": "javascript:alert(1)"}', '{"page": 3, "lessons": 4}'),
        *('{"lessons": "[1]"}', '{"lessons": "' + "[" * 5000 + '"}', '{"page": "http://[x"}'),
    ],
)
def test_what_it_tells_wrongly_is_left_out(text):
    told = read_told(text)
    assert (told.page, told.answers) == ("", ())
