"""The Distortions tab in a real Chromium: the slider, the curves, and how soon they follow."""

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WAIT = 200_000  # milliseconds; the first answer imports torch on a busy machine

SEEN = """() => { window.rlSeen = (what) => {
  if (what === 'picture') {
    const image = document.querySelector('#distorted img');
    return image && image.complete ? image.src : '';
  }
  const plot = document.querySelector('#curve .rl-canvas');  // the ring of the first model
  const ring = plot.data.find((t) => t.marker && t.marker.symbol === 'circle-open');
  return JSON.stringify([plot.layout.shapes[0].x0, ring ? ring.x : []]);
}; }"""


def open_tab(page, address):
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_be_visible(timeout=WAIT)
    page.get_by_role("tab", name="Distortions").click()
    expect(page.locator("#distorted-answer tbody th").first).to_be_visible(timeout=WAIT)
    page.wait_for_function("document.querySelector('#curve .rl-canvas')?.data?.length > 6")
    page.evaluate(SEEN)


def press(page, share):
    """Press the slider at a share of its way, by a real mouse; return where."""
    slider = page.locator("#position input[type=range]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    page.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)


def seen(page, what):
    return page.evaluate(f"window.rlSeen('{what}')")


def test_the_picture_and_the_accuracy_follow_the_slider(opened, address):
    """How soon they do is measured by benchmarks/slider.py."""
    page = opened.page
    open_tab(page, address)
    expect(page.locator("#curve-stamp")).to_contain_text("n = 200")
    assert page.locator("#curve .legendtext").all_text_contents().count("shapes-supervised") == 1
    for share in (0.1, 0.4, 0.85):
        before = {what: seen(page, what) for what in ("picture", "accuracy")}
        press(page, share)
        for what, old in before.items():
            page.wait_for_function(
                "([what, old]) => window.rlSeen(what) !== old", arg=[what, old], timeout=WAIT
            )
        opened.rests()
        page.wait_for_function("() => replearn.stale().length === 0", timeout=WAIT)
    level = float(page.locator("#level input").input_value())
    expect(page.locator("#distorted-stamp")).to_contain_text(f"rotation {level:g}")
    assert opened.outside == []
    assert opened.errors == []


def test_a_level_is_typed_a_distortion_kept_and_the_heat_map_switched_on(opened, address):
    page = opened.page
    open_tab(page, address)
    level = page.locator("#level input")
    level.fill("90")
    level.press("Enter")
    expect(page.locator("#distorted-stamp")).to_contain_text("rotation 90", timeout=WAIT)
    expect(page.locator("#flip")).to_contain_text("cheetah", timeout=WAIT)
    level.fill("1000")
    level.press("Enter")
    expect(page.locator("#distort-notice")).to_contain_text("from -360 to 360", timeout=WAIT)
    level.fill("90")
    level.press("Enter")
    opened.unfold("#distorted-heat-on")
    expect(page.locator("#distorted-heat img")).to_be_visible(timeout=WAIT)
    page.locator("#keep").click()
    expect(page.locator("#kept")).to_contain_text("rotation 90", timeout=WAIT)
    page.locator("#distortion input").click()
    page.get_by_role("option", name="contrast", exact=True).click()
    expect(page.locator("#distorted-stamp")).to_contain_text("rotation 90, contrast", timeout=WAIT)
    expect(page.locator("#compute-curves")).to_contain_text("shapes-supervised", timeout=WAIT)
    expect(page.locator("#path .main-svg").first).to_be_visible(timeout=WAIT)
    page.locator("#clear").click()
    expect(page.locator("#compute-curves")).to_be_hidden(timeout=WAIT)
    assert opened.outside == []
    assert opened.errors == []


@pytest.mark.parametrize("opened", [(390, "dark")], indirect=True)
def test_it_fits_a_phone_and_its_rows_can_be_saved(opened, address):
    page = opened.page
    open_tab(page, address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    opened.unfold("button:has-text('as a table, and the rows to save')")
    with page.expect_download(timeout=WAIT) as download:
        page.locator("#save-rows-csv").click()
    assert download.value.suggested_filename.endswith(".csv")
    assert opened.errors == []
