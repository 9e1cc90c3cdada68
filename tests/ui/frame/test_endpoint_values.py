"""Whatever an endpoint is given, the answer is one sentence and the log has no traceback."""

import json
import re

import httpx
import pytest

from replearn.core.settings import from_environment
from replearn.ui.frame.page import build_page

pytestmark = pytest.mark.slow

# what each endpoint takes, by kind
ENDPOINTS = {
    "zero_shot": ["picture", "text", "text"],
    "explain": ["picture", "text", "text", "text"],
    "embed": ["text", "text"],
    "neighbours": ["text", "text", "maybe text", "maybe text", "picture", "maybe number"],
    "project": ["text", "text", "text", "number", "settings"],
    "distort": ["picture", "text", "text", "text", "number", "number"],
    "robustness": ["text", "text", "text", "levels", "number", "number"],
    "visualise": ["text", "text", "text", "number", "number", "number", "text"],
    "dream": ["picture", "text", "text", "number"],
    "fool": ["picture", "text", "text", "number", "text"],
}
USUAL = {
    "zero_shot": ["PICTURE", "cat\ndog", "pixels"],
    "explain": ["PICTURE", "cat", "pixels", "cam"],
    "embed": ["photos", "pixels"],
    "neighbours": ["photos", "pixels", "cheetah1", "", None, 3],
    "project": ["photos", "pixels", "pca", 0, {}],
    "distort": ["PICTURE", "", "pixels", "contrast", 0.5, 0],
    "robustness": ["shapes", "pixels", "contrast", [0.5], 0, 8],
    "visualise": ["cube", "shapes-supervised", "", -1, 2, 0, ""],
    "dream": ["PICTURE", "shapes-supervised", "", 1],
    "fool": ["PICTURE", "cube", "shapes-supervised", 4, ""],
}
WRONG = {
    "picture": [5, "text", {"path": "/etc/passwd"}, []],
    "text": [None, 5, 1.5, [], {}, True, "x" * 200_000],
    "maybe text": [5, [], {}],
    "number": [None, "x", [], {}, float("nan"), float("inf"), 1e300, True],
    "maybe number": ["x", [], float("nan"), -3],
    "settings": ["x", 5, [1], {"nothing": 1}, {"dimensions": "x"}],
    "levels": ["x", 5, ["x"], [None], [float("nan")], {"a": 1}],
}
CASES = [
    (name, place, wrong)
    for name, kinds in ENDPOINTS.items()
    for place, kind in enumerate(kinds)
    for wrong in WRONG[kind]
]


@pytest.fixture(scope="module")
def address():
    page = build_page(from_environment()).queue(max_size=100)
    _, url, _ = page.launch(prevent_thread_lock=True, quiet=True, _frontend=False)
    yield url
    page.close()


@pytest.fixture(scope="module")
def picture(address, tmp_path_factory):
    from PIL import Image

    path = tmp_path_factory.mktemp("picture") / "red.png"
    Image.new("RGB", (32, 32), "red").save(path)
    with path.open("rb") as file:
        (there,) = httpx.post(f"{address}gradio_api/upload", files={"files": file}).json()
    return {"path": there, "meta": {"_type": "gradio.FileData"}}


def answered(address, name, values):
    """Call an endpoint as curl would; return the event and what came with it."""
    body = json.dumps({"data": values}).encode()
    started = httpx.post(
        f"{address}gradio_api/call/{name}",
        content=body,
        headers={"content-type": "application/json"},
        timeout=60,
    )
    if started.status_code != 200:
        return "refused", started.text
    event = started.json()["event_id"]
    text = httpx.get(f"{address}gradio_api/call/{name}/{event}", timeout=120).text
    found = re.findall(r"event: (\w+)\ndata: (.*)", text)
    return found[-1]


@pytest.mark.parametrize(
    ("name", "place", "wrong"),
    CASES,
    ids=[f"{name}-{place}-{str(wrong)[:20]}" for name, place, wrong in CASES],
)
def test_a_wrong_value_is_one_sentence(address, picture, capfd, name, place, wrong):
    values = [picture if value == "PICTURE" else value for value in USUAL[name]]
    values[place] = wrong
    event, said = answered(address, name, values)
    assert event in {"error", "refused"}, said[:300]
    if event == "error":
        assert not re.search(r"NoneType|object has no|Traceback|unexpected|invalid literal", said)
        assert len(said) < 500
    out, err = capfd.readouterr()
    assert "Traceback" not in out + err
