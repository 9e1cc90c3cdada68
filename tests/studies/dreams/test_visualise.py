from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

import replearn
from replearn.core.errors import CapabilityError, InputError, ModelError, StoppedError
from replearn.encoders.registry import load_model
from replearn.studies.dreams.dream_choice import HELPS, USUAL, helps_without
from replearn.studies.dreams.gallery import gallery_targets, shipped_gallery
from replearn.studies.dreams.help_trials import LADDER, shipped_help_trials
from replearn.studies.dreams.judges import judged_by, judgement, judgements
from replearn.studies.dreams.visualise import visualise_growing

FEW = replearn.DreamChoice(steps=24)
TARGETS = {
    "imagenet": "balloon",
    "photo-clip": "a castle",
    "shapes-supervised": "torus",
    "shapes-bagnet": "torus",
    "shapes-clip": "a red torus",
    "emoji-clip": "a cat",
    "shapes-multiview": "cube",
}


@pytest.mark.slow
@pytest.mark.parametrize("model", TARGETS)
def test_a_picture_rises_towards_a_class_and_a_unit_in_every_model(model):
    side = load_model(model).preprocessing.crop
    dreams = list(visualise_growing(TARGETS[model], model, choice=FEW))
    assert [one.done for one in dreams] == [1, 8, 16, 24]
    assert dreams[-1].image.size == (side, side)
    assert dreams[-1].score > dreams[0].score
    assert len(dreams[-1].steps) == 5
    of_unit = replearn.visualise(model=model, unit=3, choice=FEW)
    assert of_unit.best_real is not None
    assert np.isfinite(of_unit.score)
    assert of_unit.judges == ()
    tower = load_model(model).tower()
    assert all(part.grad is None for part in tower.parameters())


@pytest.mark.slow
def test_a_seed_gives_the_same_picture_and_several_are_unlike_each_other():
    def drawn(**how):
        choice = replearn.DreamChoice(steps=16, **how)
        return replearn.visualise("torus", "shapes-supervised", choice=choice)

    first, again, other = drawn(), drawn(), drawn(seed=1)
    assert first.image.tobytes() == again.image.tobytes() != other.image.tobytes()
    several = drawn(count=3)
    assert len({one.tobytes() for one in several.images}) == 3


@pytest.mark.slow
@pytest.mark.parametrize("helps", LADDER)
def test_every_help_draws_something_that_the_network_is_sure_of(helps):
    choice = replearn.DreamChoice(helps, steps=96)
    found = replearn.visualise("torus", "shapes-supervised", choice=choice)
    own = [judge for judge in found.judges if judge.own]
    assert own[0].rank == 1
    assert len(found.judges) == 9
    assert found.to_dict()["judges"][0]["network"] == "shapes-supervised"


@pytest.mark.slow
def test_one_class_against_another_is_the_difference_of_their_scores():
    found = replearn.visualise("torus", "shapes-supervised", against="cube", choice=FEW)
    encoder = load_model("shapes-supervised")
    logits = encoder.logits([found.image])[0]
    names = encoder.class_names
    wanted = logits[names.index("torus")] - logits[names.index("cube")]
    assert found.score == pytest.approx(float(wanted), abs=0.02)
    assert "minus" in found.target


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"target": "unicorn"}, "no class called 'unicorn'"),
        ({"target": ""}, "Type what to look for"),
        ({"target": "cube", "unit": 3}, "not for both"),
        ({"unit": 5000}, "there is no 5000"),
        ({"unit": -1}, "there is no -1"),
        ({"unit": 3, "layer": "nowhere"}, "no layer 'nowhere'"),
        ({"target": "cube", "model": "nobody"}, "no model called"),
        ({"target": "cube", "model": "pixels"}, "pixels"),
    ],
)
def test_what_cannot_be_drawn_gets_a_sentence(asked, said):
    with pytest.raises((InputError, ModelError, CapabilityError), match=said):
        replearn.visualise(**{"model": "shapes-supervised", "choice": FEW, **asked})


