"""A learnt prior, chosen beside the helps, in a real Chromium."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from tests.browser.test_dreams import LOOKS, WAIT, arrived

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


@pytest.mark.parametrize("opened", LOOKS, indirect=True)
def test_a_class_is_drawn_by_the_prior_and_its_figures_are_shown(opened, address, request):
    page = arrived(opened, address, request.node.callspec.params["opened"][1])
    expect(page.locator("#dream-no-prior")).to_be_hidden()
    page.locator("#dream-prior").get_by_text("shapes-supervised-decoder").click()
    page.get_by_text("a unit instead; steps, seed").click()
    page.locator("#dream-steps input[type=number]").fill("16")
    page.locator("#dream-steps input[type=number]").press("Tab")
    page.locator("#dream-target textarea, #dream-target input").first.fill("cone")
    page.locator("#draw-dream").click()
    line = page.locator("#dream-line")  # that of the greeting has another class
    expect(line).to_contain_text(re.compile("cone.*networks that didn't make"), timeout=WAIT)
    expect(page.locator("#dream-stamp")).to_contain_text("prior shapes-supervised-decoder")
    expect(page.locator("#dream-stamp")).to_contain_text("helps moved and turned |")
    expect(page.locator("#dream-judges")).to_contain_text("shapes-supervised (made it)")
    page.locator("#priors button.label-wrap").click()
    expect(page.locator("#prior-trial")).to_contain_text("PSNR", timeout=WAIT)
    expect(page.locator("#prior-trial")).to_contain_text("solids drawn")
    expect(page.locator("#prior-rows img")).to_have_count(4)
    opened.rests()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert opened.errors == []
    assert opened.outside == []


def test_a_model_without_a_prior_says_which_recipe_makes_one(opened, address):
    page = arrived(opened, address, model="imagenet")
    expect(page.locator("#dream-prior")).to_be_hidden()
    expect(page.locator("#dream-no-prior")).to_contain_text("train decoder --set model=imagenet")
    expect(page.locator("#dream-no-prior")).to_contain_text("learnt on photographs")
    page.locator("#priors button.label-wrap").click()
    expect(page.locator("#prior-line")).to_contain_text("learnt on photographs", timeout=WAIT)
    expect(page.locator("#prior-trial")).to_be_hidden()
    assert opened.errors == []
