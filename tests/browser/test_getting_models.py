"""A model and a data set that aren't here yet: chosen, fetched from a hub of ours, answering."""

import os

import pytest
from playwright.sync_api import expect

from replearn.encoders.catalogue import CATALOGUE
from tests.browser.conftest import served
from tests.chromium import TABS, WAIT, best, choose
from tests.encoders.small_hub import small_hub, tiny_files

BOTH = [(1440, "light"), (390, "dark")]
NAME = "open_clip:hf-hub:someone/tiny"


@pytest.fixture(scope="module")
def hub():
    with small_hub({"someone/tiny": tiny_files()}) as found:
        yield found


@pytest.fixture(scope="module")
def site(hub, tmp_path_factory):
    cache = tmp_path_factory.mktemp("hub-cache")
    environment = {"HF_ENDPOINT": hub.address, "HF_HUB_CACHE": str(cache)}
    with served(tmp_path_factory.mktemp("getting"), **environment) as found:
        yield found


def taken(page):
    """Take the model: it is here since an earlier test of this process, or fetched now."""
    choose(page, "model", NAME)
    fetch = page.locator("#get-model section").get_by_role("button", name="download")
    expect(fetch.or_(page.locator("#answer-stamp").get_by_text(NAME)).first).to_be_visible()
    if fetch.is_visible():
        fetch.click()
    expect(page.locator("#answer-stamp")).to_contain_text(NAME, timeout=WAIT)


@pytest.mark.browser
@pytest.mark.parametrize("opened", BOTH, indirect=True, ids=["1440", "390"])
def test_a_pasted_name_is_fetched_stopped_gone_on_with_and_answers(hub, site, opened, request):
    page, panel = opened.page, opened.page.locator("#get-model section")
    page.goto(site.address)
    expect(best(page)).not_to_be_empty(timeout=WAIT)
    if "1440" in request.node.name:  # the phone's turn comes when it is here already
        hub.pause = 0.3
        choose(page, "model", "hf-hub:someone/tiny")
        expect(panel).to_contain_text(f"{NAME} isn't on this computer yet.")
        expect(page.locator("#model input")).to_have_value("photo-clip")
        panel.get_by_role("button", name="download").click()
        expect(panel).to_contain_text("MB/s", timeout=WAIT)
        expect(panel.get_by_role("progressbar")).to_be_visible()
        panel.get_by_role("button", name="stop").click()
        expect(panel).to_contain_text("what is here is kept")
        hub.pause = 0.0
        began = len(hub.ranges)
        panel.get_by_role("button", name="go on").click()
        expect(page.locator("#model input")).to_have_value(NAME, timeout=WAIT)
        assert hub.ranges[began:][0] > 0, "it began anew"
    else:
        taken(page)
    expect(panel).to_be_hidden()
    expect(page.locator("#answer-stamp")).to_contain_text(NAME, timeout=WAIT)  # it has answered
    page.locator("#model input").click()
    expect(page.get_by_role("option", name=NAME)).to_be_visible()
    assert not opened.errors
    assert not opened.outside
    assert not site.faults()


@pytest.mark.browser
@pytest.mark.long
def test_a_fetched_model_is_used_in_every_tab(site, opened):
    page = opened.page
    page.goto(site.address)
    expect(best(page)).not_to_be_empty(timeout=WAIT)
    taken(page)
    for tab in TABS:
        page.get_by_role("tab", name=tab, exact=True).click()
        opened.rests(limit=WAIT / 1000)
        shown = page.get_by_role("tabpanel").filter(visible=True).first
        expect(shown).not_to_be_empty()
        text = shown.inner_text()
        assert "Traceback" not in text, tab
        expect(page.locator("#model input")).to_have_value(NAME)
        assert not site.faults(), tab
    assert not opened.errors


@pytest.mark.browser
def test_the_catalogue_says_size_licence_and_accuracy_and_asks_once(site, opened):
    page, panel = opened.page, opened.page.locator("#get-model section")
    page.goto(site.address)
    expect(best(page)).not_to_be_empty(timeout=WAIT)
    page.locator("#model input").click()
    page.get_by_role("option", name="get another…").click()
    expect(panel.get_by_role("listitem")).to_have_count(len(CATALOGUE))
    entry = CATALOGUE[0]
    for text in (f"{entry.megabytes} MB", entry.licence, str(entry.imagenet_top1), entry.note):
        expect(panel).to_contain_text(text)
    expect(page.locator("#model input")).to_have_value("photo-clip")
    panel.get_by_role("button", name="ViT-B-32/laion2b_s34b_b79k").click()
    expect(panel.get_by_role("button", name=f"download {entry.megabytes} MB")).to_be_visible()
    panel.get_by_role("button", name="not now").click()
    expect(panel).to_be_hidden()
    choose(page, "model", "hf-hub:someone/nothing")
    panel.get_by_role("button", name="download").click()
    expect(panel).to_contain_text("no model called someone/nothing", timeout=WAIT)


@pytest.mark.browser
def test_where_others_reach_the_page_nothing_is_fetched_and_no_file_opened(
    tmp_path_factory, opened
):
    folder = tmp_path_factory.mktemp("reached")
    environment = {"REPLEARN_DOWNLOADS": "0", "REPLEARN_FOLDERS": str(folder)}
    with served(folder, **environment) as site:
        page = opened.page
        page.goto(site.address)
        expect(best(page)).not_to_be_empty(timeout=WAIT)
        page.locator("#model input").click()
        expect(page.get_by_role("option", name="get another…")).to_have_count(0)
        for wanted in ("/etc/passwd", "open_clip:ViT-B-32?/etc/passwd", "/etc/nowhere.pt"):
            choose(page, "model", wanted)
            expect(page.locator("#name-notice")).to_contain_text(
                f"{wanted.split('?')[-1]} isn't open on this page, which others can reach",
                timeout=WAIT,
            )
            expect(page.locator("#model input")).to_have_value("photo-clip")
        choose(page, "model", "ViT-B-32")
        expect(page.locator("#name-notice")).to_contain_text("isn't on this computer yet")
        expect(page.locator("#get-model section")).to_be_hidden()
        assert os.environ.get("REPLEARN_DOWNLOADS") is None
