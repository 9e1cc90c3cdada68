"""A session is taken home by real clicks: a notebook with its pictures, and a report."""

import json
import re
import zipfile

import nbformat
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from replearn.data.photos import Photos
from replearn.lessons.shelf import lessons
from tests.browser.conftest import Opened
from tests.chromium import WAIT, best, example, upload

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


def taken(page, button, folder):
    """Press a button of what the header offers; return the path of the file that comes."""
    if not page.locator("#taking-home").is_visible():
        page.locator("#take-home").click()
    with page.expect_download(timeout=WAIT) as coming:
        page.locator(f"#{button}").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def cells_of(path):
    with zipfile.ZipFile(path) as bundle:
        names = bundle.namelist()
        made = nbformat.reads(bundle.read(names[0]).decode(), as_version=4)
    return [cell.source for cell in made.cells], names


def test_two_tabs_are_taken_home(opened, address, tmp_path, chromium):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    own = tmp_path / "my coffee.png"
    own.write_bytes(Photos().path(Photos().index("coffee")).read_bytes())
    upload(page, own)
    expect(best(page)).to_have_text("cup of coffee", timeout=WAIT)
    page.locator("#labels textarea").fill("<b>espresso</b>\ntea")
    expect(page.locator("#answer tbody tr")).to_have_count(3, timeout=WAIT)
    opened.tab("Heat maps")
    expect(page.locator("#heat-map-stamp")).to_contain_text("photo-clip", timeout=WAIT)
    score = re.search(r"= (\S+)", page.locator("#heat-map-stamp").text_content())[1]
    opened.rests()

    cells, names = cells_of(taken(page, "take-notebook", tmp_path))
    assert names == [
        "replearn-session/session.ipynb",
        "replearn-session/pictures/my-coffee.png",
    ]
    code = "\n".join(cells)
    assert "'pictures/my-coffee.png',\n    ['<b>espresso</b>', 'tea']" in code
    assert "replearn.explain(\n    'pictures/my-coffee.png'" in code
    assert f"{address}?tab=heat-maps" in cells[-2]

    lesson = next(one for one in lessons() if any(step.quiz for step in one.steps))
    step = next(i for i, one in enumerate(lesson.steps) if one.quiz)
    kept = json.dumps({lesson.name: {"step": step, "answers": {str(step): 0}}})
    page.evaluate("(kept) => localStorage.setItem('replearn-lessons', kept)", kept)
    text = taken(page, "take-report", tmp_path).read_text(encoding="utf-8")
    assert "&lt;b&gt;espresso&lt;/b&gt;" in text
    assert "<b>" not in text
    assert f'<td class="number">{score}</td>' in text
    assert lesson.title in text
    assert text.count("data:image/png;base64,") >= 4
    assert str(own.parent) not in text
    assert opened.errors == []
    assert opened.outside == []

    # another visitor's is another one
    other = Opened(chromium, 1440, "light")
    try:
        other.page.goto(address)
        expect(best(other.page)).to_have_text("cheetah", timeout=WAIT)
        example(other.page, "rocket")
        expect(best(other.page)).to_have_text("rocket", timeout=WAIT)
        other.rests()
        theirs = taken(other.page, "take-report", tmp_path).read_text(encoding="utf-8")
        assert "rocket" in theirs
        assert "coffee.png" not in theirs
        assert lesson.title not in theirs
    finally:
        other.context.close()


def test_a_dragged_slider_is_one_entry_and_asks_no_more(opened, address, tmp_path):
    page = opened.page
    page.goto(f"{address}?tab=distortions")
    expect(page.locator("#distorted-stamp")).not_to_be_empty(timeout=WAIT)
    opened.rests()
    slider = page.locator("#position input[type=range]")
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.1 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], y, steps=12)
    page.mouse.up()
    opened.rests()
    level = page.locator("#level input").input_value()
    cells, _ = cells_of(taken(page, "take-notebook", tmp_path))
    asked = [re.search(r"under rotation (\S+?)\?", cell) for cell in cells]
    levels = [one[1] for one in asked if one]
    assert 1 <= len(levels) <= 2  # the one that the tab opened with, and the last
    assert levels[-1] == f"{float(level):g}"
