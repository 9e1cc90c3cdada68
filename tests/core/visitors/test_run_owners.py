"""Runs where others reach the page: each visitor has their own, and what is shared."""

import json

import pytest

from replearn.core.errors import InputError
from replearn.core.visitors.run_owners import FILE, claim, is_own, is_seen, share
from replearn.core.visitors.visitor import told_by, told_by_nobody
from replearn.encoders.lab import model_folder, run_names, runs_folder
from replearn.encoders.registry import load_model
from replearn.visualisations.decoders.folders import CONFIG, decoder_folder, decoders_of


@pytest.fixture
def asks(monkeypatch, tmp_path):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    who = ["ann"]
    told_by(lambda: who[0])
    yield lambda name: who.__setitem__(0, name)
    told_by_nobody()


def run(name, **files):
    folder = runs_folder() / name
    folder.mkdir(parents=True)
    for file, text in {"card.json": "{}", **files}.items():
        (folder / file).write_text(text)
    return folder


def test_a_run_is_seen_by_its_owner_until_it_is_shared(asks):
    own = run("anns")
    claim(own)
    assert (is_own(own), run_names()) == (True, ["anns"])
    asks("ben")
    assert (is_own(own), is_seen(own), run_names()) == (False, False, [])
    with pytest.raises(InputError, match="no trained model in anns; finished runs: none yet"):
        load_model("run:anns")
    asks("ann")
    share(own, shared=True)
    asks("ben")
    assert (is_own(own), run_names()) == (False, ["anns"])
    assert model_folder("run:anns") == own
    asks("ann")
    share(own, shared=False)
    assert is_own(own)
    asks("ben")
    assert run_names() == []


def test_the_computers_own_runs_are_seen_where_the_launch_names_them(asks, monkeypatch):
    folder = run("the-teachers")
    asks("")
    assert (is_own(folder), run_names()) == (False, [])
    monkeypatch.setenv("REPLEARN_MODELS", "photo-clip,run:the-teachers")
    assert (is_own(folder), run_names()) == (False, ["the-teachers"])


def test_on_ones_own_computer_every_run_is_ones_own(asks):
    claim(run("anns"))
    told_by_nobody()
    assert run_names() == ["anns"]
    assert model_folder("run:anns").name == "anns"
    other = run("mine")
    claim(other)
    assert not (other / FILE).exists()


@pytest.mark.parametrize("text", ["", "[]", '{"owner": "ann"}', "\x00"])
def test_a_damaged_note_leaves_a_run_to_the_computers_user(asks, text):
    folder = run("damaged", **{FILE: text})
    assert not is_seen(folder)
    told_by_nobody()
    assert is_seen(folder)


def test_decoders_of_others_are_not_listed_or_opened(asks):
    claim(run("anns-decoder", **{CONFIG: json.dumps({"model": "imagenet"})}))
    assert decoders_of("imagenet") == ("run:anns-decoder",)
    asks("ben")
    assert decoders_of("imagenet") == ()
    with pytest.raises(InputError, match="no trained model"):
        decoder_folder("run:anns-decoder")
