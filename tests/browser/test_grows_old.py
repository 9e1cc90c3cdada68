"""Every input of every figure, changed by hand: what is drawn looks old at once."""

import json
import re

import numpy as np
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from PIL import Image
from playwright.sync_api import expect

from tests.chromium import TABS, WAIT, best, each_tab, example, pick

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
LONG = 300  # seconds; some methods ask the model a thousand times
# what was told to be old, what of it had been drawn, and what looked old right after
LISTEN = """() => {
  const {touched, drawn, stale} = replearn;
  window.told = [];
  const seen = new Set();
  replearn.drawn = (name, listener, refused) => {
    if (!refused) seen.add(name);
    return drawn(name, listener, refused);
  };
  replearn.touched = (...names) => {
    touched(...names);
    told.push({names, drawn: names.filter((name) => seen.has(name)), stale: stale()});
  };
}"""
CONFIG = """() => {
  const {components, dependencies, layout} = window.gradio_config;
  return {components: components.map(({id, type, props}) => ({id, type, elem: props.elem_id})),
    dependencies: dependencies.map(({js, targets}) => ({js, targets})), layout};
}"""
# a control that isn't on the page until another one is set: where to choose what, or all there is
SWITCHES = {
    "Heat maps": {
        "#heat-kind": (),
        "#method": ("occlusion", "rise", "input-gradient", "integrated-gradients"),
    },
    "Dreams": {"#aim-kind": ()},
    "Map": {"#projection": ()},
    "Shape": {"#model": ("shapes-bagnet",)},
    "Generalisation": {"[role=tablist]": ()},
    "Groups": {"#audit-whose": ()},  # drawn people alone differ in a trait of the list
}
CHANGED = {"input", "upload", "change"}
# what looks old doesn't hang on the model, and some hundred answers of a small one take no time
SMALL = {
    "Heat maps": "shapes-clip",
    "Parts": "shapes-clip",
    "Dreams": "shapes-clip",
    "Distortions": "shapes-clip",
    "Invariance": "shapes-clip",
}


def inputs_of(config, tab):
    """Return the controls of a tab that make figures old: id on the page, kind, the figures."""
    kinds = {one["id"]: (one["type"], one["elem"]) for one in config["components"]}
    inside = set()

    def walk(node, there):
        there = there or top.get(node["id"]) == tab
        if there:
            inside.add(node["id"])
        for child in node.get("children") or ():
            walk(child, there)

    top = dict(zip(_tab_items(config["layout"], kinds), TABS, strict=True))
    walk(config["layout"], False)
    found = {}
    for one in config["dependencies"]:
        named = re.search(r"replearn\.touched\(\.\.\.(\[.*?\])\)", str(one["js"]))
        for identity, event in one["targets"]:
            kind, elem = kinds.get(identity, ("", ""))  # the page's own loading has no component
            if named and identity in inside and kind != "state" and event in CHANGED:
                found[elem or f"component-{identity}"] = (kind, set(json.loads(named[1])))
    return found


def _tab_items(node, kinds):
    if kinds.get(node["id"], ("", ""))[1] == "tabs":
        return [child["id"] for child in node["children"]]
    for child in node.get("children") or ():
        if found := _tab_items(child, kinds):
            return found
    return []


def change(page, name, kind, files):
    """Change a control as a person does; return whether there was anything to change."""
    control = page.locator(f"[id='{name}']").first
    control.scroll_into_view_if_needed()
    if kind == "dropdown":
        control.locator("input").first.blur()
        control.locator("input").first.click()
        others = page.locator("[role=option]:visible[aria-selected=false]")
        if others.count() == 0:
            page.keyboard.press("Escape")
            return False
        others.first.click()
        page.keyboard.press("Escape")
    elif kind == "radio":
        control.locator("label:has(input:not(:checked))").first.click()
    elif kind in ("checkbox", "checkboxgroup"):
        control.locator("input").first.click()
    elif kind == "slider":
        slider = control.locator("input[type=range]")
        at_the_end = slider.evaluate("(one) => Number(one.value) >= Number(one.max)")
        slider.press("ArrowLeft" if at_the_end else "ArrowRight")
    elif kind == "number":
        control.locator("input").press("ArrowUp")
    elif kind == "textbox":
        control.locator("textarea, input").first.press_sequentially("x")
    else:
        control.locator("input[type=file]").first.set_input_files(files[name])
    return True


@pytest.fixture
def files(tmp_path):
    picture, vectors = tmp_path / "grey.png", tmp_path / "own.npz"
    Image.new("RGB", (60, 60), "grey").save(picture)
    rng = np.random.default_rng(0)
    np.savez(vectors, vectors=rng.normal(size=(40, 8)).astype(np.float32))
    return {
        "second-picture": picture,
        "aim-other": picture,
        "files": picture,
        "own-vectors": vectors,
    }


def told(page, figures):
    """Wait until these figures were told; return what had been drawn and yet didn't look old."""
    page.wait_for_function(
        "(names) => told.some((one) => names.every((name) => one.names.includes(name)))",
        arg=sorted(figures),
        timeout=WAIT,
    )
    said = page.evaluate("() => told.splice(0)")
    return {name for one in said for name in one["drawn"] if name not in one["stale"]}


