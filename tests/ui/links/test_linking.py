from random import Random

from replearn.core.page_link import PageState, read_link
from replearn.ui.links.linking import Told, way_back


def test_two_answers_of_a_tab_tell_of_it_together_and_the_later_one_counts():
    first = PageState("parts", subject={"model": "imagenet"}, inputs={"target": "ear", "most": 5})
    later = PageState("parts", subject={"picture": "example/cat"}, inputs={"unit": 3})
    told = Told(later, frozenset({"picture", "frame", "unit", "most"}))
    found = told.after(first)
    assert found.subject == {"model": "imagenet", "picture": "example/cat"}
    assert found.inputs == {"target": "ear", "unit": 3}  # "most" is usual by now
    assert told.after(None) == later


def test_a_usual_state_needs_no_way_back_but_its_tab():
    assert way_back(PageState("parts", subject={})) == "tab=parts"
    kept = PageState("parts", subject={"model": "imagenet"})
    assert read_link(way_back(kept)) == kept
    noise = "".join(Random(0).choices("0123456789abcdef", k=200_000))
    assert not way_back(PageState("parts", subject={}, inputs={"labels": noise}))
