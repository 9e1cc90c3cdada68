"""Prompts against pairs of pictures, and what is published, in a real Chromium."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from replearn.studies.groups.shipped_audit import PROMPTS, shipped_audit

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WAIT = 120_000  # milliseconds; the first answer imports torch on a busy machine
POINTS = """() => document.querySelector('#audit-plot .js-plotly-plot').data
  .filter(one => one.type === 'scatter').map(one => Array.from(one.x))"""


def unfolded(opened, address, panel):
    page = opened.page
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    opened.tab("Groups")
    page.locator(f"#{panel} > button").first.click()
    expect(page.locator(f"#{panel}-plot .js-plotly-plot")).to_be_visible(timeout=WAIT)
    return page


@pytest.mark.parametrize("opened", [(1440, "light"), (390, "dark")], indirect=True)
def test_the_shipped_audit_is_drawn_and_the_other_trait_redraws_it(opened, address):
    page = unfolded(opened, address, "audit")
    expect(page.locator("#audit-limits")).to_contain_text("No decision about a person")
    found = shipped_audit("skin tone")
    drawn = page.evaluate(POINTS)
    assert [len(some) for some in drawn] == [len(PROMPTS)] * len(found.models)
    assert drawn[0][0] == pytest.approx(found.associations[0].difference.value)
    expect(page.locator("#audit-stamp")).to_contain_text("light to dark")
    page.get_by_label("gender", exact=True).check()
    expect(page.locator("#audit-stamp")).to_contain_text("man to woman", timeout=WAIT)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert opened.outside == []
    assert opened.errors == []


def test_own_words_are_asked_and_a_mistake_is_a_sentence(opened, address):
    page = unfolded(opened, address, "audit")
    prompts = page.locator("#audit-prompts textarea")
    prompts.fill("")
    page.locator("#audit-ask").click()
    expect(page.locator("#audit-notice")).to_contain_text("at least one prompt", timeout=WAIT)
    prompts.fill("a farmer\n<img src=x onerror=alert(1)>")
    page.locator("#audit-ask").click()
    expect(page.locator("#audit-said")).to_contain_text("of 2 associations", timeout=WAIT)
    page.locator("#audit-rows > button").click()
    expect(page.locator("#audit-table")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator("#audit-stamp")).to_contain_text(re.compile(r"prompts 2 .* n = 49"))
    assert opened.outside == []
    assert opened.errors == []


@pytest.mark.parametrize("opened", [(1440, "light"), (390, "dark")], indirect=True)
def test_what_is_published_is_shown_with_its_sources(opened, address):
    page = unfolded(opened, address, "published")
    expect(page.locator("#published-soap tbody tr")).to_have_count(6)
    expect(page.locator("#published-groups")).to_contain_text("Europe minus Africa")
    expect(page.locator("#published-open-clip tbody tr")).to_have_count(17)
    expect(page.locator("#published a[href*='1906.02659']").first).to_be_visible()
    expect(page.locator("#published-layout")).to_contain_text("labels.csv")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert opened.outside == []
    assert opened.errors == []
