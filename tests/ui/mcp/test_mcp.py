"""The tools and resources of `--mcp`, asked by a client as anybody has one."""

import base64
import io
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

import replearn
from replearn.core.errors import InputError
from replearn.core.settings import Settings
from replearn.data.photos import Photos
from replearn.ui.frame.serving.options import parse
from replearn.ui.frame.serving.server_parts import server_parts
from replearn.ui.mcp.pictures import told_picture
from replearn.ui.mcp.plain import coarse
from replearn.ui.mcp.route import mcp_route

TOOLS = {"zero_shot", "explain", "neighbours", "distort", "decompose", "visualise", "groups"}
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-03-26",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
ACCEPT = {"Accept": "application/json, text/event-stream"}


def paths(settings):
    return [one.path for one in server_parts(settings).get("routes", [])]


def test_it_is_off_unless_it_is_asked_for(monkeypatch):
    monkeypatch.delenv("REPLEARN_MCP", raising=False)
    assert not parse([]).mcp
    assert "/mcp" not in paths(Settings())
    assert parse(["--mcp"]).mcp
    monkeypatch.setenv("REPLEARN_MCP", "1")
    assert parse([]).mcp


def test_without_the_package_a_sentence_says_what_to_install(monkeypatch):
    for name in [one for one in sys.modules if one.startswith("replearn.ui.mcp.")]:
        monkeypatch.delitem(sys.modules, name)
    gone = [one for one in sys.modules if one.partition(".")[0] == "mcp"]  # gradio asks for it too
    for name in {*gone, "mcp"}:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(InputError, match=r"pip install -r requirements-mcp\.txt"):
        server_parts(Settings(mcp=True))


def test_a_large_map_becomes_means_over_cells_and_a_small_one_stays():
    values = np.arange(28 * 30, dtype=np.float32).reshape(28, 30)
    cells = np.array(coarse(values))
    assert cells.shape == (14, 14)
    np.testing.assert_allclose(cells[0, 0], values[:2, :3].mean())
    small = np.eye(3, dtype=np.float32)
    assert coarse(small) == small.tolist()


def test_a_picture_is_an_example_or_is_sent_or_lies_where_the_page_may_look(tmp_path, monkeypatch):
    photos = Photos()
    assert told_picture("lion") == str(photos.path(photos.index("lion")))
    assert told_picture("data:image/png;base64,QUJD") == b"ABC"
    path = tmp_path / "own.png"
    Image.new("RGB", (8, 8)).save(path)
    monkeypatch.delenv("REPLEARN_FOLDERS", raising=False)
    assert told_picture(str(path)) == str(path)
    monkeypatch.setenv("REPLEARN_FOLDERS", str(tmp_path / "other"))
    with pytest.raises(InputError, match="isn't open on this page"):
        told_picture(str(path))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "link.png").symlink_to(path)
    with pytest.raises(InputError, match="isn't open on this page"):
        told_picture(str(tmp_path / "other" / "link.png"))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("https://example.org/cat.jpg", "Nothing is fetched"),
        ("data:image/png,abc", "is sent as data:image"),
        ("data:image/png;base64,%%%", "damaged"),
        ("data:image/png;base64," + "A" * 28_000_000, "larger than 20 MB"),
        ("nobody", "no picture 'nobody'; name an example .*chelsea"),
    ],
)
def test_what_is_no_picture_is_a_sentence(told, says, monkeypatch):
    monkeypatch.delenv("REPLEARN_FOLDERS", raising=False)
    with pytest.raises(InputError, match=says):
        told_picture(told)


def hello(settings, **headers):
    """Return the status that a client's first request gets."""
    pytest.importorskip("mcp", reason="it is optional: requirements-mcp.txt")
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    route, lifespan = mcp_route(settings)
    app = Starlette(routes=[route], lifespan=lifespan)
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:
        return client.post("/mcp", json=HELLO, headers={**ACCEPT, **headers}).status_code


def test_who_doesnt_know_the_pages_password_is_refused():
    settings = Settings(auth="class:secret:x", mcp=True)
    known = base64.b64encode(b"class:secret:x").decode()
    wrong = base64.b64encode(b"class:secret").decode()
    assert hello(settings) == 401
    assert hello(settings, Authorization=f"Basic {wrong}") == 401
    assert hello(settings, Authorization=f"Basic {known}") == 200
    assert hello(Settings(mcp=True)) == 200