def unfold(page):
    folded = page.locator(".tabitem:visible button.label-wrap:visible:not(.open)")
    while folded.count():
        folded.first.click()


@pytest.mark.parametrize("tab", each_tab(but=("Zero-shot", "Models")))
def test_every_input_makes_its_figures_old_at_once(opened, address, files, tab):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    if tab in SMALL:
        pick(page, "model", SMALL[tab])
        opened.rests()
    page.evaluate(LISTEN)
    waiting = inputs_of(page.evaluate(CONFIG), tab)
    assert waiting
    opened.tab(tab)
    opened.rests()

    def change_what_is_there():
        unfold(page)
        opened.rests(quiet=0.5, limit=LONG)
        for name, (kind, figures) in list(waiting.items()):
            if not page.locator(f"[id='{name}']:visible").count():
                continue
            page.evaluate("() => told.splice(0)")
            if change(page, name, kind, files):
                assert told(page, figures) == set(), name
                if kind == "checkbox":  # and back: a finer map takes four times as long
                    change(page, name, kind, files)
                del waiting[name]
                opened.rests(quiet=0.5, limit=LONG)

    change_what_is_there()
    for switch, some in SWITCHES.get(tab, {}).items():
        for option in some or options(page, switch):
            if not waiting:
                break
            opened.rests(quiet=0.5, limit=LONG)  # or the list is drawn anew under the mouse
            choose(page, switch, option)
            opened.rests(quiet=0.5, limit=LONG)
            change_what_is_there()
    assert waiting == {}
    assert opened.errors == []


def options(page, switch):
    """Return what can be chosen in a radio, a dropdown or a row of tabs."""
    if switch == "[role=tablist]":
        return page.locator(".tabitem:visible [role=tab]:visible").all_inner_texts()
    if page.locator(f"{switch} input[type=radio]").count():
        return page.locator(f"{switch} label").all_inner_texts()
    page.locator(f"{switch} input").first.click()
    found = page.locator("[role=option]:visible").all()
    names = [one.get_attribute("aria-label") for one in found]
    page.locator(f"{switch} input").first.blur()  # a list opens when its box is entered
    return [name for name in names if not name.startswith("get another")]


def choose(page, switch, option):
    if switch == "[role=tablist]":
        page.locator(".tabitem:visible [role=tab]:visible", has_text=option).first.click()
        return
    if page.locator(f"{switch} input[type=radio]").count():
        page.locator(f"{switch} label", has_text=option).first.click()
        return
    listed = page.locator(f"{switch} input").first
    listed.blur()  # a list opens when its box is entered, and this one may have been left open
    listed.click()
    # where it takes long the option says so: "occlusion (about 6 s)"
    slow = f"[role=option][aria-label^='{option} (']:visible"
    page.locator(f"[role=option][aria-label='{option}']:visible, {slow}").click()


def test_what_the_whole_page_asks_about_makes_every_figure_old(opened, address):
    page = opened.page
    page.goto(address)
    expect(best(page)).to_have_text("cheetah", timeout=WAIT)
    page.evaluate(LISTEN)
    opened.rests()
    of_all = {"answer", "heat-map", "distorted", "renditions", "invariance"}

    for by_hand, figures in (
        (lambda: example(page, "coffee"), of_all),
        (lambda: pick(page, "model", "imagenet"), {*of_all, "map", "curve"}),
        (lambda: pick(page, "model", "photo-clip"), of_all),
        (
            lambda: pick(page, "compare", "imagenet"),
            {"answer", "curve", "renditions", "invariance"},
        ),
        (lambda: pick(page, "dataset", "shapes"), {"map", "walk", "curve"}),
        (lambda: page.locator("#labels textarea").press_sequentially("\na dragon"), of_all),
    ):
        page.evaluate("() => told.splice(0)")
        by_hand()
        assert told(page, figures) == set()
        opened.rests(quiet=1)
    assert opened.errors == []


def test_of_two_requests_in_one_moment_the_second_waits_for_the_first(opened, address):
    page = opened.page
    page.goto(address)
    page.wait_for_function("() => window.replearn")
    seen = page.evaluate(
        """async () => {
          const pause = () => new Promise((done) => setTimeout(done, 200)), seen = [];
          await replearn.sent('made-up', 'drawn', [1]);
          replearn.sent('made-up', 'drawn', [2]).then((values) => seen.push(values));
          replearn.sent('made-up', 'another', [3]).then((values) => seen.push(values));
          await pause();
          seen.push('ended');
          replearn.ended('made-up', 'drawn');
          await pause();
          return seen;
        }"""
    )
    assert seen == [[3], "ended", [2]]


def test_what_is_unfolded_before_the_page_begins_has_its_turn(opened, address):
    page = opened.page
    page.goto(address)
    page.wait_for_function("() => window.replearn")
    turns = page.evaluate(
        """() => {
          const before = replearn.unfolded('made-up', true);
          replearn.begin([['made-up', 'a-tab', [], true, null]], 'a-tab');
          return [before, ...replearn.opened('a-tab', ['made-up'])];
        }"""
    )
    assert turns == [0, 1]
