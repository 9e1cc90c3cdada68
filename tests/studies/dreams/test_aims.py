import numpy as np
import pytest

import replearn
from replearn.core.errors import CapabilityError, InputError
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.studies.answering.opened_network import as_tensor, opened
from replearn.studies.dreams.interpolate import interpolate_growing
from replearn.studies.dreams.visualise import visualise_growing

FEW = replearn.DreamChoice(steps=24)


@pytest.fixture(scope="module")
def scenes():
    data = load_dataset("shapes", split="test")
    return [data[i].image for i in (0, 5)]


def value(aim, model, picture):
    network = opened(model)
    shown = as_tensor(network.encoder.preview(picture))
    return network.value(aim.target(network).objective, shown)


@pytest.mark.slow
def test_a_head_is_what_the_parts_say_it_is(scenes):
    parts = replearn.decompose(scenes[0], "shapes-clip", "a red cube")
    shares = parts.scores("heads")
    for layer, head in ((0, 0), (3, 1)):
        aim = replearn.Aim.head(layer, head, "a red cube")
        found = value(aim, "shapes-clip", scenes[0])
        assert found == pytest.approx(float(shares[layer, head]), abs=1e-5)
    # its length over the whole vector's: the parts' vectors tell both
    head = parts.terms["heads"].values[3, 1]
    wanted = np.linalg.norm(head) / np.linalg.norm(parts.sum())
    assert value(replearn.Aim.head(3, 1), "shapes-clip", scenes[0]) == pytest.approx(
        float(wanted), rel=1e-4
    )


@pytest.mark.slow
def test_a_picture_is_drawn_for_a_head():
    dreams = list(
        visualise_growing(replearn.Aim.head(3, 1, "a red cube"), "shapes-clip", choice=FEW)
    )
    assert dreams[-1].score > dreams[0].score
    assert dreams[-1].target == "what layer 3, head 1 adds to the cosine with “a red cube”"
    assert dreams[-1].judges == ()
    tower = load_model("shapes-clip").tower()
    assert not any(part._forward_hooks for part in tower.modules())


@pytest.mark.slow
@pytest.mark.parametrize("model", ["shapes-supervised", "shapes-clip", "shapes-simclr", "imagenet"])
def test_a_direction_leads_from_one_picture_to_the_other(scenes, model):
    aim = replearn.Aim.between(*scenes)
    before, after = load_model(model).encode_image(scenes)
    apart = (after - before) / np.linalg.norm(after - before)
    # through the engine and through torch
    assert value(aim, model, scenes[0]) == pytest.approx(float(before @ apart), abs=2e-3)
    assert value(aim, model, scenes[1]) == pytest.approx(float(after @ apart), abs=2e-3)
    if model != "imagenet":
        dreams = list(visualise_growing(aim, model, choice=FEW))
        assert dreams[-1].score > dreams[0].score


def test_aims_add_and_scale(scenes):
    model = "shapes-supervised"
    torus, cube, unit = (
        replearn.Aim.text("torus"),
        replearn.Aim.text("cube"),
        replearn.Aim.unit(3),
    )
    of = {one: value(one, model, scenes[0]) for one in (torus, cube, unit)}
    mixed = torus - 0.5 * cube + unit * 2
    wanted = of[torus] - 0.5 * of[cube] + 2 * of[unit]
    assert value(mixed, model, scenes[0]) == pytest.approx(wanted, rel=1e-4)
    named = mixed.target(opened(model)).name
    assert named.startswith("logit of “torus” - 0.5 x logit of “cube” + 2 x unit 3 of ")
    taken_off = replearn.Aim.text("torus", against="cube")
    assert value(taken_off, model, scenes[0]) == pytest.approx(
        value(torus - cube, model, scenes[0]), rel=1e-4
    )
    assert value(-torus, model, scenes[0]) == pytest.approx(-of[torus], rel=1e-4)


@pytest.mark.parametrize(
    ("aim", "model", "kind", "said"),
    [
        (replearn.Aim.head(9, 0), "shapes-clip", InputError, "there is no layer 9, head 0"),
        (replearn.Aim.head(0, -1), "shapes-clip", InputError, "there is no layer 0, head -1"),
        (replearn.Aim.head(0, 0), "shapes-supervised", CapabilityError, "attention heads"),
        (replearn.Aim(()), "shapes-supervised", InputError, "Say what to draw"),
        (replearn.Aim.text("unicorn"), "shapes-supervised", InputError, "no class called"),
    ],
)
def test_what_is_not_there_gets_a_sentence(aim, model, kind, said):
    with pytest.raises(kind, match=said):
        replearn.visualise(aim, model, choice=FEW)


def test_two_pictures_of_the_same_vector_have_no_direction(scenes):
    with pytest.raises(InputError, match="same vector"):
        replearn.visualise(replearn.Aim.between(scenes[0], scenes[0]), "shapes-supervised")
    with pytest.raises(InputError, match="an aim or for a unit"):
        replearn.visualise(replearn.Aim.text("cube"), "shapes-supervised", unit=3)


@pytest.mark.slow
@pytest.mark.parametrize("helps", [("moved and turned",), replearn.DreamChoice().helps])
def test_a_row_leads_from_one_target_to_the_other(helps):
    choice = replearn.DreamChoice(helps, steps=48)
    grown = list(interpolate_growing("torus", "cube", "shapes-supervised", count=3, choice=choice))
    found = grown[-1]
    assert [one.done for one in grown] == [1, 8, 16, 24, 32, 40, 48]
    assert found.shares == (0, 0.5, 1)
    assert len(found.images) == len(found.scores) == 3
    firsts, seconds = zip(*found.scores, strict=True)
    assert firsts[0] > firsts[1] > firsts[2]
    assert seconds[0] < seconds[1] < seconds[2]
    logits = load_model("shapes-supervised").logits(list(found.images))
    at = load_model("shapes-supervised").class_names.index("torus")
    np.testing.assert_allclose(logits[:, at], firsts, atol=0.1)
    # the ends are what each target makes by itself of the same noise
    assert found.to_dict()["steps"] == 48
    with pytest.raises(InputError, match="pictures for a row"):
        replearn.interpolate("torus", "cube", "shapes-supervised", count=1)


@pytest.mark.parametrize("helps", [(), replearn.DreamChoice().helps])
def test_pictures_of_a_row_differ_by_nothing_but_what_they_are_made_for(helps):
    choice = replearn.DreamChoice(helps, steps=3)
    row = replearn.interpolate("torus", "torus", "shapes-supervised", count=3, choice=choice)
    levels = [np.asarray(picture).astype(int) for picture in row.images]
    assert max(np.abs(one - levels[0]).max() for one in levels) <= 1  # of rounding
