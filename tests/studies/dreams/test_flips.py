import numpy as np
import pytest
import torch
from PIL import Image

import replearn
from replearn.core.errors import CapabilityError, InputError, StoppedError
from replearn.core.question import Question
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.studies.answering.opened_network import as_tensor, opened
from replearn.studies.dreams.choices import choices, usual_answer
from replearn.studies.dreams.evolve import EvolveChoice, evolve_growing
from replearn.studies.dreams.smallest_change import CLOSE, least

MODEL = "shapes-supervised"


@pytest.fixture(scope="module")
def scene():
    return load_dataset("shapes", split="test")[3].image


@pytest.mark.parametrize("edge", [0.02, 0.24, 0.25, 0.3, 1.0, 3.7, 30.0])
def test_the_least_number_is_found_by_doubling_and_halving(edge):
    asked = []

    def succeeds(number):
        asked.append(number)
        return number >= edge

    found = least(succeeds, 0.25, 32)
    assert edge <= found <= edge * (1 + 2 * CLOSE) + 0.01
    assert len(asked) == len(set(asked)) <= 16


def test_beyond_the_widest_bound_nothing_is_asked():
    asked = []

    def fails(number):
        asked.append(number)
        return False

    assert least(fails, 0.25, 3) is None
    assert asked == [0.25, 0.5, 1, 2, 3]


@pytest.mark.slow
def test_the_smallest_change_flips_the_answer_and_a_slightly_smaller_one_does_not(scene):
    found = replearn.smallest_change(scene, MODEL)
    assert found.before != found.after
    assert found.epsilon is not None
    flipped = [one.epsilon for one in found.tried if one.flipped]
    failed = [one.epsilon for one in found.tried if not one.flipped]
    assert min(flipped) == found.epsilon
    assert not failed or max(failed) < found.epsilon <= max(failed) * (1 + 2 * CLOSE)
    assert 0 < found.mean_levels <= found.epsilon
    # what it says was seen is what the network says of the file
    encoder = load_model(MODEL)
    answer = encoder.class_names[int(encoder.logits([found.image])[0].argmax())]
    assert answer == found.saved
    assert found.to_dict()["tried"][0] == {
        "epsilon": 0.25,
        "flipped": found.tried[0].flipped,
        "steps": found.tried[0].steps,
    }


@pytest.mark.slow
def test_a_class_of_ones_own_takes_at_least_as_wide_a_bound(scene):
    anything = replearn.smallest_change(scene, MODEL)
    names = load_model(MODEL).class_names
    target = next(name for name in names if name not in (anything.before, anything.after))
    wanted = replearn.smallest_change(scene, MODEL, target, most=64)
    assert wanted.after == target
    assert wanted.epsilon >= anything.epsilon * (1 - CLOSE)
    with pytest.raises(InputError, match=r"says .* already"):
        replearn.smallest_change(scene, MODEL, anything.before)


@pytest.mark.slow
def test_labels_flip_too_and_nothing_flips_within_nothing(scene):
    question = Question(("a cube", "a torus", "a ball"))
    found = replearn.smallest_change(scene, "shapes-clip", question=question)
    assert {found.before, found.after} <= {"a cube", "a torus", "a ball"}
    assert found.before != found.after
    one = replearn.smallest_change(scene, MODEL, most=0.25, steps=1)
    assert len(one.tried) >= 1
    if one.epsilon is None:
        assert one.before == one.after


@pytest.mark.parametrize("wrong", [{"most": 0}, {"most": float("nan")}, {"steps": 0}])
def test_bounds_out_of_range_get_a_sentence(wrong):
    with pytest.raises(InputError, match="grey levels and 1 to"):
        replearn.smallest_change(Image.new("RGB", (64, 64)), MODEL, **wrong)


def test_the_margin_is_the_gap_to_the_best_other_answer(scene):
    network = opened(MODEL)
    known = choices(network.encoder, "torus")
    with torch.inference_mode():
        outputs = network.tower(network.normalise(as_tensor(network.encoder.preview(scene))))
    logits = outputs[0].numpy()
    at = network.encoder.class_names.index("torus")
    wanted = logits[at] - np.delete(logits, at).max()
    assert float(known.margin(outputs)[0]) == pytest.approx(float(wanted), rel=1e-5)
    assert known.turned_to(outputs).wanted == int(logits.argmax())
    assert float(known.turned_to(outputs).margin(outputs)[0]) > 0


def test_the_usual_answer_is_one_that_the_model_can_give():
    assert usual_answer(load_model(MODEL)) in load_model(MODEL).class_names
    assert usual_answer(load_model("shapes-clip"), Question(("a", "b"))) == "b"
    assert usual_answer(load_model("shapes-clip")) == ""
    assert usual_answer(load_model("pixels")) == ""


@pytest.mark.slow
def test_patterns_evolve_towards_a_class_and_never_get_worse():
    choice = EvolveChoice(generations=4, enough=0.999999)
    grown = list(evolve_growing("torus", MODEL, choice=choice))
    assert len(grown) == len(grown[-1].probabilities) <= 4
    last = grown[-1]
    assert list(last.probabilities) == sorted(last.probabilities)
    assert last.evaluations == 48 + 24 * (len(grown) - 1)
    assert [one.undone for one in grown[:-1]] == [()] * (len(grown) - 1)
    assert last.undone[0].probability == pytest.approx(last.probabilities[-1], abs=0.05)
    again = replearn.evolve("torus", MODEL, choice=choice)
    assert again.image.tobytes() == last.image.tobytes()
    # left to itself it goes where the first generation is surest already
    free = replearn.evolve("", MODEL, choice=EvolveChoice(generations=1))
    assert free.target in load_model(MODEL).class_names
    assert free.probabilities[0] >= grown[0].probabilities[0]


def test_evolution_out_of_range_gets_a_sentence():
    with pytest.raises(InputError, match="generations"):
        EvolveChoice(generations=0)
    with pytest.raises(InputError, match="probability"):
        EvolveChoice(enough=1)
    with pytest.raises(InputError, match="no class called"):
        replearn.evolve("unicorn", MODEL)
    with pytest.raises(CapabilityError):
        replearn.evolve("", "pixels")


def test_evolution_can_be_stopped():
    def stop(done, total, what):
        raise StoppedError("stopped")

    with pytest.raises(StoppedError):
        replearn.evolve("torus", MODEL, progress=stop)
