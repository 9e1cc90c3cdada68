"""Who may start, stop, continue and share a run, where others reach the page."""

import subprocess

import pytest

from replearn.core.errors import InputError
from replearn.core.visitors.visitor import told_by, told_by_nobody
from replearn.encoders.lab import runs_folder
from replearn.studies.training import runs
from replearn.studies.training.run_state import run_state

TINY = {"dataset": "shapes-easy"}


class Going:
    """A process that trains, as far as one sees."""

    def __init__(self, command, **how):
        self.command, self.ended = command, None
        self.pid = 2**31 - 1  # nobody has it

    def poll(self):
        return self.ended

    def terminate(self):
        self.ended = -15


@pytest.fixture
def asks(monkeypatch, tmp_path):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("REPLEARN_TRAINING", "1")
    monkeypatch.setenv("REPLEARN_MINUTES", "20")
    monkeypatch.setattr(runs, "_processes", {})
    monkeypatch.setattr(subprocess, "Popen", Going)
    who = ["ann"]
    told_by(lambda: who[0])
    yield lambda name: who.__setitem__(0, name)
    told_by_nobody()


def test_a_run_is_watched_and_stopped_by_its_owner_alone(asks):
    runs.start_run("supcon", "anns", TINY)
    (runs_folder() / "anns" / "recipe.json").write_text('{"recipe": "SupCon"}')
    command = runs._processes["anns"].command
    assert command[command.index("--minutes") + 1] == "20"
    assert (runs.all_runs(), runs.sharing("anns")) == (["anns"], False)
    asks("ben")
    assert (runs.all_runs(), runs.sharing("anns")) == ([], None)
    with pytest.raises(InputError, match="no run called 'anns'"):
        run_state("anns")
    for refused in (runs.stop_run, runs.continue_run):
        with pytest.raises(InputError, match="You have no run 'anns' to"):
            refused("anns")
    with pytest.raises(InputError, match="You have no run 'anns' to share"):
        runs.share_run("anns", shared=True)
    assert runs._processes["anns"].poll() is None
    with pytest.raises(InputError, match=r"Another visitor trains; .* in 20 minutes at the most"):
        runs.start_run("supcon", "bens", TINY)
    asks("ann")
    runs.stop_run("anns")
    assert runs._processes["anns"].poll() == -15
    asks("ben")
    with pytest.raises(InputError, match="a run called anns already; give yours another name"):
        runs.start_run("supcon", "anns", TINY)
    runs.start_run("supcon", "bens", TINY)
    assert runs.all_runs() == ["bens"]


def test_a_shared_run_is_watched_by_all_and_stays_shared_when_it_goes_on(asks):
    runs.start_run("supcon", "anns", TINY)
    (runs_folder() / "anns" / "recipe.json").write_text('{"recipe": "SupCon"}')
    runs.share_run("anns", shared=True)
    asks("ben")
    assert runs.all_runs() == ["anns"]
    assert run_state("anns").state == "running"
    with pytest.raises(InputError, match="anns is still going"):
        runs.start_run("supcon", "bens", TINY)
    with pytest.raises(InputError, match="You have no run"):
        runs.stop_run("anns")
    asks("ann")
    runs.stop_run("anns")
    runs.continue_run("anns")
    assert runs.sharing("anns")
