"""Training and testing, supervised and zero-shot, in a real Chromium; then a user's folders."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from PIL import Image
from playwright.sync_api import expect

from replearn.studies.generalisation.matrix import matrix, matrix_cell
from replearn.studies.generalisation.shift import shipped_shift_table

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WAIT = 120_000  # milliseconds; the first answer imports torch on a busy machine


CELLS = """(name) => Array.from(document.querySelector(`#${name} .js-plotly-plot`)._fullData[0].z)
  .map(row => Array.from(row))"""
HEARS = """(name) => document.querySelector(`#${name} .js-plotly-plot`)._ev
  .listenerCount('plotly_click') > 0"""
MARKED = """(name) => document.querySelector(`#${name} .js-plotly-plot`)
  .layout.shapes.length"""
CLICK = """([name, index]) => document.querySelector(`#${name} .js-plotly-plot`)
  .emit('plotly_click', {points: [{customdata: index}]})"""


def opened_tab(opened, address):
    page = opened.page
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    opened.tab("Generalisation")
    return page


def panel(opened, address):
    page = opened_tab(opened, address)
    page.get_by_role("tab", name="Supervised against zero-shot").click()
    expect(page.locator("#drift-plot .js-plotly-plot")).to_be_visible(timeout=WAIT)
    return page


def test_the_tables_are_there_at_once_and_another_shift_redraws_the_plot(opened, address):
    page = panel(opened, address)
    found = shipped_shift_table("shapes")
    cell = found.cells["new light", "shapes-clip"].accuracy
    expect(page.locator("#drift-table")).to_contain_text(f"[{cell.low:.2f}, {cell.high:.2f}]")
    expect(page.locator("#drift-published")).to_contain_text("0.771")
    expect(page.locator("#drift-findings")).to_contain_text(re.compile(r"\d of 3 statements"))
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.get_by_label("emoji: another hand").check()
    expect(page.locator("#drift-table")).to_contain_text("silhouette", timeout=WAIT)
    page.locator("#drift-row input").click()
    page.get_by_role("option", name="line drawing").click()
    page.wait_for_function(
        "() => document.querySelector('#drift-plot .js-plotly-plot')"
        ".layout.yaxis.title.text.includes('line drawing')",
        timeout=WAIT,
    )
    opened.unfold("#drift-pictures")
    page.locator("#drift-look").click()
    expect(page.locator("#drift-gallery img")).to_have_count(24, timeout=WAIT)
    assert opened.outside == []
    assert opened.errors == []


def test_own_folders_are_rows_and_a_mistake_is_a_sentence(opened, address, tmp_path):
    for row, side in (("clean", 40), ("small", 24)):
        for name, colour in (("cube", (220, 20, 20)), ("cone", (20, 20, 220))):
            (tmp_path / row / name).mkdir(parents=True)
            for i in range(5):
                Image.new("RGB", (side, side), colour).save(tmp_path / row / name / f"{i}.png")
    page = panel(opened, address)
    opened.unfold("#drift-own")
    rows = page.get_by_label("Rows, one a line")
    rows.fill(f"clean = folder:{tmp_path / 'clean'}")
    page.locator("#drift-run").click()
    expect(page.locator("#drift-own-notice")).to_contain_text("at least two rows", timeout=WAIT)
    page.locator("#drift-row-name").get_by_role("textbox").fill("tiny <b>")
    page.locator("#drift-row-place input").fill(f"folder:{tmp_path / 'small'}")
    page.locator("#drift-row-place input").press("Enter")
    page.locator("#drift-row-add").click()
    expect(rows).to_have_value(re.compile(r"tiny <b> = folder:.*small"), timeout=WAIT)
    page.locator("#drift-run").click()
    expect(page.locator("#drift-table")).to_contain_text("tiny <b>", timeout=WAIT)
    expect(page.locator("#drift-table")).to_contain_text("linear probe")
    expect(page.locator("#drift-own-notice")).not_to_contain_text("at least")
    assert opened.outside == []
    assert opened.errors == []


def test_the_matrix_is_drawn_beside_the_published_one_and_a_cell_opens(opened, address):
    page = opened_tab(opened, address)
    expect(page.locator("#matrix-own .js-plotly-plot")).to_be_visible(timeout=WAIT)
    found = matrix()
    drawn = page.evaluate(CELLS, "matrix-own")
    assert len(drawn) == 9
    assert drawn[0][0] == pytest.approx(100 * found.accuracy[0, 0].mean(), abs=0.1)
    assert page.evaluate(CELLS, "matrix-published")[8][8] == pytest.approx(80.3)
    verdict = page.locator("#matrix-verdict")
    expect(verdict).to_contain_text("mean of the diagonal A1 to A9")
    assert page.evaluate(MARKED, "matrix-published") == page.evaluate(MARKED, "matrix-own") == 9
    page.locator("#matrix-next").click()
    expect(verdict).to_contain_text("off the diagonal", timeout=WAIT)
    page.wait_for_function(f"() => ({MARKED})('matrix-own') === 72", timeout=WAIT)
    page.locator("#matrix-table").get_by_role("button").first.click()
    expect(page.locator("#matrix-findings")).to_contain_text(
        re.compile(r"\d+ of 10 findings"), timeout=WAIT
    )
    page.wait_for_function(HEARS, arg="matrix-own", timeout=WAIT)
    page.evaluate(CLICK, ["matrix-own", 4 * 20 + 2])  # high-pass, A3
    expect(page.locator("#matrix-cell")).to_contain_text("A3 on high-pass, 0.7 px", timeout=WAIT)
    first = matrix_cell("A3", "high_pass_std0.7").accuracies[0]
    expect(page.locator("#matrix-cell")).to_contain_text(str(first))
    expect(page.locator("#matrix-mistakes img").first).to_be_visible(timeout=WAIT)
    expect(page.locator("#matrix-curve .js-plotly-plot")).to_be_visible(timeout=WAIT)
    assert opened.outside == []
    assert opened.errors == []
