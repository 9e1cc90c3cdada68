"""The mended passages of Gradio's script give what its own do, and are what the page gets."""

import random
import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from replearn.ui.frame.serving.mended_scripts import PASSAGES, mended_scripts
from tests.chromium import WAIT, best

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


def test_this_gradio_has_the_passages():
    names = sorted(mended_scripts())
    assert [name.split("-")[0] for name in names] == ["Blocks", "Index", "core", "src"]


def test_the_page_gets_the_mended_scripts(opened, address):
    page, got = opened.page, {}
    page.on("response", lambda one: got.setdefault(one.url.rpartition("/")[2], one))
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    asked = {name: content for name, content in mended_scripts().items() if name in got}
    assert {"Blocks", "core"} <= {name.split("-")[0] for name in asked}
    for name, content in asked.items():
        assert got[name].body() == content
        assert got[name].headers["content-encoding"] == "br"
    assert opened.errors == []


def test_both_ways_of_finding_listeners_agree(opened):
    rng = random.Random(0)
    names = ["change", "input", "click", "then", None]
    listeners = [
        {"targets": [[rng.randrange(40), rng.choice(names)] for _ in range(rng.randrange(4))]}
        for _ in range(200)
    ]
    ((slow, quick),) = PASSAGES["core-"]
    found = opened.page.evaluate(
        f"""(listeners) => {{
          const ways = [new (class {{ {slow} }})(), new (class {{ {quick} }})()];
          const asked = (way, id) => way.find_attached_events(
            {{id, props: {{shared_props: {{}}}}}}, listeners).props.shared_props.attached_events;
          return ways.map((way) => [...Array(41).keys()].map((id) => asked(way, id)));
        }}""",
        listeners,
    )
    assert found[0] == found[1]
    assert any(len(events) > 3 for events in found[0])


def test_both_ways_of_setting_what_an_event_brings_agree(opened):
    rest = (
        "if(!r)return()=>{};for(let[e]of Object.entries(t))n[e]=r?.[e]??null;"
        "return Object.keys(t).length===0?()=>{}:(await this.update_state_cb(e,t,!1),"
        "()=>{this.update_state_cb(e,n,!1)})}"
    )
    ((slow, quick),) = PASSAGES["Blocks-"]
    told = opened.page.evaluate(
        f"""async () => {{
          const all = [];
          for (const Way of [class {{ {slow + rest} }}, class {{ {quick + rest} }}]) {{
            const way = new Way(), told = [];
            way.get_state_cb = async () => ({{value: 3}});
            way.update_state_cb = (...given) => {{ told.push(JSON.stringify(given)); }};
            for (const args of [{{}}, {{value: 4}}]) (await way.set_event_args(7, args))();
            all.push(told);
          }}
          return all;
        }}"""
    )
    assert told[0] == told[1]
    assert told[0] == ['[7,{"value":4},false]', '[7,{"value":3},false]']


def luminance(colour):
    """Return that of #rrggbb (WCAG 2.2)."""
    values = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour):
    """Return the contrast with white."""
    return 1.05 / (luminance(colour) + 0.05)


def test_code_on_white_can_be_read():
    pale, darker = (re.findall("#[0-9a-f]{6}", passage) for passage in PASSAGES["Index-"][0])
    assert len(pale) == len(darker) == 9
    assert max(map(contrast, pale)) < 4.5 < min(map(contrast, darker))


def test_comments_in_dark_code_can_be_read():
    behind = luminance("#1e293b") + 0.05
    dim, brighter = (re.findall("#[0-9a-f]{6}", one)[0] for one in PASSAGES["Index-"][1])
    assert (luminance(dim) + 0.05) / behind < 4.5 < (luminance(brighter) + 0.05) / behind
