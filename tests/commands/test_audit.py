"""`python -m replearn audit`: printed, as JSON, as CSV, and refused in one sentence."""

import csv
import json

import pytest

from replearn.cli import main


def said(capsys, *given, status=0):
    assert main(["audit", *given]) == status
    return capsys.readouterr()


@pytest.mark.slow
def test_prompts_are_printed_and_written(capsys, tmp_path):
    rows = tmp_path / "rows.csv"
    asked = ("--prompts", "a farmer,a judge", "--models", "emoji-clip", "--trait", "gender")
    printed = said(capsys, *asked, "--csv", str(rows)).out
    assert "emoji-clip: cosine with woman minus cosine with man" in printed
    assert "a farmer" in printed
    with rows.open(newline="") as file:
        assert [line["prompt"] for line in csv.DictReader(file)] == ["a farmer", "a judge"]
    found = json.loads(said(capsys, *asked, "--json").out)
    assert found["compared"] == ["man", "woman"]
    assert len(found["associations"]) == 2


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("photos", "--prompts", "a"), "has no pairs"),
        (("--prompts", "a", "--values", "light"), "Give two values"),
        (("--prompts", "a", "--models", "pixels"), "no text tower"),
        (("--prompt-file", "nowhere.txt"), "can't be read"),
        (("--prompts", "a", "--template", "{}"), "at least two paraphrases"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(capsys, given, told):
    error = said(capsys, *given, status=2).err
    assert told in error
    assert error.strip().count("\n") == 0
