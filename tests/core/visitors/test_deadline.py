"""Work that may take so many minutes and no more."""

import pytest

from replearn.core.errors import StoppedError
from replearn.core.progress import silent
from replearn.core.visitors import deadline
from replearn.core.visitors.deadline import within


def test_work_goes_on_until_its_time_is_over(monkeypatch):
    now, told = [0.0], []
    monkeypatch.setattr(deadline, "monotonic", lambda: now[0])
    progress = within(2, lambda *at: told.append(at))
    now[0] = 119.0
    progress(1, 10, "steps")
    assert told == [(1, 10, "steps")]
    now[0] = 121.0
    with pytest.raises(StoppedError, match="at 2 of 10 steps: 2 minutes are the longest"):
        progress(2, 10, "steps")


def test_without_a_bound_nothing_is_put_between():
    assert within(None, silent) is silent
