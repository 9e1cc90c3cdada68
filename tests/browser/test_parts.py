"""The parts of an answer in a real Chromium."""

import re
import zipfile

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WAIT = 120_000  # milliseconds; the first answer imports torch on a busy machine


def arrived(opened, address, theme="light"):
    page = opened.page
    page.goto(f"{address}?__theme={theme}")
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    opened.tab("Parts")
    expect(page.locator("#single-parts .js-plotly-plot")).to_be_visible(timeout=WAIT)
    expect(page.locator("#part-map img")).to_be_visible(timeout=WAIT)
    opened.rests()
    return page


def choose(page, model):
    box = page.locator("#model input")
    box.fill(model)
    box.press("Enter")
    expect(page.locator("#parts-stamp")).to_contain_text(model, timeout=WAIT)


LOOKS = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]


@pytest.mark.parametrize("opened", LOOKS, indirect=True)
def test_bars_open_maps_and_parts_can_be_taken_off(opened, address, request):
    theme = request.node.callspec.params["opened"][1]
    page = arrived(opened, address, theme)
    shares = page.locator("#single-parts .js-plotly-plot").evaluate("g => [...g.data[0].x]")
    score = float(re.search(r"score ([\d.]+)", page.locator("#parts-stamp").text_content())[1])
    assert sum(shares) == pytest.approx(score, abs=0.005)
    before = page.locator("#part-map img").get_attribute("src")
    page.locator("#single-parts .js-plotly-plot").evaluate(
        "g => g.emit('plotly_click', {points: [{customdata: 3}]})"
    )
    expect(page.locator("#part-map img")).not_to_have_attribute("src", before, timeout=WAIT)
    name = page.locator("#single-parts .js-plotly-plot").evaluate("g => g.data[0].y[3]")
    expect(page.locator("#part input")).to_have_value(name)
    first = page.locator("#single-parts .js-plotly-plot").evaluate("g => g.data[0].y[0]")
    page.locator("#parts-off input").click()
    page.get_by_role("option", name=first, exact=True).click()
    expect(page.locator("#parts-answer [data-note]")).to_contain_text("without", timeout=WAIT)
    expect(page.locator("#parts-answer .rl-before").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert opened.errors == []
    assert opened.outside == []


def test_a_transformer_has_heads_words_and_units(opened, address):
    page = arrived(opened, address)
    choose(page, "shapes-clip")
    names = page.locator("#single-parts .js-plotly-plot").evaluate("g => [...g.data[0].y]")
    assert any(re.fullmatch(r"layer \d, head \d", name) for name in names)
    opened.unfold("#head-words")
    expect(page.locator("#head-factors .js-plotly-plot")).to_be_visible(timeout=WAIT)
    opened.unfold("#concepts")
    expect(page.locator("#concept-bars .js-plotly-plot")).to_be_visible(timeout=WAIT)
    expect(page.locator("#concepts-stamp")).to_contain_text("words shapes")
    opened.unfold("#filters")
    expect(page.locator("#learnt-filters img").first).to_be_visible(timeout=WAIT)
    opened.unfold("#units")
    expect(page.locator("#activations img").first).to_be_visible(timeout=WAIT)
    page.locator("#activations button.thumbnail-lg, #activations button.gallery-item").nth(
        1
    ).click()
    page.locator("#show-unit").click()
    expect(page.locator("#unit-pictures img")).to_have_count(18, timeout=WAIT)
    expect(page.locator("#unit-tells")).to_contain_text("solid", timeout=WAIT)
    expect(page.locator("#unit-covers")).to_contain_text("IoU", timeout=WAIT)
    expect(page.locator("#unit-told")).to_contain_text("Only units of the last layer")
    assert opened.errors == []


@pytest.mark.parametrize("opened", [(1440, "light"), (390, "dark")], indirect=True)
def test_neighbours_by_heads_stand_in_rows(opened, address):
    page = arrived(opened, address)
    choose(page, "shapes-clip")
    opened.unfold("#head-neighbours")
    expect(page.locator("#neighbour-heads")).to_contain_text("layer 4, head 1", timeout=WAIT)
    button = page.locator("#find-head-neighbours")
    button.click()
    near = page.locator("#neighbours-by-heads")
    expect(near.locator("img")).to_have_count(30, timeout=WAIT)  # whole, three heads, all three
    for row in ("whole vector: ", "layer 4, head 1: ", "these heads together: "):
        expect(near).to_contain_text(row)
    expect(page.locator("#head-neighbours-stamp")).to_contain_text("n = 1,000")
    expect(button).to_have_text("find neighbours", timeout=WAIT)  # the heads are known by now
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert opened.errors == []


def test_a_model_without_heads_has_no_neighbours_by_them(opened, address):
    page = arrived(opened, address)
    opened.unfold("#head-neighbours")
    page.locator("#find-head-neighbours").click()
    expect(page.locator("#head-neighbours-notice")).to_contain_text("shapes-clip", timeout=WAIT)
    assert opened.errors == []


def test_the_unit_that_knows_a_value_is_a_click_away(opened, address):
    page = arrived(opened, address)
    choose(page, "shapes-supervised")
    opened.unfold("#units")
    expect(page.locator("#activations img").first).to_be_visible(timeout=WAIT)
    page.locator("#unit-knows input").click()
    page.get_by_role("option", name="solid: cube", exact=True).click()
    best = page.locator("#best-units label")
    expect(best).to_have_count(10, timeout=WAIT)
    number, area = re.match(r"unit (\d+): (0\.\d+|1\.00)", best.first.inner_text().strip()).groups()
    assert float(area) > 0.9
    best.first.click()
    expect(page.locator("#unit-index input")).to_have_value(number)
    assert opened.errors == []


@pytest.mark.parametrize("opened", [(1440, "light"), (390, "dark")], indirect=True)
def test_two_units_stand_side_by_side_with_weights_words_and_a_file(opened, address):
    page = arrived(opened, address)
    choose(page, "shapes-supervised")
    opened.unfold("#units")
    expect(page.locator("#activations img").first).to_be_visible(timeout=WAIT)
    page.locator("#unit-index input").fill("1")
    page.locator("#unit-beside input").fill("9")
    page.locator("#show-unit").click()
    expect(page.locator("#unit-stamp")).to_contain_text("unit 1 ", timeout=WAIT)
    expect(page.locator("#second-unit-stamp")).to_contain_text("unit 9 ", timeout=WAIT)
    expect(page.locator("#unit-weighs")).to_contain_text("torus")
    expect(page.locator("#unit-told")).to_contain_text("without it")
    expect(page.locator("#second-unit-tells")).to_contain_text("solid: ")
    with page.expect_download() as file:
        page.locator("#figure-unit > .rl-tools [data-tool=save]").click()
    names = zipfile.ZipFile(file.value.path()).namelist()
    assert [name for name in names if name.endswith("unit.json")] == [
        "1-shapes-supervised-network.layer4.0-1/unit.json",
        "2-shapes-supervised-network.layer4.0-9/unit.json",
    ]
    page.locator("#unit-beside input").fill("nine")
    page.locator("#show-unit").click()
    expect(page.locator("#unit-notice")).to_contain_text("is a number like 7", timeout=WAIT)
    page.locator("#unit-beside input").fill("")
    page.locator("#show-unit").click()
    expect(page.locator("#second-unit-stamp")).not_to_be_visible(timeout=WAIT)
    page.locator("#answer-without").click()
    expect(page.locator("#unit-without")).to_contain_text("paired change", timeout=WAIT)
    page.locator("#find-unit-words").click()
    expect(page.locator("#unit-words")).to_contain_text("torus", timeout=WAIT)
    with page.expect_download() as file:
        page.locator("#figure-parts [data-tool=save]").click()
    assert "parts.csv" in zipfile.ZipFile(file.value.path()).namelist()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert opened.errors == []
    assert opened.outside == []


@pytest.mark.parametrize("opened", [(1440, "light"), (390, "dark")], indirect=True)
def test_a_dictionarys_features_stand_beside_the_neurons(opened, address):
    page = arrived(opened, address)
    opened.unfold("#features")
    expect(page.locator("#features-said")).to_contain_text("train sae --set model=photo-clip")
    choose(page, "shapes-clip")
    expect(page.locator("#feature-dots .js-plotly-plot")).to_be_visible(timeout=WAIT)
    expect(page.locator("#features-said")).to_contain_text("than the neurons on average")
    expect(page.locator("#feature-table")).to_contain_text("backdrop")
    box = page.locator("#model input")
    box.fill("shapes-clip-sae")
    box.press("Enter")
    expect(page.locator("#parts-notice")).to_contain_text("can't be split", timeout=WAIT)
    opened.unfold("#units")
    expect(page.locator("#activations img").first).to_be_visible(timeout=WAIT)
    page.locator("#show-unit").click()
    expect(page.locator("#unit-pictures img")).to_have_count(18, timeout=WAIT)
    expect(page.locator("#unit-stamp")).to_contain_text("layer features")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert opened.errors == []


def test_words_come_from_another_list_and_few_words_have_their_accuracy(opened, address):
    page = arrived(opened, address)
    choose(page, "shapes-clip")
    opened.unfold("#concepts")
    expect(page.locator("#concepts-stamp")).to_contain_text("words shapes (", timeout=WAIT)
    expect(page.locator("#concept-accuracy .js-plotly-plot")).to_be_visible(timeout=WAIT)
    expect(page.locator("#concept-accuracy-note")).to_contain_text("n = 1,000")
    page.locator("#word-list input").click()
    page.get_by_role("option", name="emoji", exact=True).click()
    expect(page.locator("#concepts-stamp")).to_contain_text("words emoji (", timeout=WAIT)
    choose(page, "emoji-clip")
    expect(page.locator("#concept-accuracy-note")).to_be_hidden(timeout=WAIT)
    assert opened.errors == []


def test_a_model_without_parts_says_why(opened, address):
    page = arrived(opened, address)
    box = page.locator("#model input")
    box.fill("pixels")
    box.press("Enter")
    expect(page.locator("#parts-notice")).to_contain_text(
        "can't be split over channels", timeout=WAIT
    )
    assert opened.errors == []
