import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

import replearn
from replearn.commands.map_files import write_map
from replearn.core.errors import InputError
from replearn.plotting.map.page import map_page
from replearn.plotting.map.sprite import COLUMNS, sprite, tile_size
from replearn.plotting.map.values import colour_value, map_value, overlay_value
from replearn.results.map import Colouring, Placed
from replearn.studies.map.colour import categories
from replearn.studies.map.embedding_map import MapChoice
from replearn.studies.map.picture_grid import picture_grid


@pytest.fixture(scope="module")
def found():
    vectors = np.random.default_rng(0).normal(size=(30, 6)).astype(np.float32)
    table = replearn.table_of(
        vectors, [f"p{i}" for i in range(30)], [f"</script>{i}" for i in range(30)]
    )
    return replearn.project(table, "pca")


def unpacked(value, kind):
    return np.frombuffer(base64.b64decode(value["bdata"]), kind)


def test_coordinates_and_colours_travel_whole(found):
    colour = Colouring("t", np.arange(30, dtype=np.float32))
    value = map_value(found, colour)
    np.testing.assert_array_equal(unpacked(value["x"], "<f4"), found.coordinates[:, 0])
    np.testing.assert_array_equal(unpacked(value["rows"], "<i4"), np.arange(30))
    np.testing.assert_array_equal(unpacked(value["colour"]["values"], "<f4"), colour.values)
    flat = colour_value(found, Colouring("t", np.ones(30, np.float32)))
    assert flat["range"][0] < flat["range"][1]
    many = colour_value(found, categories("g", [str(i % 12) for i in range(30)]))
    assert len(many["names"]) == len(many["colours"]) == 10
    json.dumps(value)


def test_lines_start_at_a_row_or_at_a_placed_point(found):
    assert overlay_value(found, 3, [1, 2])["row"] == 3
    placed = Placed(("fruit",), np.array([[1.0, 2.0]], np.float32), found.stamp)
    over = overlay_value(found, None, [1], placed)
    assert over["from"] == [1, 2]
    assert over["marks"] == [{"text": "fruit", "x": 1, "y": 2}]


def test_a_sprite_has_each_picture_in_its_tile():
    colours = [(i, 0, 255 - i) for i in range(130)]
    source = sprite((Image.new("RGB", (9, 5), colour) for colour in colours), 130)
    sheet = Image.open(io.BytesIO(base64.b64decode(source.split(",")[1])))
    tile = tile_size(130)
    assert sheet.size == (COLUMNS * tile, 2 * tile)
    for i in (0, 99, 100, 129):
        middle = (i % COLUMNS * tile + tile // 2, i // COLUMNS * tile + tile // 2)
        np.testing.assert_allclose(sheet.getpixel(middle), colours[i], atol=12)
    assert tile_size(20_000) * 200 <= 8192


def test_a_page_holds_everything_and_no_caption_ends_its_script(found):
    page = map_page(found, [categories("label", found.groups)], np.zeros((30, 3), np.int64), "")
    data = page.split('type="application/json">')[1].split("</script>")[0]
    assert json.loads(data)["pictures"]["captions"] == list(found.captions)


@pytest.mark.slow
def test_writing_a_map(tmp_path, capsys):
    choice = MapChoice("photos", "photo-clip", "pca")
    write_map(choice, tmp_path / "m.html")
    page = (tmp_path / "m.html").read_text(encoding="utf-8")
    assert "data:image/jpeg;base64" in page
    near = json.loads(page.split('type="application/json">')[1].split("</script>")[0])["near"]
    table = replearn.embed("photos")
    first = unpacked(near, "<i4").reshape(-1, near["k"])[0]
    np.testing.assert_array_equal(first, table.neighbours(id=table.ids[0], k=near["k"]).indices)
    write_map(choice, tmp_path / "m.csv")
    assert (tmp_path / "m.csv").read_text(encoding="utf-8").startswith("id,caption,group,x,y")
    write_map(choice, None)
    assert capsys.readouterr().out.count("\n") == 13
    with pytest.raises(InputError, match=r"map\.html"):
        write_map(choice, tmp_path / "m.png")


def test_a_grid_is_kept(found, tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    cells = picture_grid(found.coordinates)
    np.testing.assert_array_equal(cells, picture_grid(found.coordinates))
    assert len({tuple(cell) for cell in cells.tolist()}) == 30
    assert any(tmp_path.rglob("grid-30-*"))
