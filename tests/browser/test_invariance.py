"""The Invariance tab in a real browser: the shipped table, curves of the subject, shifts."""

import csv
import io
import re
import zipfile

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from replearn.ui.invariance.asked import OWN

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WAIT = 90_000  # milliseconds; the first answer imports torch on a busy machine


def drawn(page, name):
    """Wait until a figure has lines, and return how many."""
    page.wait_for_function(
        f"() => document.querySelector('#{name} .js-plotly-plot')?.data?.length > 1", timeout=WAIT
    )
    return page.evaluate(f"document.querySelector('#{name} .js-plotly-plot').data.length")


@pytest.mark.parametrize("opened", [(1440, "light"), (390, "dark")], indirect=True)
def test_the_table_is_there_at_once_and_the_subjects_curves_follow(opened, address):
    page = opened.page
    page.goto(address)
    opened.tab("Invariance")
    table = page.locator("#invariance-table table")
    expect(table).to_contain_text("shapes-simclr", timeout=WAIT)
    expect(table).to_contain_text("★")
    expect(page.locator("#invariance-findings li").first).to_be_visible()
    assert drawn(page, "invariance-cosine") >= 3  # two models or more, and chance
    expect(page.locator("#invariance-stamp")).to_contain_text("photo-clip")
    expect(page.locator("#invariance-strip img")).to_have_count(9, timeout=WAIT)
    expect(page.locator("#invariance-legend")).to_contain_text("pixels")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    with page.expect_download(timeout=WAIT) as download:
        page.locator("#figure-invariance [data-tool=save]").click()
    with zipfile.ZipFile(download.value.path()) as bundle:
        rows = list(csv.DictReader(io.StringIO(bundle.read("curves.csv").decode())))
    assert {"photo-clip", "pixels"} <= {row["model"] for row in rows}
    assert opened.outside == []
    assert opened.errors == []


def test_a_scene_takes_the_subjects_place_and_layers_and_shifts_unfold(opened, address):
    page = opened.page
    page.goto(address)
    opened.tab("Invariance")
    drawn(page, "invariance-cosine")
    page.get_by_label("light direction").check()
    expect(page.locator("#invariance-told")).to_contain_text("can't be changed", timeout=WAIT)
    expect(page.locator("#invariance-stamp")).to_contain_text("one scene of shapes")
    page.get_by_label("200 pictures of shapes").check()
    expect(page.locator("#invariance-stamp")).to_contain_text("n = 200", timeout=WAIT)
    page.get_by_label("accuracy, mean over the levels").check()
    expect(page.locator("#invariance-table")).to_contain_text(re.compile("0\\.\\d\\d"))
    page.locator("#invariance-layers button").first.click()
    assert drawn(page, "layers-areas") >= 2
    assert drawn(page, "layers-returned") >= 3
    page.locator("#shifts button").first.click()
    page.wait_for_function(
        "() => document.querySelector('#shifts-map .js-plotly-plot')?.data?.[0]?.z?.length === 15",
        timeout=WAIT,
    )
    expect(page.locator("#shifts-told")).to_contain_text("places the answer is no longer")
    assert opened.outside == []
    assert opened.errors == []


def test_what_another_factor_breaks_off_no_longer_looks_as_if_it_were_drawn(opened, address):
    page = opened.page
    page.goto(address)
    opened.tab("Invariance")
    drawn(page, "invariance-cosine")
    opened.rests()
    page.get_by_label(OWN).check()
    expect(page.locator("#invariance-measure")).to_be_visible(timeout=WAIT)
    opened.rests()
    page.locator("#invariance-measure").click()
    page.wait_for_function("() => replearn.busy().includes('invariance')", timeout=WAIT)
    page.get_by_label("rotation").check()
    opened.rests()
    assert page.evaluate("replearn.busy()") == []
    expect(page.locator(".rl-stop-invariance")).to_be_hidden()
    assert opened.errors == []
