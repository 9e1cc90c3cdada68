"""axe-core on every tab, in both themes."""

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="a development tool")
from playwright.sync_api import expect

from tests.chromium import TABS, WAIT

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
# of Gradio's own components, seen in 6.31: a gallery repeats a caption as the picture's text
OF_GRADIO = {"image-redundant-alt"}


@pytest.mark.parametrize("opened", [(1440, "light"), (1440, "dark")], indirect=True)
def test_axe_finds_nothing_of_ours(opened, address, request):
    page = opened.page
    theme = request.node.callspec.params["opened"][1]
    page.goto(f"{address}?__theme={theme}")
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    found = []
    for tab in TABS:
        opened.tab(tab)
        opened.rests(quiet=1.5)
        page.wait_for_function(  # what is under way has no names yet
            "() => !document.querySelector('.progress-text, .eta-bar, .generating')"
        )
        page.mouse.move(5, 5)
        page.wait_for_timeout(1000)  # colours change over a moment
        # what stands around the tabs is the same in each
        where = None if tab == TABS[0] else "#tabs"
        for one in axe.Axe().run(page, where).response["violations"]:
            if one["id"] not in OF_GRADIO:
                found.append((tab, one["id"], [node["target"] for node in one["nodes"]][:3]))
    assert found == []


@pytest.mark.parametrize("opened", [(1440, "light"), (1440, "dark")], indirect=True)
def test_nothing_that_is_unfolded_is_hard_to_use(opened, address, request):
    page = opened.page
    page.goto(f"{address}?__theme={request.node.callspec.params['opened'][1]}")
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    found = []
    for tab in TABS:
        opened.tab(tab)
        opened.rests(quiet=1.5)
        panels = page.locator(".tabitem:visible button.label-wrap:visible")
        for i in range(panels.count()):
            if "open" not in (panels.nth(i).get_attribute("class") or "").split():
                panels.nth(i).click()
                opened.rests(quiet=1.5, limit=2 * WAIT / 1000)
        for code in page.locator(".tabitem:visible [data-tool=code]:visible").all():
            if code.get_attribute("aria-expanded") == "false":  # several figures share one
                code.click()
        page.mouse.move(5, 5)
        page.wait_for_timeout(1000)
        for one in axe.Axe().run(page, "#tabs").response["violations"]:
            if one["impact"] in {"critical", "serious"}:
                found.append((tab, one["id"], [node["target"] for node in one["nodes"]][:3]))
    assert found == []
