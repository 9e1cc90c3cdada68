"""Every state is a link: a fresh browser shows what was shown where it was copied."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.chromium import TABS, WAIT, best, choose, example

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
# what can be seen and set in the open tab: the values by the control's id
SEEN = """() => {
  const found = {};
  for (const one of document.querySelectorAll('#subject [id], .tabitem [id]')) {
    if (!one.offsetParent || !one.matches('.block:not(:has(.block))')) continue;
    const inputs = [...one.querySelectorAll('input:not([type=file]), textarea')];
    if (!inputs.length || /^component-/.test(one.id)) continue;
    found[one.id] = inputs.map((i) => /checkbox|radio/.test(i.type) ? i.checked
      : Number.isNaN(Number(i.value)) || !i.value ? i.value : Number(i.value).toFixed(2));
  }
  return found;
}"""
# cheap to change, and enough to tell: in each tab one of its controls, and how
CHANGES = {
    "Training": lambda page: page.locator("#training-crop input[type=range]").press("ArrowRight"),
    "Zero-shot": lambda page: typed(page, "labels", "lioness\ncheetah\nkitten"),
    "Many pictures": lambda page: None,
    "Map": lambda page: page.locator("#map-view label").last.click(),
    "Heat maps": lambda page: typed(page, "target", "nose", "Enter"),
    "Parts": lambda page: typed(page, "parts-target", "spots", "Enter"),
    "Dreams": lambda page: typed(page, "dream-target", "tiger"),
    "Distortions": lambda page: page.locator("#position input[type=range]").press("ArrowRight"),
    "Invariance": lambda page: page.locator("#invariance-factor label").nth(2).click(),
    "Shape": lambda page: None,
    "Generalisation": lambda page: page.locator(".tabitem:visible [role=tab]:visible").last.click(),
    "Groups": lambda page: page.locator("#groups-view label").nth(1).click(),
    "Models": lambda page: None,
}


def typed(page, field, text, *keys):
    box = page.locator(f"#{field} textarea, #{field} input").first
    box.fill(text)
    for key in keys:
        box.press(key)


def copied(opened):
    """Press the link's button; return the address that the page has then."""
    opened.page.locator("#copy-link").click()
    expect(opened.page.locator("#copy-link")).to_have_text(
        re.compile("copied|in the address bar"), timeout=WAIT
    )
    return opened.page.url


def timeless(text):
    """Return a figure's text without the seconds of its stamp."""
    return re.sub(r"\d+(\.\d+)? m?s\b", "", text)


def settled(page):
    """Return what can be seen and set, once it stays: what is mounted late is empty at first."""
    seen, last = page.evaluate(SEEN), None
    while seen != last:
        page.wait_for_timeout(1000)
        seen, last = page.evaluate(SEEN), seen
    return seen


@pytest.fixture
def fresh(chromium):
    other = Opened(chromium, 1440, "light")
    yield other
    other.context.close()


def test_every_tab_is_brought_back_as_it_was(opened, address, fresh):
    page, other = opened.page, fresh.page
    assert set(CHANGES) == set(TABS)
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    for tab in TABS:
        opened.tab(tab)
        opened.rests(quiet=1.0)
        CHANGES[tab](page)
        opened.rests(quiet=1.0)
        before = settled(page)
        shown = page.locator(".tabitem:visible .rl-figure:visible").all_inner_texts()
        link = copied(opened)
        other.goto(link)
        other.wait_for_function("window.replearnLinks && replearnLinks.wanted()", timeout=WAIT)
        expect(other.get_by_role("tab", name=tab, exact=True).first).to_have_attribute(
            "aria-selected", "true", timeout=WAIT
        )
        fresh.rests(quiet=1.5)
        assert settled(other) == before, tab
        found = other.locator(".tabitem:visible .rl-figure:visible").all_inner_texts()
        assert [timeless(text) for text in found] == [timeless(text) for text in shown], tab
        expect(other.locator("#link-notice")).to_have_text("")
    assert opened.errors == []
    assert fresh.errors == []
    assert fresh.outside == []


def test_the_subject_and_what_is_unfolded_and_pressed_come_along(opened, address, fresh):
    page, other = opened.page, fresh.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    example(page, "coffee")
    expect(best(page)).to_have_text("cup of coffee", timeout=WAIT)
    choose(page, "model", "shapes-supervised")
    opened.rests()
    opened.tab("Groups")
    opened.rests()
    page.locator("#groups-view label").nth(1).click()
    opened.unfold("#groups-search")
    page.locator("#groups-search-run").click()
    expect(page.locator("#groups-telling tbody td").first).to_be_visible(timeout=WAIT)
    told = page.locator("#groups-telling").inner_text()
    link = copied(opened)
    assert "open=groups-search&press=groups-search-run" in link
    other.goto(link)
    expect(other.locator("#groups-telling tbody td").first).to_be_visible(timeout=WAIT)
    assert other.locator("#groups-telling").inner_text() == told
    expect(other.locator("#model input")).to_have_value("shapes-supervised")
    fresh.tab("Zero-shot")
    fresh.rests()
    assert other.evaluate("document.querySelector('#picture img').src").endswith("coffee.png")
    assert fresh.errors == []


def test_back_and_forward_lead_through_the_tabs_and_a_reload_stays(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    opened.tab("Models")
    opened.rests(quiet=1.0)
    opened.tab("Shape")
    opened.rests(quiet=1.0)
    page.go_back()
    models = page.get_by_role("tab", name="Models", exact=True).first
    expect(models).to_have_attribute("aria-selected", "true", timeout=WAIT)
    page.go_forward()
    shape = page.get_by_role("tab", name="Shape", exact=True).first
    expect(shape).to_have_attribute("aria-selected", "true", timeout=WAIT)
    page.reload()
    expect(shape).to_have_attribute("aria-selected", "true", timeout=WAIT)


def test_a_page_that_is_loaded_again_shows_what_it_showed(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    example(page, "coffee")
    expect(best(page)).to_have_text("cup of coffee", timeout=WAIT)
    opened.tab("Heat maps")
    opened.rests()
    typed(page, "target", "saucer", "Enter")
    opened.rests()
    stamp = page.locator("#heat-map-stamp")
    page.reload()
    expect(page.locator("#target textarea, #target input").first).to_have_value(
        "saucer", timeout=WAIT
    )
    expect(stamp).to_contain_text("saucer", timeout=WAIT)
    opened.rests()
    opened.tab("Zero-shot")
    expect(best(page)).to_have_text("cup of coffee", timeout=WAIT)
    assert opened.errors == []


def test_reset_brings_back_a_tabs_usual_values(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    usual = page.locator("#labels textarea").input_value()
    page.locator("#labels textarea").fill("lioness\nkitten")
    expect(best(page)).to_have_text("lioness", timeout=WAIT)
    page.locator("#reset-tab").click()
    expect(page.locator("#labels textarea")).to_have_value(usual, timeout=WAIT)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("tab=parts&state=eJx", "damaged or cut off"),
        ("tab=nowhere", ""),
        ("tab=parts&press=train", ""),
    ],
)
def test_a_damaged_link_is_a_sentence_and_the_page_goes_on(opened, address, query, says):
    page = opened.page
    page.goto(f"{address}?{query}")
    if says:
        expect(page.locator("#link-notice")).to_contain_text(says, timeout=WAIT)
    if "tab=parts" in query:  # the link leads there first
        expect(page.get_by_role("tab", name="Parts", exact=True).first).to_have_attribute(
            "aria-selected", "true", timeout=WAIT
        )
    opened.tab("Zero-shot")
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
