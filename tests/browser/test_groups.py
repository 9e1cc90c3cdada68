"""For whom does it work, in a real Chromium: at both widths, by mouse and by keyboard."""

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from replearn.studies.groups.groups import report
from replearn.studies.groups.search import searched
from replearn.studies.groups.shipped import VIEWS, shipped_answers
from tests.chromium import WAIT, best

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


@pytest.mark.parametrize("width", [1440, 390])
def test_the_first_view_is_what_ships_and_fits(opened, address, width):
    page = opened.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    opened.tab("Groups")
    plot = page.locator("#groups-plot .js-plotly-plot")
    expect(plot).to_be_visible(timeout=WAIT)
    names = plot.evaluate("g => g._fullData.map(t => t.name)")
    for model, name in zip(VIEWS["shapes"].models, names, strict=True):
        overall = report(shipped_answers("shapes", model), ["backdrop"]).overall
        assert name == f"{model}: {overall.value:.2f} of all"
    expect(page.locator("#groups-gaps")).to_contain_text("Worst by backdrop is")
    expect(page.locator("#groups-mistakes img").first).to_be_visible(timeout=WAIT)
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    assert opened.errors == []
    assert opened.outside == []


def test_thirteen_tabs_stand_in_one_row(opened, address):
    page = opened.page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    shown = page.locator(".tab-container:not(.visually-hidden) > button[role=tab]:visible")
    tops = shown.evaluate_all("all => all.map(one => Math.round(one.getBoundingClientRect().top))")
    assert len(tops) >= 13
    assert len(set(tops)) == 1


def test_the_failing_groups_are_found_and_their_mistakes_shown(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    opened.tab("Groups")
    expect(page.locator("#groups-plot .js-plotly-plot")).to_be_visible(timeout=WAIT)
    page.get_by_text(VIEWS["tied"].title).click()
    expect(page.locator("#groups-about")).to_contain_text("In half of these pictures", timeout=WAIT)
    page.locator("#groups-search").get_by_text("without being told").click()
    page.locator("#groups-search-run").click()
    best_pair = searched(shipped_answers("tied", "shapes-background-tied")).telling[0]
    told = page.locator("#groups-telling tbody td").first
    expect(told).to_have_text(" x ".join(best_pair.by), timeout=WAIT)
    expect(page.locator("#groups-suspects")).to_contain_text("yes")
    # a click on a dot brings that group's mistakes
    plot = page.locator("#groups-plot .js-plotly-plot")
    plot.evaluate("g => g.emit('plotly_click', {points: [{customdata: 2}]})")
    expect(page.locator("#groups-mistakes-of input")).to_have_value(
        "shapes-background-tied: sunset", timeout=WAIT
    )
    expect(page.locator("#groups-mistakes .caption-label").first).to_contain_text(", is ")
    assert opened.errors == []


def test_a_data_set_of_the_bar_is_asked_and_bad_columns_are_a_sentence(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    opened.tab("Groups")
    expect(page.locator("#groups-plot .js-plotly-plot")).to_be_visible(timeout=WAIT)
    page.locator("#dataset input").first.fill("photos")
    page.locator("#dataset input").first.press("Enter")
    page.locator("#groups-view").get_by_text("the data set above").click()
    expect(page.locator("#groups-notice")).to_contain_text("press ask", timeout=WAIT)
    page.locator("#groups-ask").click()
    expect(page.locator("#groups-notice")).to_contain_text(".", timeout=WAIT)
    assert "Traceback" not in page.locator("#groups-notice").inner_text()
    assert opened.errors == []


def test_the_lab_draws_the_groups_evenly(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    opened.tab("Groups")
    expect(page.locator("#groups-plot .js-plotly-plot")).to_be_visible(timeout=WAIT)
    opened.unfold("#groups-helps")
    page.locator("#groups-train").click()  # of pictures that are even already: a sentence
    expect(page.locator("#groups-helps-notice")).to_contain_text("evenly already", timeout=WAIT)
    page.get_by_text(VIEWS["emoji"].title).click()
    expect(page.locator("#groups-about")).to_contain_text("49 roles", timeout=WAIT)
    page.locator("#groups-train").click()
    training = page.get_by_role("tab", name="Training", exact=True)
    expect(training).to_have_attribute("aria-selected", "true", timeout=WAIT)
    expect(page.locator("#training-data input").first).to_have_value("emoji-people", timeout=WAIT)
    expect(page.locator("#recipe input").first).to_have_value("supervised")
    expect(page.locator("#views img").first).to_be_visible(timeout=WAIT)
    opened.rests()
    assert opened.errors == []
