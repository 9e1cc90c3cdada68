"""What is asked of the model that is compared with while a picture grows."""

from dataclasses import replace
from types import SimpleNamespace

import gradio as gr
import pytest
from PIL import Image

from replearn.results.dreams import Dream
from replearn.results.stamp import Stamp
from replearn.ui.dreams.compared_judge import compared_judge
from replearn.ui.dreams.viewer import dream_viewer
from replearn.ui.frame.subject_names import NO_COMPARISON
from replearn.ui.frame.turns import Turns

PICTURE = Image.new("RGB", (8, 8))
HALF = Dream(
    image=PICTURE,
    images=(PICTURE,),
    steps=(PICTURE,),
    target="cone",
    score=1.0,
    done=8,
    total=16,
    best_real=None,
    judges=(),
    stamp=Stamp("shapes-supervised", "0", 0.0, seed=0),
)


@pytest.fixture
def asked():
    """Return a viewer, and the components whose change sends the compared model a request."""
    with gr.Blocks() as page:
        view = dream_viewer()
        subject = SimpleNamespace(compare=gr.Dropdown([NO_COMPARISON]))
        compared_judge(Turns(), "dreams", subject, view, [])
    (judged,) = [one for one in page.fns.values() if one.name == "judged"]
    return view, {number for number, event in judged.targets if event == "change"}


def requests(view, asking, found):
    return [one for one in view.values(found) if one._id in asking]


def test_only_the_finished_picture_asks_it(asked):
    view, asking = asked
    growing = [requests(view, asking, replace(HALF, done=done)) for done in (1, 8, 15)]
    assert growing == [[], [], []]
    assert requests(view, asking, replace(HALF, done=16)) == [view.finished]


def test_an_emptied_viewer_forgets_the_finished_one(asked):
    view, _ = asked
    assert view.values(None)[view.finished] is None
