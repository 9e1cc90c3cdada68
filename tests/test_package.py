"""What others take: the public names, their stub, and a wheel that works away from the checkout."""

import ast
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import replearn

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("pyproject.toml", "setup.py", "requirements.txt", "README.md", "LICENSE", "NOTICE")


def test_every_public_name_is_what_the_stub_says():
    stub = ast.parse((ROOT / "replearn" / "__init__.pyi").read_text())
    imported = {
        alias.name: node.module
        for node in ast.walk(stub)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    listed = next(
        ast.literal_eval(node.value)
        for node in stub.body
        if isinstance(node, ast.Assign) and node.targets[0].id == "__all__"
    )
    assert sorted(imported) == sorted(listed) == sorted(replearn.__all__) == dir(replearn)
    for name, module in imported.items():
        found = getattr(replearn, name)
        assert found.__module__.startswith("replearn."), (name, module)
        assert found.__doc__, name
    assert re.fullmatch(r"\d+\.\d+\.\d+", replearn.__version__)


def test_the_errors_are_public():
    with pytest.raises(replearn.InputError):
        replearn.load_dataset("folder:/nowhere")
    assert issubclass(replearn.CapabilityError, replearn.ReplearnError)


def test_nothing_heavy_is_imported_with_the_package():
    asked = "import sys, replearn; print(sorted({'torch', 'gradio', 'numpy'} & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder with what the wheel installs."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"  # a build leaves files beside what it builds
    source.mkdir()
    for name in ("replearn", "assets"):
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, source / name, ignore=leave)
    for name in SOURCES:
        shutil.copy(ROOT / name, source)
    pip = [sys.executable, "-m", "pip", "-q"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source)]
    subprocess.run([*pip, *build], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(target), str(wheel)],
        check=True,
        capture_output=True,
    )
    return target


@pytest.fixture
def away(installed, tmp_path):
    """Return the environment of somebody who installed the wheel, to be used from elsewhere."""
    return {
        **{name: text for name, text in os.environ.items() if not name.startswith("REPLEARN_")},
        "PYTHONPATH": str(installed),
        "REPLEARN_CACHE_DIR": str(tmp_path / "cache"),
        "PYTHONUNBUFFERED": "1",
    }


@pytest.mark.slow
def test_an_installed_wheel_answers_from_another_folder(installed, away, tmp_path):
    photos = replearn.load_dataset("photos")
    picture = photos.path([photo.id for photo in photos].index("cheetah1"))
    found = subprocess.run(
        [str(installed / "bin" / "replearn"), "zero-shot", str(picture), "--labels", "dog,cheetah"],
        cwd=tmp_path,
        env=away,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "cheetah" in found.stdout.splitlines()[0] + found.stdout.splitlines()[1]
    said = "import replearn, sys; print(replearn.__file__)"
    where = subprocess.run(
        [sys.executable, "-c", said],
        cwd=tmp_path,
        env=away,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(installed) in where.stdout
    assert (installed / "replearn" / "py.typed").exists()
    assert (installed / "replearn" / "__init__.pyi").exists()


@pytest.mark.slow
@pytest.mark.browser
def test_an_installed_wheel_starts_the_page(installed, away, tmp_path, chromium):
    from playwright.sync_api import expect

    from tests.chromium import WAIT, best

    log = tmp_path / "log"
    with log.open("w") as out:
        app = subprocess.Popen(
            [str(installed / "bin" / "replearn"), "app", "--port", "0"],
            cwd=tmp_path,
            env=away,
            stdout=out,
            stderr=out,
        )
    try:
        while not (address := re.search(r"http://127\.0\.0\.1:\d+", log.read_text())):
            assert app.poll() is None, log.read_text()
            time.sleep(0.2)
        page = chromium.new_page()
        page.goto(address[0])
        expect(best(page)).to_have_text("cheetah", timeout=WAIT)
        page.close()
    finally:
        app.terminate()
        app.wait(20)
    assert "Traceback" not in log.read_text()
