"""Every shipped model says which parts its answer is the sum of, or why it has none."""

import numpy as np
import pytest

from replearn.core.errors import CapabilityError
from replearn.data import load_dataset
from replearn.encoders.lab import DICTIONARIES, SHIPPED
from replearn.encoders.registry import ENCODERS, load_model
from replearn.studies.parts.decompose import decompose, no_parts
from replearn.studies.parts.filters import filters
from replearn.studies.parts.words import concepts, head_texts

pytestmark = pytest.mark.slow

NAMES = [*ENCODERS, *SHIPPED, *DICTIONARIES]
WITH_HEADS = {"shapes-clip", "emoji-clip"}


@pytest.fixture(scope="module")
def picture():
    return load_dataset("shapes")[3].image


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_add_up_or_a_sentence_says_why_there_are_none(name, picture):
    encoder = load_model(name)
    why = no_parts(encoder)
    if why:
        assert name not in WITH_HEADS
        with pytest.raises(CapabilityError, match=r"imagenet|shapes-clip"):
            decompose(picture, name)
        return
    target = "a red cube" if "text" in encoder.card.capabilities else ""
    found = decompose(picture, name, target)
    assert found.main == ("heads" if name in WITH_HEADS else "channels")
    tower = encoder.tower() if target or "logits" in encoder.card.capabilities else None
    if tower is not None:
        wanted = encoder.outputs(encoder.preprocess([picture]))[0]
        error = np.linalg.norm(found.sum() - wanted) / np.linalg.norm(wanted)
        assert error < 2e-3  # the engine's own arithmetic; in torch alone it is 1e-4
    shares = sum(float(found.scores(term).sum()) for term in found.terms)
    assert shares == pytest.approx(found.score, abs=1e-4 * max(1, abs(found.score)))
    assert found.maps.shape[:-2] == found.terms[found.main].values.shape[:-1]


@pytest.mark.parametrize("name", NAMES)
def test_the_first_filters_are_shown_or_a_sentence_says_why_not(name):
    if name == "pixels":
        with pytest.raises(CapabilityError, match="imagenet and the shapes networks have"):
            filters(name)
        return
    found = filters(name)
    assert found.pictures.shape == found.untrained.shape
    assert (found.pictures != found.untrained).any()


def test_models_without_text_or_heads_are_told_so(picture):
    with pytest.raises(CapabilityError, match="choose shapes-clip"):
        concepts(picture, "imagenet")
    with pytest.raises(CapabilityError, match="shapes-clip, emoji-clip"):
        head_texts("photo-clip")
