"""The network goes for a while, or a page is closed in the middle: everybody goes on."""

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.chromium import WAIT, best, example

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


def test_a_page_that_lost_its_network_says_so_and_goes_on_when_it_is_back(opened, address):
    page, context = opened.page, opened.context
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    opened.rests()
    context.set_offline(True)  # as a laptop that sleeps
    example(page, "coffee")
    expect(page.locator(".toast-body")).to_contain_text("Connection to the server was lost")
    expect(best(page)).to_have_text("cheetah")
    context.set_offline(False)
    expect(page.locator(".toast-body")).to_have_count(0, timeout=WAIT)
    example(page, "rocket")
    expect(best(page)).to_have_text("rocket", timeout=WAIT)


def test_a_page_that_is_closed_in_the_middle_holds_up_nobody(opened, address, chromium):
    leaving = Opened(chromium, 1440, "light")
    leaving.page.goto(address)
    expect(best(leaving.page)).to_have_text("cheetah", timeout=WAIT)
    leaving.tab("Dreams")
    leaving.rests()
    leaving.typed("dream-target", "balloon")
    leaving.page.locator("#draw-dream").click()
    expect(leaving.page.locator("#dream-line")).to_contain_text("steps", timeout=WAIT)
    leaving.context.close()
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    opened.tab("Dreams")
    opened.rests()
    opened.typed("dream-target", "daisy")
    page.locator("#draw-dream").click()  # one goes at a time: this one is taken as the other ends
    expect(page.locator("#dream-line")).to_contain_text("daisy", timeout=WAIT)
    assert opened.errors == []
