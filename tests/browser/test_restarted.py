"""The app starts anew under a page that is open: the page says so, and comes back by itself."""

import socket

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import served
from tests.chromium import WAIT, best

pytestmark = pytest.mark.browser


def test_a_page_says_that_the_app_is_gone_and_comes_back_with_it(tmp_path, opened):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = ("--port", str(free.getsockname()[1]))
    page = opened.page
    with served(tmp_path, port) as first:
        page.goto(first.address)
        expect(best(page)).to_be_visible(timeout=WAIT)
        page.locator("#labels textarea").fill("lioness\nkitten")
        expect(best(page)).to_have_text("lioness", timeout=WAIT)
        page.evaluate("window.before = true")
    page.locator("#labels textarea").fill("a cheetah\na tower")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Connection to the server was lost").first).to_be_visible(timeout=WAIT)
    with served(tmp_path, port):
        page.wait_for_function("window.before === undefined", timeout=WAIT)  # loaded anew
        # what was answered last, without what was typed since
        expect(page.locator("#labels textarea")).to_have_value("lioness\nkitten", timeout=WAIT)
        expect(best(page)).to_have_text("lioness", timeout=WAIT)
