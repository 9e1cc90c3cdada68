"""The steps of CONTRIBUTING.md, followed by an outsider: a new explainer and a new distortion."""

import os
import re
import subprocess
import sys
from pathlib import Path

import gradio as gr
import pytest

from replearn.core.settings import from_environment
from replearn.distortions import DISTORTIONS, load_distortion
from replearn.explainers import EXPLAINERS, load_explainer
from replearn.ui.frame.page import build_page

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CODE = {
    re.match(r"# (\w+)\.py\n", block)[1]: block
    for block in re.findall(r"```python\n(.*?)```", GUIDE, re.S)
}
PLUGIN = """
from replearn.distortions import DISTORTIONS
from replearn.explainers import EXPLAINERS
EXPLAINERS["edge-energy"] = "edge_energy:EdgeEnergy"
DISTORTIONS["inverted"] = "inverted:Inverted"
"""


@pytest.fixture
def outside(tmp_path, monkeypatch):
    """Write the guide's files outside of the package, and register them at run time."""
    for name, text in CODE.items():
        (tmp_path / f"{name}.py").write_text(text)
    (tmp_path / "outsider.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(EXPLAINERS, "edge-energy", "edge_energy:EdgeEnergy")
    monkeypatch.setitem(DISTORTIONS, "inverted", "inverted:Inverted")
    yield tmp_path
    for name in CODE:
        sys.modules.pop(name, None)


@pytest.mark.slow
def test_they_are_in_the_registry_and_on_the_page(outside):
    assert load_explainer("edge-energy").name == "edge-energy"
    assert load_distortion("inverted").level_at(1) == 0.25
    page = build_page(from_environment())
    offered = {
        block.elem_id: [value for _, value in block.choices]
        for block in page.blocks.values()
        if isinstance(block, gr.Dropdown)
    }
    assert "edge-energy" in offered["method"]
    assert "inverted" in offered["distortion"]


@pytest.mark.slow
def test_the_contract_tests_take_them_up(outside):
    command = [
        *(
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "0",
            "-p",
            "outsider",
            "-p",
            "no:cacheprovider",
        ),
        *("tests/explainers/test_contract.py", "tests/distortions/test_contract.py"),
        *("-k", "inverted or (edge-energy and (shapes or photo))"),
    ]
    found = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(outside)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout[-3000:]
    assert int(re.search(r"(\d+) passed", found.stdout)[1]) >= 8


def test_every_file_that_the_guide_names_is_there():
    named = re.findall(r"`((?:replearn|tests|assets|benchmarks)/[\w/.]+)`", GUIDE)
    assert len(named) > 15
    made = {f"replearn/{room}/{name}.py" for room in ("explainers", "distortions") for name in CODE}
    assert [
        name
        for name in named
        if "NAME" not in name and not (ROOT / name).exists() and name not in made
    ] == []


def test_every_target_that_the_guide_names_is_in_the_makefile():
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"`make ([\w-]+)`", GUIDE)) <= targets
