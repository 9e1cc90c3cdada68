"""A newcomer's first minute by real clicks: every way in, every tab, a page that rests."""

import re

import numpy as np
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from PIL import Image
from playwright.sync_api import expect

from replearn.data.photos import Photos
from tests.browser.conftest import Opened
from tests.chromium import ARGUMENTS, CHROMIUM, LONG, WAIT, best, example, unfold_subject, upload

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
MOST = 4  # requests for one change
BOTH = [(1440, "light"), (390, "dark")]
# where the page's answer about the subject stands, in each tab that follows it
FOLLOWERS = {
    "Heat maps": "#heat-map-stamp",
    "Map": "#nearest-stamp",
    "Distortions": "#distorted-stamp",
    "Shape": "#renditions .caption-label",
    "Invariance": "#invariance-stamp",
}
# what is drawn in the open tab, without how long it took
DRAWN = r"""() => {
  const there = (what) => [...document.querySelectorAll(`.tabitem ${what}`)]
    .filter((n) => n.offsetParent !== null);
  return JSON.stringify([
    there('.rl-figure').map((n) => n.innerText.replace(/[\d.,]+ s\b/g, '')),
    there('img').map((i) => i.src),
    there('.js-plotly-plot').flatMap((g) => g._fullData || []).map((d) => [...(d.y || [])]),
  ]);
}"""
PASTE = """async (picture) => {
  const blob = await (await fetch(picture)).blob();
  await navigator.clipboard.write([new ClipboardItem({'image/png': blob})]);
}"""


def opened_page(opened, address):
    opened.page.goto(address)
    expect(best(opened.page)).to_have_text("cheetah", timeout=WAIT)
    return opened.page


@pytest.mark.parametrize("opened", BOTH, indirect=True)
def test_the_page_comes_to_rest_after_it_opened(opened, address):
    opened_page(opened, address)
    assert opened.rests(quiet=5) <= MOST
    assert opened.errors == []
    assert opened.outside == []


@pytest.mark.parametrize("opened", BOTH, indirect=True)
def test_a_click_on_an_example_asks_about_it_with_its_own_labels(opened, address):
    page = opened_page(opened, address)
    opened.rests()
    for name, says in (("coffee", "cup of coffee"), ("chelsea", "cat"), ("rocket", "rocket")):
        example(page, name)
        expect(best(page)).to_have_text(says, timeout=WAIT)
        expect(page.locator("#labels textarea")).to_have_value(re.compile(rf"^{says}\n"))
        why = Photos().why(Photos().index(name))
        expect(page.locator("#why")).to_contain_text(why[:30])
        shown = page.locator("#picture img").evaluate("(one) => one.decode().then(() => one.src)")
        assert name in shown
        assert opened.rests() <= MOST
    assert opened.errors == []


def test_labels_that_were_typed_stay_when_an_example_is_taken(opened, address):
    page = opened_page(opened, address)
    labels = page.locator("#labels textarea")
    labels.fill("")
    labels.press_sequentially("tower\nrocket")
    expect(page.locator("#answer tbody tr")).to_have_count(3, timeout=WAIT)
    example(page, "rocket")
    expect(best(page)).to_have_text("rocket", timeout=WAIT)
    expect(labels).to_have_value("tower\nrocket")


@pytest.mark.parametrize("opened", BOTH, indirect=True)
def test_an_upload_is_answered_once_and_the_page_rests(opened, address):
    page = opened_page(opened, address)
    page.wait_for_timeout(4000)
    opened.asked.clear()
    upload(page, Photos().path(Photos().index("coffee")))
    expect(best(page)).to_have_text("cup of coffee", timeout=WAIT)
    assert opened.rests(quiet=5) <= MOST
    assert opened.errors == []


def test_an_upload_while_the_first_answer_is_under_way_wins(opened, address):
    page = opened.page
    page.goto(address)
    upload(page, Photos().path(Photos().index("rocket")))
    expect(best(page)).to_have_text("rocket", timeout=WAIT)
    opened.rests()
    expect(best(page)).to_have_text("rocket")
    assert page.evaluate("replearn.stale()") == []


@pytest.mark.parametrize("opened", BOTH, indirect=True)
def test_a_pasted_picture_is_answered(opened, address):
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = opened_page(opened, address)
    opened.rests()
    unfold_subject(page)
    shown = page.locator("#examples img").nth(Photos().index("coffee")).get_attribute("src")
    small = page.evaluate(
        """async (source) => {
          const one = new Image();
          one.src = source;
          await one.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [one.naturalWidth, one.naturalHeight];
          canvas.getContext('2d').drawImage(one, 0, 0);
          return canvas.toDataURL('image/png');
        }""",
        shown,
    )
    page.evaluate(PASTE, small)
    page.locator("#picture").get_by_label("Paste from clipboard").click()
    expect(best(page)).to_have_text("cup of coffee", timeout=WAIT)
    assert opened.rests(quiet=5) <= MOST
    assert opened.errors == []


@pytest.mark.parametrize(("width", "theme"), BOTH)
def test_a_picture_from_the_camera_is_answered(chromium, address, width, theme):
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *fake])
    one = Opened(browser, width, theme)
    try:
        one.context.grant_permissions(["camera"], origin=address)
        page = opened_page(one, address)
        one.rests()
        before = page.locator("#answer-stamp").text_content()
        unfold_subject(page)
        picture = page.locator("#picture")
        picture.get_by_label("Capture from camera").click()
        picture.get_by_text("Click to Access Webcam").click()
        page.wait_for_function(
            "() => document.querySelector('#picture video')?.videoWidth > 0", timeout=WAIT
        )
        picture.get_by_label("capture photo").click()
        expect(page.locator("#answer-stamp")).not_to_have_text(before, timeout=WAIT)
        assert one.rests(quiet=5) <= 2 * MOST  # the camera's own steps clear the picture first
    finally:
        browser.close()


