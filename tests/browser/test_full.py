"""More visitors than a queue holds: a question waits its turn, and says so."""

import json

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from tests.chromium import WAIT, best, example

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


def test_a_question_that_finds_the_queue_full_is_asked_again_by_itself(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    opened.rests()
    refused = []

    def full(route):
        if len(refused) >= 2:
            route.continue_()
            return
        refused.append(route.request.post_data)
        said = {"detail": "Queue is full. Max size is 100 and size is 100."}
        route.fulfill(status=503, content_type="application/json", body=json.dumps(said))

    page.route("**/queue/join*", full)
    example(page, "coffee")
    expect(page.locator("#full")).to_contain_text("100 questions come before yours", timeout=WAIT)
    expect(best(page)).to_have_text("cup of coffee", timeout=WAIT)
    expect(page.locator("#full")).to_be_hidden()
    assert len(refused) == 2
    assert page.locator(".toast-body").count() == 0
