"""The notebook as a file; that it runs is tested in `test_notebook_runs`."""

import io
import zipfile

import nbformat
import pytest

from replearn.taking_home.asked import Asked, Table
from replearn.taking_home.notebook import FOLDER, NAME, notebook, plain


def read(content):
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        files = {name: bundle.read(name) for name in bundle.namelist()}
    made = nbformat.reads(files.pop(f"{FOLDER}/{NAME}").decode(), as_version=4)
    nbformat.validate(made)
    return made, files


def test_questions_stand_in_order_with_their_answers_and_pictures(log, clock, asked, upload):
    log.add(asked(1, picture=upload("cat.png")), link="tab=distortions")
    clock.now += 60
    log.add(asked(2, tab="Parts"))
    made, files = read(notebook(log.entries, log.pictures(), "http://127.0.0.1:7860/"))
    kinds = [cell.cell_type for cell in made.cells]
    assert kinds == ["markdown", *(2 * ["markdown", "code"])]
    assert "pip install -r requirements.txt" in made.cells[0].source
    assert made.cells[2].source == "ask('pictures/cat.png', 1)"
    assert made.cells[4].source == "ask(2)"
    assert "| cat | 0.75 |" in made.cells[1].source
    assert "(http://127.0.0.1:7860/?tab=distortions)" in made.cells[1].source
    assert "](" not in made.cells[3].source  # it has no link
    assert set(files) == {f"{FOLDER}/pictures/cat.png"}


def test_the_same_session_makes_the_same_file(log, asked):
    log.add(asked())
    (first, _), (second, _) = (read(notebook(log.entries, {})) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "typed",
    ["<img src=x onerror=alert(1)>", "a | b", "*x* `y` [z](http://z)", "$x$ & &lt;", "a\nb"],
)
def test_what_was_typed_is_no_markup(typed, log):
    log.add(Asked("tab", typed, (), lambda _: "1", typed, Table((typed,), ((typed,),)), typed))
    text = read(notebook(log.entries, {}))[0].cells[1].source
    assert text.count(plain(typed)) == 5
    assert "<img" not in text.replace("\\<img", "")
