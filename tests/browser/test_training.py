"""A run and a prediction in a real Chromium."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from tests.chromium import WAIT, best

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


def test_a_short_run_is_started_watched_stopped_and_used(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    page.get_by_role("tab", name="Training", exact=True).click()
    expect(page.locator("#views img").first).to_be_visible(timeout=WAIT)
    expect(page.locator("#run-curve .js-plotly-plot")).to_be_visible(timeout=WAIT)
    page.locator("#run-name").get_by_role("textbox").fill("from-browser")
    page.locator("#train").click()
    said = page.locator("#training-stamp")
    expect(said).to_contain_text(re.compile(r"step [1-9]"), timeout=WAIT)
    expect(said).to_contain_text(re.compile(r"Round [1-9]"), timeout=6 * WAIT)
    page.wait_for_function(
        "() => { const g = document.querySelector('#run-curve .js-plotly-plot');"
        " return g && new Set(g.data[0].y).size > 1; }",
        timeout=WAIT,
    )
    assert opened.errors == []
    page.reload()  # the run goes on without a page, and a page finds it again
    page.get_by_role("tab", name="Training", exact=True).click()
    expect(said).to_contain_text("from-browser | running", timeout=WAIT)
    opened.errors.clear()  # requests that the reload broke off
    page.locator("#stop-training").click()
    expect(said).to_contain_text("stopped", timeout=WAIT)
    expect(page.locator("#run-curve .js-plotly-plot")).to_be_visible()
    page.locator("#model input").click()
    page.get_by_role("option", name="run:from-browser").click()
    page.get_by_role("tab", name="Zero-shot", exact=True).click()
    expect(page.locator("#answer-stamp")).to_contain_text("run:from-browser", timeout=WAIT)
    expect(best(page)).to_have_text(re.compile("sphere|cube|cylinder|cone|torus|caps|pyr|octa"))
    assert opened.outside == []
    assert opened.errors == []


def test_two_recorded_runs_are_played_paused_and_scrubbed(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    page.get_by_role("tab", name="Training", exact=True).click()
    player = page.locator("#recording")
    expect(player.locator(".rl-recording-title")).to_have_text(
        ["SupCon, temperature 0.1", "SupCon, temperature 1"], timeout=WAIT
    )
    said, at = player.locator(".rl-recording-said"), player.locator(".rl-recording-round")
    expect(at).to_have_text("round 40 of 40")
    learnt, picture = said.first.inner_text(), _pixels(player)
    player.get_by_role("button", name="play").click()
    expect(at).to_have_text(re.compile("round [2-9] of"), timeout=WAIT)
    player.get_by_role("button", name="pause").click()
    stood = at.inner_text()
    assert _pixels(player) != picture, "another round looks otherwise"
    page.wait_for_timeout(500)
    assert at.inner_text() == stood, "paused"
    slider = player.get_by_role("slider")
    slider.press("Home")
    expect(said.first).to_contain_text("before training, kNN 0.")
    slider.press("End")
    assert said.first.inner_text() == learnt
    assert _pixels(player) == picture
    page.locator("#recording-2 input").click()
    page.get_by_role("option", name="nothing").click()
    expect(player.locator(".rl-recording-title")).to_have_count(1, timeout=WAIT)
    assert opened.errors == []


def _pixels(player):
    return player.locator(".rl-recording-map").first.evaluate("(one) => one.toDataURL()")


def test_a_prediction_is_made_and_the_figures_are_revealed(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    page.get_by_role("tab", name="Training", exact=True).click()
    page.locator("#predict").get_by_role("button").first.click()
    expect(page.locator("#prediction label").first).to_be_visible(timeout=WAIT)
    page.locator("#experiment").evaluate("(one) => one.scrollIntoView({block: 'center'})")
    page.locator("#experiment input").click()
    page.get_by_role("option", name="shortcut").click()
    page.get_by_label("the backdrop").check(timeout=WAIT)
    page.locator("#reveal").click()
    expect(page.locator("#verdict")).to_contain_text(
        "Measured: the backdrop, as you predicted", timeout=WAIT
    )
    expect(page.locator("#verdict")).to_contain_text("n = 3,000")
    expect(page.locator("#reveal-bars .js-plotly-plot")).to_be_visible(timeout=WAIT)
    assert opened.outside == []
    assert opened.errors == []
