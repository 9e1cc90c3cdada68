"""The map in a real Chromium: clicks, colours, lasso, no WebGL, the page that is handed round."""

import csv
import json
import re

import numpy as np
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

import replearn
from replearn.commands.map_files import write_map
from replearn.studies.map.embedding_map import MapChoice

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WAIT = 120_000  # milliseconds; the first answer imports torch on a busy machine
DRAWN = """() => { const g = document.querySelector('[data-map=map] .rl-canvas');
  return !!(g && g._fullLayout && g.data && g.data.length); }"""
SPOT = """([g, part]) => {
  const trace = g._fullData.filter(t => t.customdata)[part], a = g._fullLayout;
  const box = g.getBoundingClientRect(), i = Math.floor(trace.x.length / 2);
  return {x: box.left + a.xaxis._offset + a.xaxis.c2p(trace.x[i]),
          y: box.top + a.yaxis._offset + a.yaxis.c2p(trace.y[i])}; }"""


@pytest.fixture(scope="module")
def table():
    return replearn.embed("emoji")


def open_map(opened, address):
    page = opened.page
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    page.get_by_role("tab", name="Map", exact=True).click()
    page.wait_for_function(DRAWN, timeout=WAIT)
    expect(page.locator("#nearest-stamp")).to_contain_text("the subject", timeout=WAIT)
    return page


def slot(page, name):
    return page.evaluate(f"() => window.rlSlots.map.{name}")


def click_a_point(page, part):
    canvas = page.locator("#map .rl-canvas")
    canvas.scroll_into_view_if_needed()
    spot = page.evaluate(SPOT, [canvas.element_handle(), part])
    page.mouse.move(spot["x"], spot["y"])
    page.mouse.click(spot["x"], spot["y"])


def test_a_real_click_shows_the_points_own_neighbours(opened, address, table):
    page = open_map(opened, address)
    click_a_point(page, 2)
    expect(page.locator("#nearest-stamp")).not_to_contain_text("the subject", timeout=WAIT)
    page.wait_for_function("() => window.rlSlots.map.overlay.row !== null", timeout=WAIT)
    shown = slot(page, "overlay")
    cosines = table.vectors @ table.vectors[shown["row"]]
    cosines[shown["row"]] = -1
    assert set(shown["near"]) == set(np.argsort(-cosines, kind="stable")[:12].tolist())
    captions = page.locator("#nearest .caption-label").all_inner_texts()
    assert len(captions) == 12
    for row, caption in zip(shown["near"], captions, strict=True):
        assert f"{cosines[row]:.2f} {table.captions[row]}" in caption
    assert opened.outside == []
    assert opened.errors == []


def test_plotlys_script_comes_before_its_first_tab_and_once(opened, address):
    page = opened.page
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    page.wait_for_function("() => !!window.Plotly", timeout=WAIT)
    page.get_by_role("tab", name="Map", exact=True).click()
    page.wait_for_function(DRAWN, timeout=WAIT)
    scripts = "[...document.scripts].filter(one => one.src.includes('plotly')).length"
    assert page.evaluate(scripts) == 1
    assert opened.errors == []


@pytest.mark.parametrize("opened", [(390, "dark")], indirect=True)
def test_on_a_phone_in_the_dark_the_map_is_drawn_in_the_width(opened, address):
    page = opened.page
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    opened.tab("Map")
    page.wait_for_function(DRAWN, timeout=WAIT)
    expect(page.locator("#nearest-stamp")).to_contain_text("the subject", timeout=WAIT)
    box = page.locator("#map .rl-canvas").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    ink = "() => getComputedStyle(document.querySelector('#map .legendtext')).fill"
    assert min(int(part) for part in re.findall(r"\d+", page.evaluate(ink))[:3]) > 180
    room = "() => document.querySelector('#map .rl-canvas')._fullLayout.yaxis._length"
    assert page.evaluate(room) > 220  # the legend below takes no room of the map's own
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.errors == []


def test_a_prompt_recolours_the_map_and_is_placed_on_it(opened, address):
    page = open_map(opened, address)
    page.get_by_label("Prompt or word").fill("fruit")
    page.get_by_label("Prompt or word").press("Enter")
    expect(page.locator("#nearest-stamp")).to_contain_text("fruit", timeout=WAIT)
    page.wait_for_function(
        "() => document.querySelector('#map .rl-canvas')._fullData[0].marker.showscale",
        timeout=WAIT,
    )
    assert slot(page, "colour")["title"] == "cosine with “fruit”"
    assert slot(page, "overlay")["marks"][0]["text"] == "fruit"
    page.get_by_label("Prompt or word").fill("")
    expect(page.locator("#map-notice")).to_contain_text("Type a prompt", timeout=WAIT)
    assert opened.errors == []


def test_a_lasso_selects_to_a_gallery_and_a_csv(opened, address, table):
    page = open_map(opened, address)
    page.locator("#map [data-attr=dragmode][data-val=lasso]").first.click()
    box = page.locator("#map .rl-canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 70, y - 70)
    page.mouse.down()
    for dx, dy in ((70, -70), (70, 70), (-70, 70), (-70, -68)):
        page.mouse.move(x + dx, y + dy, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="selection").click()
    expect(page.locator("#selection")).to_contain_text("selected", timeout=WAIT)
    expect(page.locator("#lassoed img").first).to_be_visible(timeout=WAIT)
    with page.expect_download(timeout=WAIT) as download:
        page.locator("#lasso-csv").click()
    with open(download.value.path(), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert 5 < len(rows) < len(table)
    place = {identity: i for i, identity in enumerate(table.ids)}
    coordinates = replearn.project(table).coordinates
    for row in rows:
        i = place[row["id"]]
        assert row["caption"] == table.captions[i]
        np.testing.assert_allclose([float(row["x"]), float(row["y"])], coordinates[i], atol=1e-4)


def test_without_webgl_the_map_is_drawn_all_the_same(opened, address):
    opened.page.add_init_script(
        "const real = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        " return /webgl/.test(kind) ? null : real.call(this, kind, ...rest); };"
    )
    page = open_map(opened, address)
    kinds = page.evaluate(
        "() => document.querySelector('#map .rl-canvas')._fullData.map(t => t.type)"
    )
    assert set(kinds) == {"scatter"}
    assert page.locator("#map .rl-canvas .points path").count() == 1914
    click_a_point(page, 1)
    expect(page.locator("#nearest-stamp")).not_to_contain_text("the subject", timeout=WAIT)


def test_the_page_that_is_handed_round_needs_nothing_else(opened, tmp_path):
    write_map(MapChoice("photos", "photo-clip", "pca"), tmp_path / "map.html")
    photos = replearn.embed("photos")
    page = opened.page
    opened.context.unroute_all()
    opened.context.set_offline(True)
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_function(DRAWN, timeout=WAIT)
    page.get_by_label("find by name").fill(photos.captions[3])
    page.get_by_label("find by name").press("Enter")
    near = photos.neighbours(id=photos.ids[3], k=11)
    shown = page.locator("#near li").all_inner_texts()
    assert shown == list(near.captions)
    page.get_by_label("colour by").select_option(index=1)
    page.get_by_label("show").select_option("pictures")
    assert json.loads(page.evaluate("() => JSON.stringify(window.rlSlots.map.view)")) == {
        "mode": "pictures"
    }
    assert opened.errors == []
