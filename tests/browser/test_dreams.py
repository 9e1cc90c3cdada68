"""Pictures made for a network, in a real Chromium."""

import io
import json
import re
import zipfile

import pytest
from PIL import Image

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WAIT = 240_000  # milliseconds
SOLID = re.compile(r"^[a-z]+$")
GROWING = re.compile(r"after \d+ of (192|512) steps")


def arrived(opened, address, theme="light", model="shapes-supervised"):
    page = opened.page
    page.goto(f"{address}?__theme={theme}")
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    box = page.locator("#model input")
    box.fill(model)
    box.press("Enter")
    opened.tab("Dreams")
    expect(page.locator("#dream-stamp")).to_contain_text(model, timeout=WAIT)
    opened.rests()
    return page


def steps_made(page):
    return int(re.search(r"after (\d+) of", page.locator("#dream-line").inner_text())[1])


LOOKS = [(1440, "light"), (390, "dark")]


@pytest.mark.parametrize("opened", LOOKS, indirect=True)
def test_it_greets_with_pictures_draws_anew_and_saves(opened, address, request):
    page = arrived(opened, address, request.node.callspec.params["opened"][1])
    expect(page.locator("#shipped-dreams img")).to_have_count(8)
    expect(page.locator("#dream-judges")).to_contain_text("shapes-supervised (made it)")
    first = page.locator("#dream img").first.get_attribute("src")
    page.locator("#shipped-dreams img").nth(4).click()
    expect(page.locator("#dream-line")).to_contain_text("torus", timeout=WAIT)
    expect(page.locator("#dream img").first).not_to_have_attribute("src", first)
    opened.typed("dream-target", "cone")
    button = page.locator("#draw-dream")
    page.locator("#dream-helps").get_by_text("growing").click()  # promised anew, of other steps
    expect(button).to_have_text(re.compile(r"draw( \(about \d+ s\))?$"), timeout=WAIT)
    page.locator("#dream-helps").get_by_text("growing").click()
    button.click()
    # it grows on the screen
    expect(page.locator("#dream-line")).to_contain_text(GROWING, timeout=WAIT)
    expect(page.locator("#dream-line")).to_contain_text("networks that didn't make", timeout=WAIT)
    expect(page.locator("#dream-line")).to_contain_text("cone")
    opened.rests()
    page.locator("#figure-dream [data-tool=save]").click()
    page.wait_for_timeout(3000)
    (saved,) = opened.downloads
    with zipfile.ZipFile(io.BytesIO(saved.path().read_bytes())) as bundle:
        assert set(bundle.namelist()) == {"picture-1.png", "growing.webp", "picture.json"}
        assert "cone" in json.loads(bundle.read("picture.json"))["target"]
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert opened.errors == []
    assert opened.outside == []


def test_it_can_be_stopped_and_asked_again(opened, address):
    page = arrived(opened, address)
    opened.unfold("button:has-text('a unit instead; steps, seed')")
    page.locator("#dream-steps input[type=number]").fill("512")
    page.locator("#dream-steps input[type=number]").press("Tab")
    page.locator("#dream-of-unit input").click()
    page.locator("#draw-dream").click()
    expect(page.locator("#dream-line")).to_contain_text(GROWING, timeout=WAIT)
    assert page.evaluate("replearn.stale().includes('dream')") is False  # it isn't dimmed
    page.locator(".rl-stop-dream:visible").click()
    opened.rests()
    expect(page.locator("#dream-line")).to_contain_text("of 512")
    stopped_after = steps_made(page)
    page.locator("#dream-onward").click()
    page.wait_for_function(
        "(before) => Number(/after (\\d+) of/.exec("
        "document.querySelector('#dream-line').innerText)?.[1]) > before",
        arg=stopped_after,
        timeout=WAIT,
    )
    expect(page.locator("#dream-onward")).to_be_hidden()
    page.locator(".rl-stop-dream:visible").click()
    opened.rests()
    assert 512 > steps_made(page) > stopped_after
    expect(page.locator("#dream-onward")).to_be_visible()
    page.locator("#dream-steps input[type=number]").fill("16")
    page.locator("#dream-steps input[type=number]").press("Tab")
    page.locator("#draw-dream").click()
    expect(page.locator("#dream-line")).to_contain_text("best real picture", timeout=WAIT)
    assert opened.errors == []


def test_what_the_model_does_not_know_gets_a_sentence(opened, address):
    page = arrived(opened, address)
    opened.typed("dream-target", "<b>unicorn</b>")
    page.locator("#draw-dream").click()
    expect(page.locator("#dream-notice")).to_contain_text("no class called", timeout=WAIT)
    opened.typed("dream-target", "cube")
    page.locator("#draw-dream").click()
    expect(page.locator("#dream-line")).to_contain_text("cube", timeout=WAIT)
    expect(page.locator("#dream-notice")).not_to_contain_text("no class")
    assert opened.errors == []


