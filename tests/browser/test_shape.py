"""Form against texture in a real Chromium."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from replearn.results.rows.shape import read_shape_rows, shipped_shape_rows
from replearn.studies.shape.rows import shape_biases

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WAIT = 120_000  # milliseconds; the first answer imports torch on a busy machine


def test_renditions_are_answered_and_the_bias_is_that_of_the_rows(opened, address):
    page = opened.page
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    opened.tab("Shape")
    captions = page.locator("#renditions .caption-label")
    expect(captions).to_have_count(5, timeout=WAIT)
    assert re.match(r"original: \w+ [01]\.\d\d", captions.first.inner_text())
    expect(page.locator("#cue-conflict .js-plotly-plot")).to_be_visible(timeout=WAIT)
    names = page.locator("#cue-conflict .js-plotly-plot").evaluate(
        "g => g._fullData.map(t => t.name)"
    )
    bias = shape_biases(read_shape_rows(shipped_shape_rows()))["shapes-texture-tied"]
    assert f"shapes-texture-tied: {bias.overall.value:.2f}" in names
    expect(page.locator("#strongest-patches img").first).to_be_visible(timeout=WAIT)
    expect(page.locator("#shuffled-patches .js-plotly-plot")).to_be_visible(timeout=WAIT)
    opened.unfold("#own-cues")
    page.locator("#ask-cues").click()
    expect(page.locator("#own-cues-notice")).to_contain_text("doesn't say its form", timeout=WAIT)
    assert opened.outside == []
    assert opened.errors == []
