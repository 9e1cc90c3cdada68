"""A link made without the page is the one that the page itself copies."""

import json

import pytest

import replearn
from replearn.cli import main
from replearn.core.page_link import PageState, read_link
from replearn.ui.frame.examples import example
from replearn.ui.frame.framing import CENTRE
from replearn.ui.links.inputs import linked_inputs
from replearn.ui.links.making import page_link

STATES = [
    PageState(
        "heat-maps",
        ("trust",),
        "trust-check",
        {"picture": "example:chelsea", "model": "imagenet", "dataset": "shapes"},
        {"target": "ear", "method": "grad-cam", "finer": True, "opacity": 0.25},
    ),
    PageState("zero-shot", inputs={"labels": "a cat\na dog", "null-on": False}, subject={}),
    PageState("dreams", ("fooling",), "fool", {"compare": "imagenet"}, {"labels": "ä\n<b>"}),
    PageState("matrix.shift", (), "", {}, {"drift-models": ["pixels"]}),
    PageState("models", subject={}),
]


def copied(page, answer, state):
    """Return what the page's own link has when a person set all this."""
    known = linked_inputs(page).values()
    told = state.subject
    place = {"tab": state.tab, "open": list(state.unfolded), "press": state.pressed}
    name = told.get("picture", "example:cheetah1").removeprefix("example:")
    photos = replearn.load_dataset("photos")
    index = [photo.id for photo in photos].index(name)
    found = answer(
        "link_copied",
        *(state.inputs.get(one.name, one.usual) for one in known),
        example(index),
        CENTRE,
        told.get("model", "photo-clip"),
        told.get("compare", "none"),
        told.get("dataset", "emoji"),
        json.dumps(place),
    )
    return found["where"]


@pytest.mark.parametrize("state", STATES, ids=[state.tab for state in STATES])
def test_it_is_the_pages_own_link_and_brings_back_the_state(page, answer, state):
    link = page_link(state, "https://example.org/course/")
    address, _, query = link.partition("?")
    assert address == "https://example.org/course/"
    assert read_link(query) == state
    assert query == copied(page, answer, state)


def test_what_is_usual_is_left_out_and_what_is_written_by_hand_is_spelt_as_the_page_has_it():
    usual = PageState("heat-maps", (), "", {"picture": "cheetah1", "compare": "none"})
    assert page_link(usual) == page_link(PageState("heat-maps"))
    assert read_link(page_link(usual).partition("?")[2]) == PageState("heat-maps", subject={})
    made = page_link(PageState("heat-maps", (), "", {"picture": "lion"}, {"target": 7}))
    state = read_link(made.partition("?")[2])
    assert (state.subject, state.inputs) == ({"picture": "example:lion"}, {"target": "7"})


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (PageState("heatmaps"), "no tab called 'heatmaps'; choose one of .*Did you mean heat-maps"),
        (PageState("shift"), "no tab called 'shift'; .*matrix.shift"),
        (
            PageState("parts", inputs={"unit": 3}),
            "no control in the tab parts called 'unit'",
        ),
        (PageState("parts", inputs={"opacity": 0.5}), "no control in the tab parts"),
        (PageState("parts", ("trust",)), "no panel in the tab parts called 'trust'; .*head-words"),
        (PageState("models", pressed="x"), "no button .* in the tab models .*; there is none"),
        (PageState("training", pressed="train"), "no button .* in the tab training"),
        (PageState("parts", subject={"picture": "cat.jpg"}), "no example picture .*chelsea, lion"),
        (PageState("parts", subject={"model": "resnet"}), "no model called 'resnet'; .*photo-clip"),
        (PageState("parts", subject={"dataset": "cifar"}), "no data set called 'cifar'; .*emoji"),
        (PageState("parts", subject={"modle": "pixels"}), "no part of the subject .*model"),
        (PageState("heat-maps", inputs={"opacity": 7}), "opacity can't be 7; .*from 0 to 1"),
        (
            PageState("map", inputs={"projection": "mds"}),
            "can't be 'mds'; it takes umap, tsne, pca",
        ),
        (PageState("map", inputs={"worst": 3}), "can't be 3; it takes true or false"),
    ],
)
def test_what_isnt_on_the_page_is_a_sentence_that_says_what_is(state, says):
    with pytest.raises(replearn.InputError, match=says):
        replearn.page_link(state)


def test_the_command_prints_the_link(capsys):
    asked = "link --tab heat-maps --picture chelsea --model imagenet --open trust --press "
    given = ["trust-check", "--set", "method=grad-cam", "opacity=0.25", "--set", r"labels=a\nb"]
    assert main([*asked.split(), *given, "--address", "http://10.0.0.7:80"]) == 0
    told = capsys.readouterr().out.strip()
    subject = {"picture": "chelsea", "model": "imagenet"}
    inputs = {"method": "grad-cam", "opacity": 0.25, "labels": "a\nb"}
    state = replearn.PageState("heat-maps", ("trust",), "trust-check", subject, inputs)
    assert told == replearn.page_link(state, "http://10.0.0.7:80")
    assert main(["link", "--tab", "nowhere"]) == 2
    assert capsys.readouterr().err.startswith("There is no tab called 'nowhere'")
    assert main(["link", "--tab", "map", "--address", "javascript:x"]) == 2
    assert "begins with http" in capsys.readouterr().err
