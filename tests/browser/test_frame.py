"""The page around its tabs: the bar, the welcome, light and dark, presenting, a figure's tools."""

import re

import pytest
from PIL import Image

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from replearn.encoders.worlds import WORLDS
from tests.chromium import WAIT, best, each_tab, example, unfold_subject

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
TOP = "document.querySelector('#tabs').getBoundingClientRect().top + scrollY"


def begun(opened, address):
    opened.page.goto(address)
    expect(best(opened.page)).to_have_text("cheetah", timeout=WAIT)
    opened.rests()
    return opened.page


@pytest.mark.parametrize("opened", [(390, "dark")], indirect=True)
def test_on_a_phone_the_bar_is_folded_and_unfolds_to_everything(opened, address):
    page = begun(opened, address)
    page.locator("#welcome [data-wish=none]").click()
    assert page.evaluate(TOP) < 250
    expect(page.locator("#examples")).to_be_hidden()
    example(page, "coffee")
    expect(best(page)).to_have_text("cup of coffee", timeout=WAIT)
    expect(page.locator("#dataset input")).to_be_visible()
    page.locator("#subject-more").click()
    expect(page.locator("#dataset")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.errors == []


def test_a_visitor_is_welcomed_once_and_light_or_dark_is_kept(opened, address):
    page = begun(opened, address)
    welcome = page.locator("#welcome")
    expect(welcome).to_be_visible()
    welcome.get_by_role("button", name="bring my own pictures").click()
    expect(welcome).to_be_hidden()
    expect(page.locator("#subject.rl-open")).to_have_count(1)
    page.locator("#theme").click()
    assert page.evaluate("document.body.classList.contains('dark')")
    page.reload()
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    assert page.evaluate("document.body.classList.contains('dark')")
    expect(welcome).to_be_hidden()
    assert opened.errors == []


def test_the_first_lesson_is_one_click_away(opened, address):
    page = begun(opened, address)
    page.locator("#welcome").get_by_role("button", name="start the first lesson").click()
    expect(page.locator("#lessons .rl-next")).to_be_visible(timeout=WAIT)
    opened.rests()
    page.locator("#present").click()
    expect(page.locator(".rl-stamp").first).to_be_hidden()
    before = page.locator("#lessons .rl-lesson-foot").inner_text()
    page.locator("#lessons h2").click()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#lessons .rl-lesson-foot")).not_to_have_text(before)
    page.keyboard.press("Escape")
    opened.rests()
    expect(page.locator("#present")).to_have_attribute("aria-pressed", "false")
    assert opened.errors == []


def test_a_figure_has_its_tools(opened, address):
    page = begun(opened, address)
    figure = page.locator("#figure-answer")
    tools = figure.locator(".rl-tools")
    assert tools.get_by_role("button").all_inner_texts() == ["link", "save", "code", "enlarge"]
    tools.get_by_role("button", name="enlarge").click()
    assert figure.evaluate("(one) => one.getBoundingClientRect().width") == 1440
    page.keyboard.press("Escape")
    assert figure.evaluate("(one) => one.getBoundingClientRect().width") < 1440
    tools.get_by_role("button", name="code").click()
    expect(page.locator("#code")).to_contain_text("replearn.zero_shot", timeout=WAIT)
    expect(tools.get_by_role("button", name="code")).to_have_attribute("aria-expanded", "true")
    with page.expect_download() as saved:
        tools.get_by_role("button", name="save").click()
    assert saved.value.suggested_filename.endswith(".zip")
    assert opened.errors == []


def test_what_a_tab_does_not_use_steps_back(opened, address):
    page = begun(opened, address)
    expect(page.locator("#subject-dataset.rl-unused")).to_have_count(1)
    opened.tab("Map")
    expect(page.locator("#subject-dataset.rl-unused")).to_have_count(0)
    unfold_subject(page)
    expect(page.locator("#framing")).to_be_visible()
    assert opened.errors == []


def test_what_has_no_button_saves_its_drawings(opened, address):
    page = begun(opened, address)
    page.get_by_role("tab", name="Generalisation", exact=True).click()
    expect(page.locator("#matrix-own .js-plotly-plot")).to_be_visible(timeout=WAIT)
    save = page.locator("#figure-matrix .rl-tools [data-tool=save]")
    expect(save).to_be_visible(timeout=WAIT)
    with page.expect_download(timeout=WAIT) as coming:
        save.click()
    assert coming.value.suggested_filename == "replearn-matrix.png"
    figure = page.locator("#figure-matrix").bounding_box()
    with Image.open(coming.value.path()) as picture:
        assert picture.width > 2 * figure["width"]
        drawn = picture.convert("RGB")
    assert drawn.getpixel((2, 2)) == (255, 255, 255), "the page's colour"
    assert len(drawn.getcolors(1 << 24)) > 100, "both matrices are in it"
    assert opened.errors == []


@pytest.mark.parametrize("tab", each_tab(but=("Models",)))
def test_every_main_figure_has_the_same_tools_once(opened, address, tab):
    page = begun(opened, address)
    opened.tab(tab)
    opened.rests()
    if tab == "Many pictures":  # nothing is drawn before it is asked
        page.locator("#matrix-run").click()
        expect(page.locator("#cosines-stamp")).to_contain_text("photo-clip", timeout=WAIT)
    opened.rests()
    rows = page.locator("#tabs .tabitem:visible .rl-figure > .rl-tools:visible")
    expect(rows.first).to_be_visible(timeout=WAIT)
    for row in rows.all():
        assert row.get_by_role("button").all_inner_texts() == ["link", "save", "code", "enlarge"]
    named = re.compile(r"^\W*(save|code|copy link|enlarge|fullscreen)\W*$", re.I)
    everywhere = page.locator("#tabs").get_by_role("button", name=named)
    assert everywhere.count() == 3 * rows.count()  # save, code, enlarge
    assert opened.errors == []


def test_models_stand_in_groups_and_are_called_by_their_names(opened, address):
    page = begun(opened, address)
    page.locator("#model input").click()
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    names = [name for known in WORLDS.values() for name in known]
    said = [one.replace("✓", "").strip() for one in options.all_inner_texts()]
    assert [name for name in said if name in names] == names
    heads = options.evaluate_all("all => all.map((one) => one.dataset.world).filter(Boolean)")
    assert heads[: len(WORLDS)] == list(WORLDS)
    page.get_by_role("option", name="shapes-bagnet", exact=True).click()
    expect(page.locator("#answer-stamp")).to_contain_text("shapes-bagnet", timeout=WAIT)
    assert opened.errors == []


def test_a_step_to_try_brings_the_page_there(opened, address):
    page = begun(opened, address)
    page.locator("#try-zero-shot").get_by_role("button", name="take the right").click()
    expect(page.locator("#answer tbody th")).to_have_count(4, timeout=WAIT)
    expect(best(page)).to_have_text("none of these", timeout=WAIT)
    assert opened.errors == []