def test_a_page_of_the_web_whose_name_leads_here_is_refused():
    assert hello(Settings(mcp=True), Host="evil.example:7860") == 421
    assert hello(Settings(mcp=True), Origin="http://evil.example") == 403
    assert hello(Settings(mcp=True, host="0.0.0.0"), Host="10.0.0.7:7860") == 200


async def conversation(address, picture):
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    async with (
        streamablehttp_client(f"{address}mcp") as (reads, writes, _),
        ClientSession(reads, writes) as client,
    ):
        await client.initialize()
        tools = (await client.list_tools()).tools
        resources = (await client.list_resources()).resources
        asked = {"image": "cheetah1", "labels": ["cheetah", "lion", "tower"]}
        sent = {"image": picture, "labels": ["cheetah", "lion", "tower"]}
        explained = {"image": "cheetah1", "target": "cheetah", "method": "grad-cam"}
        return {
            "tools": {one.name: one for one in tools},
            "read": {
                str(one.uri): json.loads((await client.read_resource(one.uri)).contents[0].text)
                for one in resources
            },
            "lesson": await client.read_resource("replearn://lessons/04-clip-and-zero-shot"),
            "zero_shot": await client.call_tool("zero_shot", asked),
            "sent": await client.call_tool("zero_shot", sent),
            "explain": await client.call_tool("explain", explained),
            "unknown": await client.call_tool("explain", {**explained, "method": "magic"}),
            "untyped": await client.call_tool("zero_shot", {"image": "lion", "labels": "lion"}),
        }


@pytest.mark.slow
def test_a_client_lists_calls_and_reads(address):
    import anyio

    photos = Photos()
    index = photos.index("cheetah1")
    written = io.BytesIO()
    photos[index].image.save(written, "PNG")
    picture = "data:image/png;base64," + base64.b64encode(written.getvalue()).decode()
    # on a thread of its own, for a browser test of this process may have left a loop running here
    with ThreadPoolExecutor(1) as apart:
        found = apart.submit(anyio.run, conversation, address, picture).result()
    assert set(found["tools"]) == TOOLS
    for one in found["tools"].values():
        assert one.description, one.name
        assert one.annotations.readOnlyHint
        given = one.inputSchema["properties"]
        assert all(field["description"] for field in given.values()), one.name
    typed = found["tools"]["explain"].inputSchema
    assert "grad-cam" in typed["properties"]["method"]["enum"]
    assert typed["required"] == ["image", "target"]

    labels = ["cheetah", "lion", "tower"]
    exact = replearn.zero_shot(photos.path(index), labels)
    for name in ("zero_shot", "sent"):
        answer = found[name].structuredContent
        assert answer["labels"] == labels
        np.testing.assert_allclose(answer["probabilities"], exact.probabilities, atol=1e-4)
    image, said = found["explain"].content
    assert Image.open(io.BytesIO(base64.b64decode(image.data))).size == (224, 224)
    heat = replearn.explain(photos.path(index), "cheetah", method="grad-cam")
    np.testing.assert_allclose(json.loads(said.text)["cells"], heat.values, atol=1e-3)
    assert found["explain"].structuredContent["method"] == "grad-cam"

    assert found["unknown"].isError
    assert found["unknown"].content[0].text.startswith("There is no explainer called 'magic'")
    assert found["untyped"].content[0].text == "labels: Input should be a valid list."

    read = found["read"]
    assert {"photo-clip", "imagenet"} <= {one["name"] for one in read["replearn://models"]}
    assert "shapes" in read["replearn://datasets"]
    assert {"occlusion", "cam"} <= {one["name"] for one in read["replearn://methods"]}
    contrast = next(one for one in read["replearn://distortions"] if one["name"] == "contrast")
    assert contrast["unchanged_at"] in contrast["levels"]
    assert read["replearn://examples"][index]["name"] == "cheetah1"
    assert len(read["replearn://lessons"]) >= 11
    assert json.loads(found["lesson"].contents[0].text)["steps"]
