"""Labels, prompts and names as nobody means them."""

import pytest

from replearn.data import load_dataset
from replearn.data.labels import fill, parse_labels, parse_templates
from replearn.data.lexicon.lookup import read, senses
from replearn.encoders.names import canonical
from replearn.encoders.registry import load_model
from tests.fuzz.asked import asked
from tests.fuzz.texts import strange_text

TEXTS = 2000


def test_two_thousand_texts_are_labels_or_are_refused(times, bounded):
    for seed in range(TEXTS * times):
        text = strange_text(seed)
        if asked(lambda text=text: parse_labels(text)) is None:
            for name in parse_labels(text).names:
                name.encode()
                assert name.isprintable() or "\u200d" in name or not name.isascii()
                senses(name)
                read(name)
        if asked(lambda text=text: parse_templates(text)) is None:
            assert fill(parse_templates(text)[0], "cat").count("cat") >= 1


@pytest.mark.slow
def test_names_of_data_sets_and_models_that_are_none(times):
    canonical("cat")  # what it imports takes its time, once
    load_model("pixels")
    for seed in range(200 * times):
        text = strange_text(seed)
        assert asked(lambda text=text: load_dataset(text)) is not None
        asked(lambda text=text: canonical(text))
    for prefix in ("run:", "shapes-", "imagenet"):
        for seed in range(20):
            name = prefix + strange_text(seed)
            assert asked(lambda name=name: load_model(name)) is not None


@pytest.mark.slow
def test_labels_that_are_left_are_encoded(times):
    encoder = load_model("emoji-clip")
    names = {name for seed in range(60 * times) for name in parsed(strange_text(seed))}
    vectors = encoder.encode_text(sorted(names))
    assert vectors.shape[0] == len(names)
    assert abs((vectors**2).sum(1) - 1).max() < 1e-3


def parsed(text: str) -> tuple[str, ...]:
    return parse_labels(text).names if asked(lambda: parse_labels(text)) is None else ()
