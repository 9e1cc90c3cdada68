"""How many downloads go at once, and who stops them."""

import pytest

from replearn.core.errors import InputError
from replearn.core.visitors.visitor import told_by, told_by_nobody
from replearn.encoders import transfers
from replearn.encoders.transfers import State, Transfer, transfer
from replearn.ui.getting.views import progress, refused


class Going(Transfer):
    def __init__(self, name):
        self.name, self.owner = name, transfers.visitor()
        self.state = State("going", 1, 2)

    def settled(self):
        """There is no process."""


@pytest.fixture
def asks(monkeypatch):
    monkeypatch.setattr(transfers, "Transfer", Going)
    monkeypatch.setattr(transfers, "_going", {})
    monkeypatch.setenv("REPLEARN_PER_VISITOR", "1")
    monkeypatch.setenv("REPLEARN_IN_SUM", "2")
    who = ["ann"]
    told_by(lambda: who[0])
    yield lambda name: who.__setitem__(0, name)
    told_by_nobody()


def test_downloads_are_bounded_for_each_visitor_and_in_sum(asks):
    first = transfer("a")
    assert transfer("a") is first
    with pytest.raises(InputError, match="You download already"):
        transfer("b")
    asks("ben")
    assert transfer("a") is first, "the same download is waited for by both"
    transfer("b")
    asks("eve")
    with pytest.raises(InputError, match="2 downloads go on already"):
        transfer("c")
    first.state = State("here")
    transfer("c")


def test_who_began_a_download_stops_it(asks):
    found = transfer("a")
    assert [one["does"] for one in progress("a", "model", found)["buttons"]] == ["stopped"]
    asks("ben")
    assert progress("a", "model", found)["buttons"] == []
    told_by_nobody()
    assert found.is_own
    assert "go on" in str(refused("a", "model", "not now")["buttons"])
