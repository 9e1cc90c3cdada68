"""A learnt prior from Python and the command line, and the figures that ship."""

import json

import numpy as np
import pytest
from PIL import Image

import replearn
from replearn.cli import main
from replearn.core.errors import InputError
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.vocabulary import FACTORS
from replearn.plotting.dreams.prior_tables import PRIOR_COLUMNS, prior_origin, prior_rows
from replearn.studies.dreams.dream_choice import HELPS, WOBBLE
from replearn.studies.dreams.priors.known import opened_prior, priors_of, without_prior
from replearn.studies.dreams.priors.namers import by_head, by_prompts
from replearn.studies.dreams.priors.shipped import shipped_prior
from replearn.studies.dreams.priors.trials import rebuilt_pictures
from replearn.visualisations.decoders.folders import SHIPPED_DECODERS
from replearn.visualisations.decoders.opened import load_decoder

SHIPPED = list(SHIPPED_DECODERS.items())


@pytest.mark.slow
@pytest.mark.parametrize(("model", "name"), SHIPPED)
def test_a_class_is_drawn_by_the_prior_and_the_stamp_names_it(model, name):
    target = "a red torus" if model == "shapes-clip" else "torus"

    def drawn(seed):
        choice = replearn.DreamChoice(HELPS, steps=32, seed=seed, prior=name)
        return replearn.visualise(target, model, choice=choice)

    found, again, other = drawn(0), drawn(0), drawn(1)
    assert found.image.tobytes() == again.image.tobytes() != other.image.tobytes()
    assert found.image.size == (64, 64)
    assert found.stamp.settings["prior"] == name
    assert found.stamp.settings["helps"] == WOBBLE  # the others don't count
    assert name in str(found.stamp)
    assert found.judges
    begun = replearn.visualise(target, model, choice=replearn.DreamChoice(steps=1, prior=name))
    assert found.score > begun.score
    assert (
        "prior"
        not in replearn.visualise(
            target, model, choice=replearn.DreamChoice(steps=1)
        ).stamp.settings
    )


@pytest.mark.slow
def test_a_unit_and_several_at_once_are_drawn_by_it():
    choice = replearn.DreamChoice(steps=8, count=2, prior="shapes-supervised-decoder")
    found = replearn.visualise(model="shapes-supervised", unit=3, choice=choice)
    assert len({one.tobytes() for one in found.images}) == 2
    assert found.best_real is not None


def test_a_prior_of_another_model_and_none_at_all_get_a_sentence():
    with pytest.raises(InputError, match=r"makes pictures of shapes-clip's.*choose shapes-super"):
        opened_prior("shapes-supervised", "shapes-clip-decoder")
    with pytest.raises(InputError, match="photographs, many thousands"):
        opened_prior("shapes-bagnet", "shapes-clip-decoder")
    with pytest.raises(InputError, match="no decoder 'magic'"):
        opened_prior("shapes-clip", "magic")
    assert priors_of("shapes-bagnet") == ()
    assert "--set model=imagenet" in without_prior("imagenet")


@pytest.mark.slow
def test_the_command_draws_by_it(tmp_path, capsys):
    out = tmp_path / "torus.png"
    asked = ["visualise", "torus", "--model", "shapes-supervised", "--steps", "4", "--json"]
    asked += ["--prior", "shapes-supervised-decoder", "--out", str(out)]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["stamp"]["settings"]["prior"] == "shapes-supervised-decoder"
    assert Image.open(out).size == (64, 64)


@pytest.mark.slow
@pytest.mark.parametrize(("model", "name"), SHIPPED)
def test_the_figures_that_ship_are_those_of_the_weights_that_ship(model, name):
    found, strips = shipped_prior(model)
    assert found.decoder == name
    assert found.fingerprint == load_decoder(name).fingerprint
    once = found.rebuilt
    assert once.both <= min(once.solid, once.colour) <= once.n
    assert once.before > 0.9 * once.n
    assert {one.what for one in found.drawn} == (
        {"solid", "colour"} if model == "shapes-clip" else {"solid"}
    )
    assert {bool(one.prior) for one in found.drawn} == {True, False}
    assert all(model not in one.judges for one in found.drawn)
    rows = prior_rows(found)
    assert all(len(row) == len(PRIOR_COLUMNS) for row in rows)
    assert name in prior_origin(found)
    assert strips[0][1].size == (8 * 64, 64)
    # asked anew of a hundred pictures, its share lies near that of all
    data = Shapes("test", once.seed, 100)
    again = rebuilt_pictures(load_decoder(name), [data[row].image for row in range(100)])
    judge = by_prompts(once.judge, "solid") if once.judge == "shapes-clip" else by_head(once.judge)
    share = (judge(again) == data.scenes(0, 100).labels("solid")).mean()
    assert share == pytest.approx(once.solid / once.n, abs=0.12)


def test_no_figures_ship_for_other_models():
    assert shipped_prior("shapes-bagnet") is None


@pytest.mark.slow
def test_namers_name_what_was_rendered():
    data = Shapes("test", 5, 60)
    pictures = [data[row].image for row in range(60)]
    scenes = data.scenes(0, 60)
    for found, factor in (
        (by_head("shapes-supervised"), "solid"),
        (by_prompts("shapes-clip", "solid"), "solid"),
        (by_prompts("shapes-clip", "colour"), "colour"),
    ):
        named = found(pictures)
        assert (named == scenes.labels(factor)).mean() > 0.9
        assert set(np.unique(named)) <= set(range(len(FACTORS[factor])))
