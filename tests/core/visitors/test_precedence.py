"""Long work pauses between its steps while a question is young."""

import contextvars
import threading

import pytest

from replearn.core.visitors import precedence
from replearn.core.visitors.precedence import LATELY, PATIENCE, YOUNG, Precedence


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on while one sleeps."""
    now = [0.0]
    monkeypatch.setattr(precedence, "monotonic", lambda: now[0])
    monkeypatch.setattr(precedence, "sleep", lambda time: now.__setitem__(0, now[0] + time))
    return now


def beside(fn):
    """Run a function as another visitor's work, which isn't the question that is asked here."""
    thread = threading.Thread(target=contextvars.Context().run, args=(fn,))
    thread.start()
    thread.join()


def test_long_work_waits_for_a_young_question_but_not_for_ever(clock):
    questions = Precedence()
    with questions.asked():
        beside(questions.let_pass)
        assert PATIENCE <= clock[0] < PATIENCE + 0.1
        clock[0] = YOUNG + 0.1
        beside(questions.let_pass)
        assert clock[0] == YOUNG + 0.1, "it is no short question any more"
    beside(questions.let_pass)
    assert clock[0] == YOUNG + 0.1


def test_it_goes_on_as_soon_as_the_question_is_answered(clock, monkeypatch):
    questions, slept = Precedence(), []
    with questions.asked():
        since = dict(questions._since)
        monkeypatch.setattr(precedence, "sleep", lambda _: slept.append(questions._since.clear()))
        beside(questions.let_pass)
        questions._since.update(since)  # it is taken off when the block ends
    assert len(slept) == 1
    assert clock[0] == 0.0


def test_a_young_question_waits_for_no_other(clock):
    questions = Precedence()
    with questions.asked(), questions.asked():
        questions.let_pass()
        assert clock[0] == 0.0
        clock[0] = YOUNG + 0.1  # both are old: neither is in the other's way
        questions.let_pass()
        assert clock[0] == YOUNG + 0.1


def test_what_has_grown_old_lets_a_young_one_pass(clock):
    questions = Precedence()
    with questions.asked():
        clock[0] = YOUNG + 0.1
        other = questions.asked()
        context = contextvars.copy_context()
        context.run(other.__enter__)
        questions.let_pass()
        assert clock[0] >= YOUNG + 0.1 + PATIENCE
        context.run(other.__exit__, None, None, None)


def test_who_asked_a_moment_ago_may_ask_again(clock):
    questions = Precedence()
    assert not questions.lately()
    with questions.asked():
        assert questions.lately()
    clock[0] = LATELY - 0.1
    assert questions.lately()
    clock[0] = LATELY + 0.1
    assert not questions.lately()