@pytest.mark.parametrize("opened", BOTH, indirect=True)
@pytest.mark.parametrize("tab", FOLLOWERS)
def test_an_open_tab_follows_a_change_once_and_the_others_wait(opened, address, tab):
    page = opened_page(opened, address)
    opened.tab(tab)
    expect(page.locator(FOLLOWERS[tab]).first).not_to_be_empty(timeout=WAIT)
    opened.rests()
    before = page.evaluate(DRAWN)
    example(page, "coffee")
    assert opened.rests(quiet=5) <= MOST, opened.asked_last
    if tab in ("Heat maps", "Shape"):
        expect(page.locator(FOLLOWERS[tab]).first).to_contain_text("cup of coffee")
    assert page.evaluate(DRAWN) != before
    stale = page.evaluate("replearn.stale()")
    assert stale in ([], ["answer"])  # the closed tab waits for its turn
    opened.tab("Zero-shot")
    expect(best(page)).to_have_text("cup of coffee", timeout=WAIT)
    opened.rests()
    assert page.evaluate("replearn.stale()") == []
    assert opened.errors == []


@pytest.mark.parametrize(
    "tab", [pytest.param(tab, marks=[pytest.mark.long] * (tab in LONG[3:])) for tab in FOLLOWERS]
)
def test_another_model_is_followed_in_every_tab(opened, address, tab):
    page = opened_page(opened, address)
    opened.tab(tab)
    expect(page.locator(FOLLOWERS[tab]).first).not_to_be_empty(timeout=WAIT)
    opened.rests()
    page.locator("#model input").click()
    page.get_by_role("option", name="imagenet", exact=True).click()
    assert opened.rests() <= MOST
    if tab != "Shape":
        expect(page.locator(FOLLOWERS[tab]).first).to_contain_text("imagenet")
    assert opened.errors == []


def test_a_model_that_cannot_be_opened_is_not_shown_as_chosen(opened, address):
    page = opened_page(opened, address)
    box = page.locator("#model input")
    box.fill("open_clip:x")
    box.press("Enter")
    expect(page.locator("#name-notice")).to_contain_text(
        "photo-clip goes on answering", timeout=WAIT
    )
    expect(box).to_have_value("photo-clip")
    assert opened.errors == []


def test_dragging_the_temperature_unticks_the_models_own_and_moves_the_bars(opened, address):
    page = opened_page(opened, address)
    opened.unfold("button:has-text('Templates and temperature')")
    slider = page.locator("#temperature input[type=range]")
    slider.scroll_into_view_if_needed()
    expect(page.locator("#own-tau input")).to_be_checked()
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.2 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], y, steps=5)
    expect(page.locator("#answer-stamp")).to_contain_text(
        "tau 0.16", timeout=WAIT
    )  # not let go yet
    page.mouse.up()
    expect(page.locator("#own-tau input")).not_to_be_checked()
    opened.rests()
    assert float(page.locator("#temperature input[type=number]").input_value()) > 0.1
    page.locator("#own-tau input").check()
    expect(page.locator("#answer-stamp")).to_contain_text("tau 0.04", timeout=WAIT)


def test_a_panorama_says_what_is_seen_of_it_and_the_square_is_dragged(opened, address, tmp_path):
    photos = Photos()
    cat = photos[photos.index("chelsea")].image
    wide = np.full((200, 1200, 3), (90, 140, 90), np.uint8)
    picture = Image.fromarray(wide)
    picture.paste(cat.resize((200, 200)), (1000, 0))
    picture.save(tmp_path / "panorama.png")
    page = opened_page(opened, address)
    upload(page, tmp_path / "panorama.png")
    line = page.locator(".rl-framing")
    expect(line).to_contain_text("13 % of the picture", timeout=WAIT)
    opened.rests()
    assert best(page).inner_text() != "cat"
    square = page.locator(".rl-square").bounding_box()
    x, y = square["x"] + square["width"] / 2, square["y"] + square["height"] / 3
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 300, y, steps=8)
    page.mouse.up()
    expect(best(page)).to_have_text("cat", timeout=WAIT)
    page.get_by_text("the whole, with margins").click()
    expect(line).to_contain_text("sees the whole picture", timeout=WAIT)
    opened.rests()
    page.get_by_text("its centre").click()
    expect(line).to_contain_text("13 % of the picture", timeout=WAIT)
    page.locator(".rl-square").focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    expect(best(page)).to_have_text("cat", timeout=WAIT)
    assert opened.errors == []


def test_a_refused_question_leaves_no_map_that_looks_like_its_answer(opened, address):
    page = opened_page(opened, address)
    opened.tab("Heat maps")
    expect(page.locator("#heat-map img")).to_be_visible(timeout=WAIT)
    opened.rests()
    page.locator("#target input, #target textarea").first.fill("nose")
    assert "heat-map" in page.evaluate("replearn.stale()")  # typed, and not asked yet
    page.locator("#target input, #target textarea").first.press("Enter")
    expect(page.locator("#heat-map-stamp")).to_contain_text("nose", timeout=WAIT)
    opened.rests()
    assert page.evaluate("replearn.stale()") == []
    page.locator("#model input").click()
    page.get_by_role("option", name="imagenet", exact=True).click()
    expect(page.locator("#heat-map-notice")).to_contain_text("nose", timeout=WAIT)
    assert "heat-map" in page.evaluate("replearn.stale()")
    opacity = "getComputedStyle(document.querySelector('#figure-heat-map > *')).opacity"
    page.wait_for_function(f"() => {opacity} < 0.5")
    assert opened.errors == []
