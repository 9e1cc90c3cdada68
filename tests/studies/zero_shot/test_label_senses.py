"""Which senses labels were taken for, and the labels box after another was chosen."""

import pytest

from replearn.data.lexicon import read, with_sense
from replearn.encoders.registry import load_model
from replearn.studies.zero_shot.label_senses import MOST, label_senses
from replearn.ui.zero_shot.senses import senses_value, with_chosen_sense


@pytest.fixture(scope="module")
def encoder():
    return load_model("photo-clip")


def test_a_doubtful_label_comes_first_and_every_sense_can_be_chosen(encoder):
    found = label_senses(encoder, ["lion", "cheetah", "crane", "scooter", "unheardof"])
    assert [one.label for one in found] == ["crane", "scooter", "lion"]
    assert found[0].doubtful
    assert [sense.hint for sense in found[0].senses] == ["wading bird", "lifting device"]
    for one in found:
        assert one.senses[0] == read(one.label)[0].sense
        for sense in one.senses[1:]:
            assert read(with_sense(one.label, sense))[0].sense == sense


def test_a_sense_that_the_label_names_is_chosen_and_no_longer_doubtful(encoder):
    (found,) = label_senses(encoder, ["Crane (wading bird)"])
    assert (found.noun, found.chosen, found.doubtful) == ("Crane", True, False)
    assert found.senses[0].hint == "wading bird"


@pytest.mark.parametrize("label", ["crane bird", "a (b) crane", "crane (", "(", "crane ()", "🦩"])
def test_odd_labels_are_told_or_left_out(encoder, label):
    for one in label_senses(encoder, [label]):
        assert one.label == label


def test_the_list_ends_somewhere(encoder):
    many = [f"crane number {number} and a mouse" for number in range(500)]
    assert len(label_senses(encoder, many)) <= MOST


def test_models_that_look_nothing_up_have_no_chips():
    assert label_senses(load_model("imagenet"), ["crane"]) == ()
    assert senses_value("imagenet", ["crane"]) is None
    assert senses_value("photo-clip", ["cheetah"]) is None


def test_a_chosen_sense_is_written_behind_its_label_alone():
    (chip,) = senses_value("photo-clip", ["crane"])
    bird, device = (sense["wnid"] for sense in chip["senses"])
    text = "<b>x</b>\ncrane\ncrane tower"
    assert with_chosen_sense(text, "crane", bird) == "<b>x</b>\ncrane (wading bird)\ncrane tower"
    chosen = "crane (wading bird)"
    assert with_chosen_sense(chosen, chosen, device) == "crane (lifting device)"
    assert with_chosen_sense("tower", "crane", bird) is None
    assert with_chosen_sense("crane", "crane", "n00000000") is None
    assert with_chosen_sense("", "crane", bird) is None
