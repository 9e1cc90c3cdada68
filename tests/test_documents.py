"""What the README says is what the code has."""

import subprocess
import sys
from pathlib import Path

import pytest

from replearn.cli import main
from replearn.data import AFTER_COLON, DATASETS
from replearn.distortions import DISTORTIONS
from replearn.encoders.lab import DICTIONARIES, SHIPPED
from replearn.encoders.registry import models
from replearn.explainers import EXPLAINERS
from replearn.losses import LOSSES
from replearn.projections import PROJECTIONS
from replearn.training import RECIPES

ROOT = Path(__file__).resolve().parents[1]
LISTED = {"models"}  # a table of what is there: nothing is computed or drawn for it
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        *DISTORTIONS,
        *EXPLAINERS,
        *LOSSES,
        *PROJECTIONS,
        *RECIPES,
        *SHIPPED,
        *DICTIONARIES,
        "imagenet",
    ],
)
def test_every_registry_entry_is_named(name):
    assert f"`{name}`" in README


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_is_named(name):
    after = f":{AFTER_COLON[name]}" if name in AFTER_COLON else ""
    assert f"`{name}{after}`" in README


def test_the_map_of_the_code_names_every_room():
    for room in (ROOT / "replearn").iterdir():
        if room.is_dir() and (room / "__init__.py").exists():
            assert f"{room.name}/" in README, room.name


def test_each_question_has_its_folder_in_each_room_and_in_the_map():
    of_all = {"frame", "answering", "shipping", "getting", "links", "lessons", "taking_home"}
    of_all |= {"static", "__pycache__"}
    questions = {
        room: {one.name for one in (ROOT / "replearn" / room).iterdir() if one.is_dir()} - of_all
        for room in ("studies", "plotting", "ui")
    }
    assert questions["studies"] == questions["plotting"] == questions["ui"] - LISTED
    assert len(questions["ui"]) >= 10
    for name in questions["ui"]:
        assert f"`{name}`" in README, name
        for room in (room for room in questions if name in questions[room]):
            said = (ROOT / "replearn" / room / name / "__init__.py").read_text().splitlines()[0]
            assert said.startswith('"""'), (room, name)


def test_no_folder_holds_more_files_than_a_reader_can_take_in():
    allowed = {"distortions", "explainers"}  # a file for each entry
    for folder in (ROOT / "replearn").rglob("*"):
        if folder.is_dir() and folder.name not in {"__pycache__", *allowed}:
            files = [one.name for one in folder.glob("*.py")]
            assert len(files) <= 25, (folder, len(files))


def test_assets_stay_small_enough_to_be_cloned_by_anybody():
    kept = [one for one in (ROOT / "assets").rglob("*") if one.is_file()]
    assert sum(one.stat().st_size for one in kept) < 60_000_000


def test_the_first_two_code_blocks_are_the_two_commands():
    blocks = [part.strip() for part in README.split("```")[1::2]]
    assert blocks[0].endswith("pip install -r requirements.txt && python app.py")
    assert blocks[1].endswith("pip install -r requirements.txt && python -m pytest")


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("replearn", {"torch", "gradio", "timm"}),
        ("replearn.ui.frame.page", {"torch", "timm", "open_clip", "umap", "sklearn", "lancedb"}),
    ],
)
@pytest.mark.slow
def test_importing_loads_nothing_heavy(module, heavy):
    code = f"import sys, {module}; print({heavy!r} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert found.stdout.strip() == "set()"


@pytest.mark.slow
def test_help_lists_the_options_and_errors_are_one_sentence(capsys, tmp_path):
    found = subprocess.run(
        [sys.executable, "app.py", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    for option in ("host", "port", "share", "auth", "models", "cache-dir", "offline"):
        assert f"--{option}" in found.stdout
    assert main(["zero-shot", str(tmp_path / "nothing.jpg"), "--labels", "a,b"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "nothing.jpg" in error


def test_the_list_of_models_has_the_two_that_work_offline():
    assert {"photo-clip", "imagenet"} <= {row.name for row in models()}