@pytest.mark.parametrize(
    "wrong", [{"steps": 0}, {"steps": 5000}, {"count": 99}, {"helps": ("magic",)}]
)
def test_choices_out_of_range_get_a_sentence(wrong):
    with pytest.raises(InputError, match=r"Choose|There is no help"):
        replearn.DreamChoice(**wrong)


def test_helps_are_left_out_by_name():
    assert helps_without("") == USUAL
    assert helps_without("all") == ()
    assert helps_without("growing") == tuple(name for name in USUAL if name != "growing")
    assert set(USUAL) < set(HELPS)
    with pytest.raises(InputError, match="magic"):
        helps_without("magic")


def test_it_can_be_stopped():
    def stop(done, total, what):
        if done == 3:
            raise StoppedError("stopped")

    with pytest.raises(StoppedError):
        replearn.visualise("cube", "shapes-supervised", choice=FEW, progress=stop)


def test_a_judge_says_what_its_head_says():
    encoder = load_model("shapes-supervised")
    picture = Image.new("RGB", (80, 80), "red")
    found = judgement(encoder, picture, 2, own=False)
    logits = encoder.logits([picture])[0].astype(np.float64)
    probabilities = np.exp(logits) / np.exp(logits).sum()
    assert found.probability == pytest.approx(probabilities[2], abs=1e-4)
    assert found.answer == encoder.class_names[int(logits.argmax())]
    assert found.rank == 1 + sum(value > logits[2] for value in logits)


@pytest.mark.slow
def test_networks_judge_only_what_they_were_not_part_of():
    picture = Image.new("RGB", (80, 80), "red")
    names = [one.network for one in judgements(picture, "balloon", "imagenet")]
    assert names == ["imagenet", "imagenet-lite2"]
    # the same network looks through both, so that it is no judge
    assert [one.network for one in judgements(picture, "balloon", "photo-clip")] == [
        "imagenet-lite2"
    ]
    of_text = judgements(picture, "a small red striped torus", "shapes-clip")
    assert {one.asked for one in of_text} == {"torus"}
    assert "shapes-clip" not in {one.network for one in of_text}
    assert judgements(picture, "anything", "emoji-clip") == ()


@pytest.mark.slow
@pytest.mark.parametrize("model", ["imagenet", "shapes-supervised", "shapes-clip", "shapes-bagnet"])
def test_the_pictures_that_ship_are_what_is_said_of_them(model):
    ships, encoder = shipped_gallery(model), load_model(model)
    assert len(ships) == len(gallery_targets(encoder))
    for one in ships[:4]:
        for judge in one.judges:
            network = load_model(judge.network)
            index = network.class_names.index(judge.asked)
            # what ships went through a lossy file
            asked = judgement(network, one.image, index, judge.own)
            assert asked.probability == pytest.approx(judge.probability, abs=0.35)
    own = [judge for one in ships for judge in one.judges if judge.own]
    assert all(judge.rank == 1 for judge in own)


def test_the_trials_that_ship_count_what_they_say():
    found = shipped_help_trials()
    assert found is not None
    assert tuple(row.helps for row in found.rows) == LADDER
    assert all(row.first <= row.among_five <= row.n for row in found.rows)
    assert found.rows[0].n >= 20
    assert len(found.unit_ratios) >= 20
    # plain pixels are noise to another network, and helps help
    assert found.rows[0].among_five <= 2 < found.rows[-2].among_five
    assert shipped_help_trials("pixels") is None


@pytest.mark.slow
def test_a_model_to_compare_with_is_one_judge_more_or_says_why_not():
    found = shipped_gallery("shapes-supervised")[0]
    known = len(found.judges)
    assert judged_by(found, "shapes-moco") is found  # it is among them
    balloon = next(one for one in shipped_gallery("imagenet") if one.judges)
    own = judged_by(balloon, "imagenet").judges[0]
    (*before, more) = judged_by(replace(balloon, judges=(own,)), "imagenet-lite2").judges
    assert before == [own]
    assert (more.own, more.asked) == (False, own.asked)
    with pytest.raises(InputError, match="imagenet has no class called"):
        judged_by(found, "imagenet")
    with pytest.raises(InputError, match="no class that imagenet could be asked for"):
        judged_by(replace(found, judges=()), "imagenet")
    assert len(found.judges) == known
