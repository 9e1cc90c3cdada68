"""Two visitors of one page: each sees and stops what is their own, until it is shared."""

import json
import re
import time

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from tests.browser.conftest import served
from tests.chromium import WAIT, best

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def shared_page(tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))
    with served(tmp_path, ("--teach", "--training", "--models", "photo-clip,imagenet")) as server:
        yield server.address


def training_of(page, address):
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    page.get_by_role("tab", name="Training", exact=True).click()
    expect(page.locator("#run-curve .js-plotly-plot")).to_be_visible(timeout=WAIT)


def runs_of(page):
    """Return the runs to choose from."""
    page.locator("#run-shown input").click()
    page.get_by_role("option", name="shapes-supcon").first.wait_for()
    found = page.get_by_role("option").all_inner_texts()
    page.keyboard.press("Escape")
    return found


def test_a_run_is_its_owners_until_it_is_shared(shared_page, opened, beside, tmp_path):
    own, other = opened.page, beside.page
    training_of(own, shared_page)
    own.locator("#run-name").get_by_role("textbox").fill("secret")
    own.locator("#train").click()
    said = own.locator("#training-stamp")
    expect(said).to_contain_text(re.compile(r"secret \| running \| Round"), timeout=2 * WAIT)
    training_of(other, shared_page)
    assert not any("secret" in one for one in runs_of(other))
    beside.rests()
    other.locator("#train").click()
    refused = other.locator("#training-notice")
    expect(refused).to_contain_text("Another visitor trains", timeout=WAIT)
    own.get_by_label("all who use this page may see this run").check()
    note, end = (
        tmp_path / "cache" / "runs" / "secret" / "owner.json",
        time.monotonic() + WAIT / 1000,
    )
    while not json.loads(note.read_text())["shared"] and time.monotonic() < end:
        own.wait_for_timeout(100)
    other.reload()
    other.get_by_role("tab", name="Training", exact=True).click()
    expect(other.locator("#training-stamp")).to_contain_text("secret | running", timeout=WAIT)
    other.locator("#stop-training").click()
    expect(refused).to_contain_text("You have no run 'secret' to stop", timeout=WAIT)
    assert other.get_by_label("all who use this page may see this run").count() == 0
    own.reload()  # the cookie, not the page, says who it is
    own.get_by_role("tab", name="Training", exact=True).click()
    expect(said).to_contain_text("secret | running", timeout=WAIT)
    own.locator("#stop-training").click()
    expect(said).to_contain_text("stopped", timeout=WAIT)
    assert opened.outside == beside.outside == []
