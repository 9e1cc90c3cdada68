"""A lesson beside the page: questions before answers, states brought back, one's place kept."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from replearn.lessons.shelf import lessons
from tests.browser.conftest import served
from tests.chromium import WAIT, best

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
MINE = """# Mine <b>own</b>

minutes: 10

- say what `softmax` does

## A lion

Look at the picture: **whose** mane?

page: zero-shot picture=example:lion labels="lion\\ncheetah"

### What is it?

- a cheetah
- a lion (right)

It has a mane.

page: zero-shot picture=example:cheetah1 labels="lion\\ncheetah"

## The end

Nothing more.

page: models
"""


@pytest.fixture
def teachers(tmp_path, monkeypatch):
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "00-mine.md").write_text(MINE, encoding="utf-8")
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))
    with served(tmp_path, ("--lessons", str(folder))) as server:
        yield server


@pytest.mark.parametrize("opened", [(1440, "light"), (390, "dark")], indirect=True)
def test_a_teachers_lesson_leads_through_the_page(teachers, opened):
    page, sent = opened.page, []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.goto(teachers.address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    page.locator("#lessons-button").click()
    titles = page.locator(".rl-lesson-open")
    expect(titles.first).to_have_text("Mine <b>own</b>", timeout=WAIT)  # text, not markup
    assert titles.count() == 1 + len(lessons())
    titles.first.click()
    expect(page.locator(".rl-lesson h3")).to_have_text("A lion", timeout=WAIT)
    expect(best(page)).to_have_text("lion", timeout=WAIT)  # the step's state is there by itself
    expect(page.locator(".rl-why")).to_have_count(0)
    page.locator(".rl-choice").nth(0).click()
    expect(page.locator(".rl-why")).to_contain_text("It has a mane.")
    expect(page.locator(".rl-choice").nth(0)).to_contain_text("your answer")
    expect(page.locator(".rl-choice").nth(1)).to_contain_text("right")
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)  # and what shows it
    page.locator(".rl-next").click()
    expect(page.get_by_role("tab", name="Models", exact=True).first).to_have_attribute(
        "aria-selected", "true", timeout=WAIT
    )
    opened.rests()
    page.reload()  # the place and the answer are kept
    page.locator("#lessons-button").click()
    expect(page.locator(".rl-shelf small").first).to_have_text("at step 2 of 2", timeout=WAIT)
    page.locator(".rl-lesson-open").first.click()
    expect(page.locator(".rl-lesson h3")).to_have_text("The end", timeout=WAIT)
    page.get_by_role("button", name="back", exact=True).click()
    expect(page.locator(".rl-choice").nth(0)).to_contain_text("your answer")
    page.locator(".rl-next").click()
    expect(page.locator(".rl-next")).to_have_text("finish")
    page.locator(".rl-next").click()
    expect(page.locator(".rl-shelf small").first).to_have_text("done")
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    page.locator(".rl-lesson-bar button").last.click()
    expect(page.locator(".rl-lesson")).to_be_hidden()
    assert not any('"answers"' in said for said in sent)  # nobody is told, without --teach
    assert page.request.post(f"{teachers.address}mcp").status in (404, 405)  # nor --mcp
    assert opened.errors == []
    assert opened.outside == []


def test_every_shipped_lesson_can_be_finished(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    page.locator("#lessons-button").click()
    expect(page.locator(".rl-lesson-open")).to_have_count(len(lessons()), timeout=WAIT)
    for number, one in enumerate(lessons()):
        page.locator(".rl-lesson-open").nth(number).click()
        for step in one.steps:
            expect(page.locator(".rl-lesson h3")).to_have_text(step.title, timeout=WAIT)
            opened.rests(quiet=0.5)
            expect(page.locator("#link-notice")).to_have_text("")
            if step.quiz:
                page.locator(".rl-choice").last.click()
                expect(page.locator(".rl-why")).to_be_visible()
                opened.rests(quiet=0.5)
            page.locator(".rl-next").click()
        expect(page.locator(".rl-shelf small").nth(number)).to_have_text("done", timeout=WAIT)
    assert opened.errors == []
    assert opened.outside == []


def tabbed(page, selector, most=120):
    """Press Tab until this has the focus."""
    for _ in range(most + 1):  # it may have it already
        if page.evaluate("(one) => document.activeElement.matches(one)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab don't lead to {selector}")


def focused(page, selector, text):
    """Wait until what has the focus is this."""
    page.wait_for_function(
        "([one, text]) => document.activeElement.matches(one)"
        " && document.activeElement.textContent.trim() === text",
        arg=[selector, text],
        timeout=WAIT,
    )


@pytest.mark.long
def test_every_lesson_is_finished_by_keyboard_alone(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    opened.rests()
    tabbed(page, "#lessons-button")
    page.keyboard.press("Enter")
    focused(page, ".rl-lesson h2", "Lessons")
    for number, one in enumerate(lessons()):
        tabbed(page, f".rl-shelf li:nth-child({number + 1}) button", 2 * len(lessons()))
        page.keyboard.press("Enter")
        focused(page, ".rl-lesson h2", one.title)
        for place, step in enumerate(one.steps):
            expect(page.locator(".rl-lesson h3")).to_have_text(step.title, timeout=WAIT)
            page.wait_for_timeout(1500)  # what is being brought doesn't take the focus
            focused(
                page, *((".rl-lesson h3", step.title) if place else (".rl-lesson h2", one.title))
            )
            if step.quiz:
                answered(page, step.quiz)
            tabbed(page, ".rl-next", 12)
            page.keyboard.press("Enter")
        focused(page, ".rl-lesson h2", "Lessons")
        expect(page.locator(".rl-shelf small").nth(number)).to_have_text("done")
    tabbed(page, ".rl-lesson-bar button", 3)
    page.keyboard.press("Enter")
    focused(page, "#lessons-button", "lessons")
    assert opened.errors == []
    assert opened.outside == []


def answered(page, quiz):
    """Give the second answer; what is revealed then is heard, and the focus stays."""
    asked = page.locator(".rl-asked").inner_text()
    choices = page.get_by_role("group", name=asked, exact=True).get_by_role("button")
    heard = page.locator("#lesson-panel").get_by_role("status")
    expect(heard).to_have_text("")
    tabbed(page, ".rl-choice:nth-of-type(2)", 12)
    page.keyboard.press("Space")
    expect(choices.nth(1)).to_be_focused()
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(heard).to_contain_text("Right." if quiz.choices[1].right else "Not right.")
    expect(heard).to_contain_text(page.locator(".rl-why p").first.inner_text())


def test_a_fault_in_a_teachers_file_ends_the_start_with_its_line(tmp_path):
    import subprocess
    import sys

    from tests.browser.conftest import ROOT

    (tmp_path / "bad.md").write_text("# Bad\n\n## Step\n\n[x](javascript:alert(1))\n")
    found = subprocess.run(
        [sys.executable, "app.py", "--lessons", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert found.returncode == 2
    assert re.search(r"bad\.md, line 5: a link begins with https://", found.stdout)