def test_the_subject_fools_the_model_and_is_dreamt_on(opened, address):
    page = arrived(opened, address)
    opened.unfold("#fooling")
    box = page.locator("#fool-target textarea, #fool-target input").first
    expect(box).to_have_attribute("placeholder", SOLID)  # one that the model can say
    page.locator("#smallest-change").click()
    expect(page.locator("#fooled-line")).to_contain_text("grey levels", timeout=WAIT)
    expect(page.locator("#fooled img")).to_have_count(3)
    expect(page.locator("#undone")).to_be_hidden()
    opened.typed("fool-target", "torus")
    page.locator("#fool").click()
    expect(page.locator("#fooled-line")).to_contain_text("torus", timeout=WAIT)
    expect(page.locator("#fooled img")).to_have_count(3)
    expect(page.locator("#undone")).to_contain_text("moved by 2 pixels")
    expect(page.locator("#undone")).to_contain_text("another network")
    opened.unfold("#deep-dream")
    expect(page.locator("#deep-dream-layer input")).to_have_value(re.compile("layer"), timeout=WAIT)
    page.locator("#dream-on").click()
    expect(page.locator("#deep-dreamed img")).to_have_count(2, timeout=WAIT)
    expect(page.locator("#deep-dream-stamp")).to_contain_text("after it", timeout=WAIT)
    opened.rests()
    assert opened.errors == []
    assert opened.outside == []


def test_a_model_without_shipped_pictures_draws_all_the_same(opened, address):
    page = arrived(opened, address)
    box = page.locator("#model input")
    box.fill("emoji-clip")
    box.press("Enter")
    expect(page.locator("#dream-line")).to_contain_text("No pictures ship", timeout=WAIT)
    expect(page.locator("#shipped-dreams")).to_be_hidden()
    opened.unfold("button:has-text('a unit instead; steps, seed')")
    page.locator("#dream-steps input[type=number]").fill("16")
    page.locator("#dream-steps input[type=number]").press("Tab")
    opened.typed("dream-target", "a red heart")
    page.locator("#draw-dream").click()
    expect(page.locator("#dream-line")).to_contain_text("a red heart", timeout=WAIT)
    opened.rests()
    assert opened.errors == []


def test_a_unit_of_parts_is_drawn(opened, address):
    page = arrived(opened, address)
    opened.tab("Parts")
    opened.unfold("#units")
    expect(page.locator("#activations img").first).to_be_visible(timeout=WAIT)
    page.locator("#unit-index input").fill("9")
    page.locator("#draw-unit").click()
    line = page.locator("#dream-line")
    expect(line).to_contain_text("unit 9 of network.layer4.0", timeout=WAIT)
    expect(line).to_contain_text("best real picture", timeout=WAIT)
    expect(page.get_by_role("tab", name="Dreams", exact=True).first).to_have_attribute(
        "aria-selected", "true"
    )
    assert opened.errors == []


def test_an_empty_box_means_an_answer_of_the_model_that_is_chosen(opened, address):
    page = arrived(opened, address)
    opened.unfold("#fooling")
    box = page.locator("#fool-target textarea, #fool-target input").first
    expect(box).to_have_attribute("placeholder", SOLID)
    name = page.locator("#model input")
    name.fill("imagenet")
    name.press("Enter")
    expect(box).to_have_attribute("placeholder", "cliff dwelling", timeout=WAIT)
    opened.rests()
    page.get_by_label("a pattern that evolves").click()
    opened.typed("fool-target", "no such thing")
    page.locator("#fool").click()
    expect(page.locator("#fooling-notice")).to_contain_text("no class called", timeout=WAIT)
    assert opened.errors == []


@pytest.mark.parametrize("opened", LOOKS, indirect=True)
def test_rows_heads_and_directions_are_drawn(opened, address, request, tmp_path):
    theme = request.node.callspec.params["opened"][1]
    page = arrived(opened, address, theme, model="shapes-clip")
    opened.unfold("#aims")
    page.locator("#aim-steps input[type=number]").fill("16")
    page.locator("#aim-steps input[type=number]").press("Tab")
    line = page.locator("#aim-line")
    page.locator("#draw-aim").click()
    expect(line).to_contain_text("+ 0.5 x cosine with", timeout=WAIT)
    opened.rests()
    page.get_by_label("a row from one to the other").click()
    expect(page.locator("#aim-weight")).to_be_hidden(timeout=WAIT)
    page.locator("#draw-aim").click()
    expect(page.locator("#aimed img")).to_have_count(5, timeout=WAIT)
    opened.rests()
    page.get_by_label("an attention head").click()
    expect(page.locator("#aim-head input")).to_have_value("layer 3, head 3", timeout=WAIT)
    opened.typed("aim-along", "a red cube")
    page.locator("#draw-aim").click()
    expect(line).to_contain_text("layer 3, head 3 adds to the cosine with", timeout=WAIT)
    opened.rests()
    page.get_by_label("from the picture to another").click()
    page.locator("#draw-aim").click()
    expect(page.locator("#aim-notice")).to_contain_text("Give two pictures", timeout=WAIT)
    path = tmp_path / "grey.png"
    Image.new("RGB", (64, 64), "grey").save(path)
    page.locator("#aim-other input[type=file]").set_input_files(str(path))
    opened.rests()
    page.locator("#draw-aim").click()
    expect(line).to_contain_text("direction from the first picture", timeout=WAIT)
    opened.rests()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert opened.errors == []
    assert opened.outside == []
