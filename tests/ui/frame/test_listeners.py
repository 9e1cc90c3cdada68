"""What the built page listens to, read from the page itself."""

import json
import re

import gradio as gr
import pytest

from replearn.core.settings import from_environment
from replearn.ui.frame.page import build_page

IMAGES = (gr.Image,)
PUBLIC = {
    "groups",
    "slices",
    "zero_shot",
    "explain",
    "embed",
    "neighbours",
    "project",
    "distort",
    "robustness",
    "decompose",
    "concepts",
    "unit",
    "visualise",
    "dream",
    "fool",
    "audit",
}


@pytest.fixture(scope="module")
def page():
    return build_page(from_environment())


@pytest.fixture(scope="module")
def listeners(page):
    return page.config["dependencies"]


def targets(listener):
    return [(identity, event) for identity, event in listener["targets"]]


def test_nobody_listens_to_an_images_change(page, listeners):
    # after an upload, gr.Image's change with several listeners is raised without end (Gradio 6.31)
    images = {i for i, block in page.blocks.items() if isinstance(block, IMAGES)}
    assert images
    heard = [one for one in listeners for i, event in targets(one) if i in images]
    assert heard  # the subject is listened to, by other events
    assert not [e for one in heard for i, e in targets(one) if i in images and e == "change"]


def test_only_the_page_itself_follows_the_subject(page, listeners):
    """A state that many requests follow would have closed tabs work for nobody."""
    following = [one for one in listeners if "replearn.changed(" in str(one["js"])]
    states = {i for one in following for i, _ in targets(one)}
    assert len(states) == 5  # picture, model, compare, dataset, question
    asking = [
        one
        for one in listeners
        if one["backend_fn"] and any(i in states for i, event in targets(one) if event == "change")
    ]
    assert asking == []


def test_a_place_follows_what_it_is_drawn_from_and_nothing_else(listeners):
    begin = next(str(one["js"]) for one in listeners if "replearn.begin(" in str(one["js"]))
    places = json.loads(re.search(r"begin\((\[.*\]), ", begin)[1])
    follows = {name: set(states) for name, _, states, *_ in places}
    assert follows["zero-shot"] == {"picture", "model", "compare", "question"}
    assert follows["distortions"] == {"picture", "model", "question"}
    assert follows["walk"] == {"picture", "model", "question", "dataset"}
    assert follows["curves"] == {"model", "compare", "dataset"}
    assert follows["map"] >= {"picture", "model", "dataset"}
    assert follows["predict"] == set()
    assert follows["parts"] == {"picture", "model", "question"}
    assert follows["concepts"] == {"picture", "model"}
    assert follows["filters"] == {"model"}


def figures(listeners, call):
    """Return the listeners of each figure that call a function of page.js."""
    found = {}
    for one in listeners:
        if match := re.search(rf"replearn\.{call}\((.*?)(\)|, \w)", str(one["js"] or "")):
            for name in re.findall(r'"([\w-]+)"', match[1])[: None if call == "touched" else 1]:
                found.setdefault(name, []).append(one)
    return found


def sets(drawing):
    return {i for one in drawing for i in one["outputs"]}


def test_every_input_of_every_figure_makes_it_old(page, listeners):
    touched, sent = figures(listeners, "touched"), figures(listeners, "sent")
    assert len(sent) > 15
    missing = []
    for name, drawing in sent.items():
        heard = {i for one in touched.get(name, []) for i, _ in targets(one)}
        # what a drawing sets itself follows it; so does what only changes how it is shown
        set_by_it = sets(drawing)
        for one in drawing:
            for i in one["inputs"]:
                block = page.blocks[i]
                if i in heard or i in set_by_it or block.elem_id in LOOKS:
                    continue
                if name == "distorted" and i in sets(sent["walk"]):
                    continue  # its path stands in the walk's figure
                if name == "walk" and block.elem_id == "level":
                    continue  # where on the path, not how the path goes
                missing.append((name, type(block).__name__, block.elem_id))
    assert missing == []


# how a thing is shown, redrawn at once
LOOKS = {"opacity", "colours", "threshold", "colour-by", "colour-words", "position"}


def test_every_drawing_says_when_it_is_done(listeners):
    sent, drawn = figures(listeners, "sent"), figures(listeners, "drawn")
    assert {name: len(some) for name, some in sent.items()} == {
        name: len(some) for name, some in drawn.items()
    }


def test_the_public_endpoints_are_those_of_the_readme(page):
    named = page.get_api_info()["named_endpoints"]
    assert {name.strip("/") for name in named} == PUBLIC


def test_buttons_have_names(page):
    unnamed = [
        block.elem_id
        for block in page.blocks.values()
        if isinstance(block, gr.Button) and not (block.value or block.elem_id)
    ]
    assert len(unnamed) <= len(PUBLIC)  # those of the endpoints, which are never shown
