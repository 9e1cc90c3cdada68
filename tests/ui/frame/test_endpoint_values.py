"""Whatever an endpoint is given, the answer is one sentence and the log has no traceback."""

import json
import re

import gradio as gr
import httpx
import pytest

from replearn.core.errors import LONGEST
from replearn.core.settings import from_environment
from replearn.ui.frame.page import build_page
from tests.fuzz.texts import strange_text

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
    "decompose": ["picture", "text", "text", "text"],
    "concepts": ["picture", "text", "number"],
    "unit": ["text", "text", "number", "text", "text"],
    "audit": ["text", "text", "text", "text", "text", "number"],
    "groups": ["text", "text", "text", "text", "text"],
    "slices": ["text", "text", "text"],
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
    "decompose": ["PICTURE", "shapes-supervised", "cube", ""],
    "concepts": ["PICTURE", "shapes-clip", 3],
    "unit": ["shapes-supervised", "", 0, "", ""],
    "audit": ["a doctor", "emoji-people", "pixels", "gender", "", 0],
    "groups": ["photos", "pixels", "", "", ""],
    "slices": ["photos", "pixels", ""],
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


# what its own schema says of a value, by the component
SCHEMA = {"Image": "picture", "Textbox": "text", "Number": "number", "Json": None}


@pytest.fixture(scope="module")
def page():
    return build_page(from_environment()).queue(max_size=100)


def test_every_endpoint_is_tried_with_what_its_schema_says(page):
    told = page.get_api_info()["named_endpoints"]
    assert {name.removeprefix("/") for name in told} == set(ENDPOINTS)
    for name, kinds in ENDPOINTS.items():
        components = [one["component"] for one in told[f"/{name}"]["parameters"]]
        for kind, component in zip(kinds, components, strict=True):
            assert kind.removeprefix("maybe ") == (SCHEMA[component] or kind), name


@pytest.fixture(scope="module")
def client(page):
    _, url, _ = page.launch(prevent_thread_lock=True, quiet=True, _frontend=False)
    with httpx.Client(base_url=f"{url}gradio_api/", timeout=120) as found:
        yield found
    page.close()


@pytest.fixture(scope="module")
def picture(client, tmp_path_factory):
    from PIL import Image

    path = tmp_path_factory.mktemp("picture") / "red.png"
    Image.new("RGB", (32, 32), "red").save(path)
    with path.open("rb") as file:
        (there,) = client.post("upload", files={"files": file}).json()
    return {"path": there, "meta": {"_type": "gradio.FileData"}}


def answered(client, name, values):
    """Call an endpoint as curl would; return the event and what came with it."""
    body = json.dumps({"data": values}).encode()
    started = client.post(
        f"call/{name}", content=body, headers={"content-type": "application/json"}
    )
    if started.status_code != 200:
        return "refused", started.text
    event = started.json()["event_id"]
    text = client.get(f"call/{name}/{event}").text
    found = re.findall(r"event: (\w+)\ndata: (.*)", text)
    return found[-1]


@pytest.mark.parametrize(
    ("name", "place", "wrong"),
    CASES,
    ids=[f"{name}-{place}-{str(wrong)[:20]}" for name, place, wrong in CASES],
)
def test_a_wrong_value_is_one_sentence(client, picture, capfd, name, place, wrong):
    values = [picture if value == "PICTURE" else value for value in USUAL[name]]
    values[place] = wrong
    event, said = answered(client, name, values)
    assert event in {"error", "refused"}, said[:300]
    if event == "error":
        assert not re.search(r"NoneType|object has no|Traceback|unexpected|invalid literal", said)
        assert len(said) < 500
    out, err = capfd.readouterr()
    assert "Traceback" not in out + err


def test_halves_of_characters_are_answered(client, picture):
    values = [picture, "shapes-clip", "a red \ud800 cube", ""]
    event, said = answered(client, "decompose", values)
    assert event == "complete", said[:300]
    assert "a red ? cube" in said


# which texts are asked about before anything is computed from them
NAMED = [
    *(("zero_shot", 1), ("zero_shot", 2), ("explain", 1), ("explain", 2), ("explain", 3)),
    *(("embed", 0), ("embed", 1), ("neighbours", 0), ("neighbours", 2), ("project", 2)),
    *(("distort", 2), ("distort", 3), ("robustness", 0), ("robustness", 2)),
    *(("decompose", 1), ("decompose", 2), ("concepts", 1), ("unit", 0), ("unit", 1), ("unit", 3)),
    *(("visualise", 0), ("visualise", 1), ("visualise", 6), ("dream", 1), ("dream", 2)),
    *(("fool", 1), ("fool", 2), ("audit", 1), ("audit", 2), ("audit", 3), ("groups", 0)),
    *(("groups", 1), ("groups", 2), ("slices", 0), ("slices", 1)),
]


@pytest.mark.parametrize(("name", "place"), NAMED)
def test_strange_texts_are_answered_or_refused_in_one_sentence(page, tmp_path, name, place):
    from PIL import Image

    Image.new("RGB", (32, 32), "red").save(tmp_path / "red.png")
    (ask,) = {one.fn for one in page.fns.values() if one.api_name == name}
    usual = [str(tmp_path / "red.png") if one == "PICTURE" else one for one in USUAL[name]]
    for seed in [*range(12), 999]:
        values = [strange_text(seed) if at == place else one for at, one in enumerate(usual)]
        try:
            found = ask(*values)
        except gr.Error as error:
            said = error.message
            assert "\n" not in said
            assert len(said) < LONGEST + 10
            assert not re.search(r"NoneType|object has no|Traceback|invalid literal", said)
        else:
            said = str(found)
        said.encode()  # else it couldn't be sent
