"""A walk through the whole page: every tab and panel opened, every button pressed once."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from tests.chromium import each_tab, pick

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WAIT = 240_000  # milliseconds; a button may measure over a whole data set
# what is not pressed here: what fetches, what is tested by itself, what the browser answers alone
# the map is drawn already, and no setting was changed; what leads to another tab
NOT_HERE = {
    *("draw the map", "light / dark", "train", "continue", "stop", "draw it"),
    "train with even groups",
}
# where a hundred buttons ask a model, a small one; each tab's own tests press with the usual one
SMALL = {"Parts": "shapes-clip", "Dreams": "shapes-clip"}
PANEL = "button.label-wrap"
# tabs that answer by themselves
GREETING = ["Heat maps", "Parts", "Dreams", "Map", "Distortions", "Invariance", "Shape"]
# what a person sees: texts, pictures, values, and what is drawn on canvases
SEEN = """() => {
  const visible = (node) => node.offsetParent !== null;
  const texts = [...document.querySelectorAll('main, .gradio-container')].map((n) => n.innerText);
  const pictures = [...document.querySelectorAll('img')].filter(visible).map((n) => n.src);
  const values = [...document.querySelectorAll('input, textarea')].filter(visible)
    .map((n) => `${n.value}${n.checked}`);
  const plots = [...document.querySelectorAll('.js-plotly-plot')].filter(visible)
    .map((n) => JSON.stringify((n.data || []).map((t) => [t.name, t.x && t.x.length])));
  return JSON.stringify([texts, pictures, values, plots]);
}"""


def settled(opened, page):
    """Wait until nothing is asked and nothing is being drawn any more."""
    opened.rests(quiet=1.0, limit=WAIT / 1000)
    page.wait_for_function(
        "() => !document.querySelector('.progress-text, .eta-bar, .generating')"
        " && replearn.busy().length === 0",
        timeout=WAIT,
    )


def buttons(page):
    """Return the buttons of the open tab that can be pressed, by what is written on them."""
    found = page.locator(".tabitem:visible button.lg:visible, .tabitem:visible button.sm:visible")
    return [one for one in found.all() if one.is_enabled()]


def does_something(opened, before, downloads):
    """Return whether something else is seen now, or soon, or a file was saved."""
    for _ in range(100):  # what a busy server answers late is an answer too
        if opened.page.evaluate(SEEN) != before or len(opened.downloads) > downloads:
            return True
        opened.page.wait_for_timeout(200)
    return False


@pytest.mark.parametrize("tab", each_tab())
def test_every_panel_opens_and_every_button_does_something(opened, address, tab):
    page = opened.page
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    if tab in SMALL:
        pick(page, "model", SMALL[tab])
        settled(opened, page)
    opened.tab(tab)
    settled(opened, page)
    panels = page.locator(f".tabitem:visible {PANEL}:visible")
    for i in range(panels.count()):
        if "open" not in (panels.nth(i).get_attribute("class") or "").split():
            panels.nth(i).click()
            settled(opened, page)
    pressed, dumb = set(), []
    while True:
        waiting = [
            (one, name)
            for one in buttons(page)
            if (name := re.sub(r" \(.*", "", one.inner_text().strip())) not in pressed | NOT_HERE
        ]
        if not waiting:
            break
        button, name = waiting[0]
        pressed.add(name)
        before, downloads = page.evaluate(SEEN), len(opened.downloads)
        button.scroll_into_view_if_needed()
        button.click()
        settled(opened, page)
        if not does_something(opened, before, downloads):
            dumb.append(name)
        assert page.locator(".toast-body").count() == 0, (
            name,
            page.locator(".toast-body").all_inner_texts(),
        )
    assert dumb == []
    assert opened.errors == []
    assert opened.outside == []


def test_no_tab_greets_with_an_empty_answer(opened, address):
    page = opened.page
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    folded = {"figure-drift-pictures"}
    for tab in GREETING:
        opened.tab(tab)
        settled(opened, page)
        empty = page.evaluate(
            """() => [...document.querySelectorAll('.tabitem .rl-figure')]
              .filter((n) => n.offsetParent !== null && !n.closest('.hide'))
              .filter((n) => !n.innerText.trim() && !n.querySelector('img, .js-plotly-plot'))
              .map((n) => n.id)"""
        )
        assert set(empty) <= folded, tab
        notices = page.locator(".tabitem:visible .rl-notice:visible").all_inner_texts()
        assert notices == [], tab
