"""A class of two browsers: each counts once, the teacher sees counts, and lessons print."""

import re

import httpx
import pytest

pytest.importorskip("mcp", reason="it is optional: requirements-mcp.txt")
pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from tests.browser.conftest import served
from tests.browser.test_lessons import MINE
from tests.chromium import WAIT, best
from tests.ui.mcp.test_mcp import ACCEPT, HELLO

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def taught(tmp_path, monkeypatch):
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "00-mine.md").write_text(MINE, encoding="utf-8")
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))
    options = ("--teach", "--mcp", "--lessons", str(folder), "--models", "photo-clip")
    with served(tmp_path, options) as server:
        yield server


def open_lesson(page, address):
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    page.locator("#lessons-button").click()
    page.locator(".rl-lesson-open").first.click()
    expect(page.locator(".rl-lesson h3")).to_have_text("A lion", timeout=WAIT)


def test_two_learners_count_once_each_and_the_teacher_sees_how_many(taught, opened, beside):
    said = re.search(r"tools at (\S+)", taught.log.read_text())
    assert httpx.post(said[1], json=HELLO, headers=ACCEPT, timeout=WAIT).status_code == 200
    teacher = re.search(r"Teacher: (\S+)", taught.log.read_text())[1]
    first, second = opened.page, beside.page
    open_lesson(first, taught.address)
    open_lesson(second, taught.address)
    first.locator(".rl-choice").nth(0).click()
    expect(first.locator(".rl-choice").nth(0)).to_contain_text("your answer")
    second.locator(".rl-choice").nth(1).click()
    expect(second.locator(".rl-choice").nth(1)).to_contain_text("right")
    opened.rests()
    beside.rests()
    open_lesson(first, taught.address)  # opened again, the kept answer is told again
    expect(first.locator(".rl-choice").nth(0)).to_contain_text("your answer")
    opened.rests()

    seen = beside.context.new_page()
    seen.goto(teacher)
    expect(seen.locator("h2")).to_have_text("Mine <b>own</b>")
    expect(seen.locator("caption")).to_have_text("What is it? n = 2")
    expect(seen.locator("tr")).to_have_text(["a cheetah1", "✓ a lion1"])
    seen.goto(teacher[:-1])
    expect(seen.locator("body")).to_have_text("There is no such page.")

    with first.expect_popup() as printed:
        first.get_by_role("link", name="print", exact=True).click()
    sheet = printed.value
    expect(sheet.locator("h1")).to_have_text("Mine <b>own</b>")
    assert sheet.locator(".choices .box").count() == 2
    expect(sheet.locator(".answers")).to_contain_text("1. B a lion")
    sheet.get_by_role("link", name="Models").click()
    models = sheet.get_by_role("tab", name="Models", exact=True).first
    expect(models).to_have_attribute("aria-selected", "true", timeout=WAIT)
    expect(sheet.locator(".rl-question:visible").first).not_to_contain_text("get another")

    # what a class shouldn't touch isn't offered
    expect(first.locator("#model input")).to_be_disabled()
    expect(first.locator("#subject")).not_to_contain_text("folder:PATH")
    opened.tab("Shape")
    opened.rests()
    expect(first.locator("#own-cues")).to_be_hidden()
    assert opened.errors == beside.errors == []
    assert opened.outside == beside.outside == []
    assert taught.faults() == ""
