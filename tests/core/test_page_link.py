"""A link brings back what it was made of, and a damaged one says so."""

import base64
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replearn.core.errors import InputError
from replearn.core.page_link import DAMAGED, PageState, link_query, read_link

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=8,
)
NAMES = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=12)
SETTINGS = st.dictionaries(NAMES, VALUES)


@settings(deadline=None)  # no test asserts a time
@given(
    st.none() | st.dictionaries(NAMES, VALUES),
    st.dictionaries(NAMES, VALUES),
    st.lists(NAMES),
    NAMES,
)
def test_a_link_brings_back_what_it_was_made_of(subject, inputs, unfolded, tab):
    state = PageState(tab, tuple(unfolded), "", subject, inputs)
    assert read_link(link_query(state)) == state
    assert read_link("?" + link_query(state)) == state


def test_where_to_go_is_readable_and_what_is_usual_is_short():
    assert link_query(PageState("parts")) == "tab=parts"
    query = link_query(PageState("dreams", ("fooling",), "fool-run", {"model": "imagenet"}))
    assert query.startswith("tab=dreams&open=fooling&press=fool-run&state=")
    assert len(query) < 120


def packed(text: bytes) -> str:
    return "state=" + base64.urlsafe_b64encode(zlib.compress(text)).decode()


@pytest.mark.parametrize(
    "query",
    [
        "state=!!!",
        "state=eJx",
        link_query(PageState(inputs={"labels": "a cat\na dog"}))[:-6],
        packed(b"[1]"),
        packed(b'{"inputs": 3}'),
        packed(b"no json"),
        packed(b'{"inputs": {"x": "' + b"a" * (1 << 21) + b'"}}'),
        packed(b"[" * 100_000),
    ],
)
def test_a_damaged_link_says_so(query):
    with pytest.raises(InputError, match="damaged") as error:
        read_link(query)
    assert str(error.value) == DAMAGED


def test_a_link_of_too_much_text_is_refused_both_ways():
    import random

    noise = "".join(random.Random(0).choices("abcdefghijklmnop0123456789", k=120_000))
    with pytest.raises(InputError, match="too much text"):
        link_query(PageState(inputs={"labels": noise}))
    with pytest.raises(InputError, match="longer than any"):
        read_link("state=" + noise)
