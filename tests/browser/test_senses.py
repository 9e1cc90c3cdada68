"""The senses of labels, below the labels box: read, changed, and gone where there are none."""

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from tests.chromium import WAIT, best

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
MOST = 4  # requests for one change


@pytest.mark.parametrize("opened", [(1440, "light"), (390, "dark")], indirect=True)
def test_another_sense_is_chosen_and_the_answer_follows(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    opened.rests()
    labels = page.get_by_label("Labels, one a line")
    labels.fill("crane\n<img src=x onerror=alert(1)> mouse\ncheetah")
    chip = page.locator("#senses .rl-doubtful")
    expect(chip).to_contain_text("or lifting device?", timeout=WAIT)
    choice = page.get_by_label("sense of crane", exact=True)
    expect(choice.locator("option:checked")).to_have_text("wading bird")
    assert opened.rests() <= MOST
    assert page.locator("#senses img").count() == 0
    row = page.locator("#answer tbody tr", has_text="crane").locator(".rl-c .rl-number")
    before = row.inner_text()
    choice.select_option("lifting device")
    expect(labels).to_have_value(
        "crane (lifting device)\n<img src=x onerror=alert(1)> mouse\ncheetah"
    )
    expect(page.locator("#answer tbody")).to_contain_text("crane (lifting device)", timeout=WAIT)
    assert opened.rests() <= MOST
    expect(row).not_to_have_text(before)
    expect(choice.locator("option:checked")).to_have_text("lifting device")
    expect(chip).to_have_count(0)
    labels.fill("cheetah\nnight sky")
    expect(page.locator("#senses .rl-senses")).to_be_hidden(timeout=WAIT)
    assert opened.outside == []
    assert opened.errors == []
