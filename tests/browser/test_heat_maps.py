"""The trust panel and the table of methods in a real Chromium."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from tests.chromium import pick

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WAIT = 120_000  # milliseconds; the first answer imports torch on a busy machine
CURVE = """(name) => { const g = document.querySelector(`#${name} .js-plotly-plot`);
  return g._fullData.map(t => Array.from(t.y)); }"""
LOWEST = """(name) => { const g = document.querySelector(`#${name} .js-plotly-plot`);
  return [g.querySelector('.main-svg').getBoundingClientRect().bottom,
          document.querySelector('#trust-strip').getBoundingClientRect().top]; }"""


def checked(opened, address):
    page = opened.page
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    page.get_by_role("tab", name="Heat maps").click()
    expect(page.locator("#heat-map-stamp")).to_contain_text("cheetah", timeout=WAIT)
    opened.unfold("#trust")
    expect(page.locator("#trust-check")).to_contain_text("about", timeout=WAIT)
    page.locator("#trust-check").click()
    expect(page.locator("#trust-verdicts li")).to_have_count(4, timeout=WAIT)
    return page


def test_the_panel_says_its_verdicts_and_draws_its_curves(opened, address):
    page = checked(opened, address)
    said = page.locator("#trust-verdicts")
    expect(said).to_contain_text(re.compile(r"Deletion: .* in \d+ of 10 random orders \(area "))
    expect(said).to_contain_text(re.compile(r"Random weights: the map changes with what was lea"))
    expect(said).to_contain_text("Completeness: the map's mean plus the bias is the score")
    for name in ("trust-deletion", "trust-insertion"):
        expect(page.locator(f"#{name} .js-plotly-plot")).to_be_visible(timeout=WAIT)
        low, high, mean, own = page.evaluate(CURVE, name)
        assert len(low) == len(high) == len(mean) == len(own) == 15
        assert all(a <= b + 1e-6 <= c + 2e-6 for a, b, c in zip(low, mean, high, strict=True))
    expect(page.locator("#trust-strip img")).to_have_count(9)
    page.get_by_label("Right of the box").fill("0.5")
    page.get_by_label("Bottom of the box").fill("0.5")
    page.get_by_label("Bottom of the box").press("Enter")
    expect(page.locator("#trust-pointing li")).to_be_visible(timeout=WAIT)
    assert opened.outside == []
    assert opened.errors == []


def test_a_narrower_window_hides_nothing(opened, address):
    page = checked(opened, address)
    expect(page.locator("#trust-insertion .js-plotly-plot")).to_be_visible(timeout=WAIT)
    page.set_viewport_size({"width": 600, "height": 900})
    page.wait_for_timeout(1000)  # Plotly waits for the end of a resize
    bottom, top = page.evaluate(LOWEST, "trust-insertion")
    assert bottom <= top + 1
    hidden = "e => e.scrollHeight - e.clientHeight"
    assert page.locator("#trust-strip .grid-wrap").evaluate(hidden) <= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 600


def test_the_methods_are_compared_beside_their_origin(opened, address):
    page = opened.page
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    page.get_by_role("tab", name="Heat maps").click()
    opened.unfold("#explainer-table")
    table = page.locator("#explainer-table")
    expect(table).to_contain_text("imagenet 2f9964 on folder:imagenet_samples", timeout=WAIT)
    expect(table.get_by_role("gridcell", name="grad-cam", exact=True)).to_be_visible(timeout=WAIT)
    cells = table.get_by_role("gridcell").all_inner_texts()
    assert any(re.search(r"0\.\d+ \[0\.\d+, 0\.\d+\]", cell) for cell in cells)
    assert opened.outside == []
    assert opened.errors == []


def test_the_model_that_is_compared_with_is_asked_the_same(opened, address):
    page = opened.page
    page.goto(f"{address}?tab=heat-maps")
    first, second = page.locator("#heat-map-stamp"), page.locator("#heat-map-compared-stamp")
    expect(first).to_contain_text("photo-clip", timeout=WAIT)
    expect(second).to_have_count(0)
    pick(page, "compare", "imagenet")
    expect(second).to_contain_text("imagenet", timeout=WAIT)
    expect(second).to_contain_text("“cheetah” = ")
    expect(page.locator("#heat-map-compared img")).to_be_visible()
    page.locator("#target textarea, #target input").fill("a zebu")
    page.locator("#target textarea, #target input").press(
        "Enter"
    )  # no class of imagenet: said, and the first map stands
    expect(first).to_contain_text("a zebu", timeout=WAIT)
    refused = page.locator("#heat-map-compared-notice")
    expect(refused).to_contain_text("imagenet", timeout=WAIT)
    pick(page, "compare", "none")
    expect(second).to_have_count(0, timeout=WAIT)
    assert opened.errors == []
