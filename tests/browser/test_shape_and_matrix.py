"""The tabs on form against texture, and on training and testing, in a real Chromium."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from replearn.studies.matrix import matrix, matrix_cell
from replearn.studies.shape_rows import read_shape_rows, shape_biases, shipped_shape_rows

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WAIT = 120_000  # milliseconds; the first answer imports torch on a busy machine
CELLS = """(name) => Array.from(document.querySelector(`#${name} .js-plotly-plot`)._fullData[0].z)
  .map(row => Array.from(row))"""
CLICK = """([name, index]) => document.querySelector(`#${name} .js-plotly-plot`)
  .emit('plotly_click', {points: [{customdata: index}]})"""


def tab(opened, address, name):
    page = opened.page
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    page.get_by_role("tab", name=name).click()
    return page


def test_the_matrix_is_drawn_beside_the_published_one_and_a_cell_opens(opened, address):
    page = tab(opened, address, "Generalisation")
    expect(page.locator("#matrix-own .js-plotly-plot")).to_be_visible(timeout=WAIT)
    found = matrix()
    drawn = page.evaluate(CELLS, "matrix-own")
    assert len(drawn) == 9
    assert drawn[0][0] == pytest.approx(100 * found.accuracy[0, 0].mean(), abs=0.1)
    assert page.evaluate(CELLS, "matrix-published")[8][8] == pytest.approx(80.3)
    expect(page.locator("#matrix-findings")).to_contain_text(re.compile(r"\d+ of 10 findings"))
    page.evaluate(CLICK, ["matrix-own", 4 * 20 + 2])  # high-pass, A3
    expect(page.locator("#matrix-cell")).to_contain_text("A3 on high-pass, 0.7 px", timeout=WAIT)
    first = matrix_cell("A3", "high_pass_std0.7").accuracies[0]
    expect(page.locator("#matrix-cell")).to_contain_text(str(first))
    expect(page.locator("#matrix-mistakes img").first).to_be_visible(timeout=WAIT)
    expect(page.locator("#matrix-curve .js-plotly-plot")).to_be_visible(timeout=WAIT)
    assert opened.outside == []
    assert opened.errors == []


def test_renditions_are_answered_and_the_bias_is_that_of_the_rows(opened, address):
    page = tab(opened, address, "Shape")
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
    page.locator("#own-cues").get_by_text("your own cue-conflict pictures").click()
    page.locator("#ask-cues").click()
    expect(page.locator("#own-cues-notice")).to_contain_text("doesn't say its form", timeout=WAIT)
    assert opened.outside == []
    assert opened.errors == []
