"""A file of one's own vectors on the map: NPZ and Parquet, clicked, and taken away again."""

import numpy as np
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WAIT = 120_000  # milliseconds; the first answer imports torch on a busy machine
GROUPS = 3
POINTS = """() => { const g = document.querySelector('#map .rl-canvas');
  return (g._fullData || []).map(t => [t.name, t.customdata ? t.customdata.length : 0]); }"""
CLICKED = "() => Number.isInteger((window.rlSlots.map.overlay || {}).row)"
SPOT = """() => { const g = document.querySelector('#map .rl-canvas'), a = g._fullLayout;
  const t = g._fullData[1], box = g.getBoundingClientRect();
  return {x: box.left + a.xaxis._offset + a.xaxis.c2p(t.x[3]),
          y: box.top + a.yaxis._offset + a.yaxis.c2p(t.y[3])}; }"""


@pytest.fixture(scope="module")
def own():
    """Return vectors (150, 8) around three centres, with coordinates far apart."""
    random = np.random.default_rng(0)
    of = np.arange(150) % GROUPS
    vectors = (4 * np.eye(8)[of] + random.normal(size=(150, 8))).astype(np.float32)
    angles = np.linspace(0, 2 * np.pi, 150, endpoint=False)
    coordinates = np.stack([np.cos(angles), np.sin(angles)], 1).astype(np.float32)
    names = [f"thing {row}" for row in range(150)]
    return {"vectors": vectors, "coordinates": coordinates, "id": names, "of": of}


def write_parquet(path, own):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = {"id": own["id"], "label": [f"group {i}" for i in own["of"]]}
    columns |= {"vector": own["vectors"].tolist(), "coordinates": own["coordinates"].tolist()}
    parquet.write_table(arrow.table(columns), path)


def write_npz(path, own):
    labels = np.array([f"group {i}" for i in own["of"]])
    named = {"vectors": own["vectors"], "coordinates": own["coordinates"]}
    np.savez(path, id=np.array(own["id"]), label=labels, **named)


def open_map(opened, address):
    page = opened.page
    page.goto(address)
    expect(page.locator("#answer tbody th").first).to_have_text("cheetah", timeout=WAIT)
    page.get_by_role("tab", name="Map", exact=True).click()
    expect(page.locator("#nearest-stamp")).to_contain_text("the subject", timeout=WAIT)
    opened.unfold("button:has-text('your own vectors or coordinates')")
    return page


def give(page, path):
    page.locator("#own-vectors input[type=file]").set_input_files(str(path))


@pytest.mark.parametrize(
    ("name", "write"), [("own.npz", write_npz), ("own.parquet", write_parquet)]
)
def test_a_file_is_drawn_and_a_click_brings_its_own_neighbours(
    opened, address, own, tmp_path, name, write
):
    write(tmp_path / name, own)
    page = open_map(opened, address)
    give(page, tmp_path / name)
    expect(page.locator("#map-stamp")).to_contain_text("n = 150", timeout=WAIT)
    expect(page.locator("#map-stamp")).to_contain_text(f"data {name}")
    page.wait_for_function(f"() => ({POINTS})().length === {GROUPS}", timeout=WAIT)
    assert sorted(page.evaluate(POINTS)) == [[f"group {i}", 50] for i in range(GROUPS)]
    page.locator("#map .rl-canvas").scroll_into_view_if_needed()
    spot = page.evaluate(SPOT)
    page.mouse.move(spot["x"], spot["y"])
    page.mouse.click(spot["x"], spot["y"])
    page.wait_for_function(
        "() => Number.isInteger((window.rlSlots.map.overlay || {}).row)", timeout=WAIT
    )
    shown = page.evaluate("() => window.rlSlots.map.overlay")
    unit = own["vectors"] / np.linalg.norm(own["vectors"], axis=1, keepdims=True)
    cosines = unit @ unit[shown["row"]]
    cosines[shown["row"]] = -1
    assert set(shown["near"]) == set(np.argsort(-cosines, kind="stable")[:12].tolist())
    assert opened.outside == []
    assert opened.errors == []


def test_a_file_that_can_not_be_used_is_said_and_the_map_stays(opened, address, tmp_path):
    np.savez(tmp_path / "bad.npz", weights=np.eye(3))
    page = open_map(opened, address)
    drawn = page.locator("#map-stamp").text_content()
    give(page, tmp_path / "bad.npz")
    expect(page.locator("#map-notice")).to_contain_text("bad.npz holds no `vectors`", timeout=WAIT)
    assert page.locator("#map-stamp").text_content() == drawn
    assert opened.errors == []
