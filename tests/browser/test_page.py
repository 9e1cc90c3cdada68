"""A real Chromium opens the page, asks its questions, and may reach nothing outside."""

import httpx
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from replearn.data.photos import Photos
from tests.chromium import WAIT, best, upload

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


@pytest.mark.parametrize(
    "opened", [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")], indirect=True
)
def test_the_first_answer_comes_by_itself_at_every_width_and_theme(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    expect(page.locator("#answer-stamp")).to_contain_text("photo-clip")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert opened.outside == []
    assert opened.errors == []


def test_uploading_and_editing_labels_moves_the_bars(opened, address, tmp_path):
    photos = Photos()
    tower = next(photos.path(i) for i in range(len(photos)) if photos[i].id == "tower")
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    width = page.locator("#answer tbody .rl-bar").first.get_attribute("style")
    labels = "tower\n<img src=x onerror=alert(1)>\ncheetah"
    page.get_by_label("Labels, one a line").fill(labels)
    expect(page.locator("#answer tbody")).to_contain_text("<img src=x", timeout=WAIT)
    upload(page, tower)
    expect(best(page)).to_have_text("tower", timeout=WAIT)
    assert page.locator("#answer tbody .rl-bar").first.get_attribute("style") != width
    bad = tmp_path / "bad.png"
    bad.write_text("no picture")
    upload(page, bad)
    expect(page.locator("#picture-notice")).to_contain_text("bad.png", timeout=WAIT)
    expect(page.locator(".toast-body")).to_have_count(0)
    assert opened.outside == []


def test_heat_map_and_distortion(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    page.get_by_role("tab", name="Heat maps").click()
    expect(page.locator("#heat-map img")).to_be_visible(timeout=WAIT)
    expect(page.locator("#heat-map-stamp")).to_contain_text("cheetah")
    page.get_by_label("What to look for").fill("grass")
    page.get_by_label("What to look for").press("Enter")
    expect(page.locator("#heat-map-stamp")).to_contain_text("grass", timeout=WAIT)
    frame = page.locator("#heat-map .rl-heat-frame")
    frame.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#heat-map .rl-heat-read")).to_contain_text("row 2 of 7, column 1 of 7")
    page.get_by_text("one against another").click()
    opened.rests(quiet=1.0)
    page.get_by_label("Against", exact=True).fill("sky")
    page.get_by_label("Against", exact=True).press("Enter")
    expect(page.locator("#heat-map-stamp")).to_contain_text("minus", timeout=WAIT)
    page.locator("#method input").click()
    page.get_by_role("option", name="occlusion").click()
    expect(page.locator("#heat-map-stamp")).to_contain_text("method occlusion", timeout=WAIT)
    expect(page.locator("#steps")).to_be_visible()
    box = frame.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#covered-answer tbody tr").first).to_be_visible(timeout=WAIT)
    page.get_by_role("tab", name="Distortions").click()
    expect(page.locator("#distorted-answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    before = page.locator("#distorted-stamp").text_content()
    page.locator("#level input[type=number]").fill("0.6")
    page.locator("#level input[type=number]").press("Enter")
    expect(page.locator("#distorted-stamp")).not_to_have_text(before, timeout=WAIT)
    expect(page.locator("#distorted-stamp")).to_contain_text("0.6")
    assert opened.outside == []
    assert opened.errors == []


def test_the_proof_catches_what_does_go_outside(opened, address):
    opened.page.goto(address)
    opened.page.evaluate(
        "() => { const s = document.createElement('script');"
        " s.src = 'https://cdn.example.org/x.js'; document.head.append(s); }"
    )
    for _ in range(100):
        if opened.outside:
            break
        opened.page.wait_for_timeout(50)
    assert opened.outside == ["https://cdn.example.org/x.js"]


def test_a_copied_link_restores_labels_and_save_gives_a_file(opened, address):
    page = opened.page
    page.goto(f"{address}?labels=lion%0Acheetah%0Atower&model=photo-clip")
    expect(page.get_by_label("Labels, one a line")).to_have_value(
        "lion\ncheetah\ntower", timeout=WAIT
    )
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    expect(page.locator("#answer tbody tr")).to_have_count(4, timeout=WAIT)
    with page.expect_download(timeout=WAIT) as download:
        page.locator("#figure-answer [data-tool=save]").click()
    assert download.value.suggested_filename.endswith(".zip")
    assert opened.outside == []
    assert opened.errors == []


def test_two_models_side_by_side(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    page.get_by_label("Compare with").click()
    page.get_by_role("option", name="imagenet", exact=True).click()
    expect(page.locator("#answer-2 tbody th").first).to_have_text("cheetah", timeout=WAIT)
    expect(page.locator("#answer-2-stamp")).to_contain_text("imagenet")
    # a model that reads the same labels shares the table: two bars a label
    page.get_by_label("Compare with").click()
    page.get_by_role("option", name="emoji-clip", exact=True).click()
    expect(page.locator("#answer-2-stamp")).to_contain_text("emoji-clip", timeout=WAIT)
    expect(page.locator("#answer-2")).to_have_count(0)
    labels = page.locator("#answer tbody tr").count()
    expect(page.locator("#answer .rl-second")).to_have_count(labels)
    assert opened.errors == []


@pytest.mark.parametrize("packed", ["br", "gzip"])
def test_the_page_is_sent_packed_and_pictures_as_they_are(address, packed):
    headers = {"Accept-Encoding": packed}
    with httpx.stream("GET", address, headers=headers, timeout=WAIT / 1000) as page:
        sent = sum(len(part) for part in page.iter_raw())
        assert page.headers["content-encoding"] == packed
    assert sent < (150_000 if packed == "br" else 250_000)
    picture = f"{address}gradio_api/file={Photos().path(0)}"
    with httpx.stream("GET", picture, headers=headers, timeout=WAIT / 1000) as other:
        assert "content-encoding" not in other.headers
