"""What the training tab answers, without a browser."""

import pytest

from replearn.training import configured
from replearn.ui.training.knobs import (
    RECIPE_NAMES,
    fitting,
    setting_names,
    settings_of,
    usual_values,
)
from replearn.ui.training.loss_panel import LOSSES
from replearn.ui.training.run_panel import run_choices


def test_a_shipped_run_is_shown_and_the_lists_of_models_are_renewed(answer):
    found = answer("looked", "shapes-supcon", 1, 0, "photo-clip")
    assert found["run-curve"]["traces"]
    assert "shapes-supcon" in found["training-stamp"]["text"]
    assert {"model", "compare", "round", "similarity", "round-map"} <= set(found)
    assert found["training-notice"] is None


def test_a_run_that_is_not_there_leaves_the_curve_and_stops_asking(answer):
    found = answer("looked", "no-such-run", 1, 0, "photo-clip")
    assert "no-such-run" in found["training-notice"]
    assert "run-curve" not in found
    assert answer("continued", "no-such-run").keys() == {"training-notice"}


def test_strangers_train_nothing_unless_they_may(answer, monkeypatch, tmp_path):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path))
    run = tmp_path / "runs" / "the-owners"
    run.mkdir(parents=True)
    (run / "recipe.json").write_text('{"recipe": "SimClr"}')
    assert ("the-owners", "the-owners") in run_choices("shapes-supcon").choices
    monkeypatch.setenv("REPLEARN_TRAINING", "0")
    values = ("supcon", "shapes-easy", "augment", 0.1, 0.3, 0.5, 0.2, 0.5, 0.0, "", 64, 32, 8, 1, 0)
    said = answer("started", "mine", *values)["training-notice"]
    assert "its owner can allow it with --training" in said
    assert not (tmp_path / "runs" / "mine").exists()
    assert "--training" in answer("continued", "the-owners")["training-notice"]
    assert ("the-owners", "the-owners") not in run_choices("shapes-supcon").choices
    assert "no run called" in answer("looked", "the-owners", 1, 0, "photo-clip")["training-notice"]
    assert "no run called" in answer("played", "the-owners", "nothing")["recording-notice"]


def test_an_experiment_is_asked(answer):
    found = answer("experiment_asked", "labels", None, None)
    assert found["verdict"] == ""
    assert found["prediction"].value is None
    assert found["predict-notice"] is None
    assert {"prediction", "reveal", "reveal-bars", "reveal-stamp"} <= set(found)


def test_what_a_link_predicted_stays_and_another_experiment_asks_anew(answer):
    assert answer("experiment_asked", "labels", None, 1)["prediction"].value == 1
    assert answer("experiment_asked", "labels", "labels", 1)["prediction"].value == 1
    assert answer("experiment_asked", "labels", "crops", 1)["prediction"].value is None
    assert answer("experiment_asked", "labels", None, 99)["prediction"].value is None


def test_a_column_to_draw_evenly_by_is_sent():
    values = ("supcon", "emoji-people", "augment", 0.1, 0.3, 0.5, 0.2, 0.5, 0.0)
    _, settings = settings_of((*values, " skin tone ", 64, 32, 8, 50, 0))
    assert settings["balance"] == "skin tone"


@pytest.mark.slow
def test_a_batch_is_opened_and_explored(answer):
    found = answer("batch_opened", LOSSES[1], "photo-clip", 0, 0.1)
    assert len(found["explorer-batch"]) == 8
    assert "never read captions" in found["explorer-stamp"]["text"]
    again = answer("explored", LOSSES[1], 0, 0.1, found["state"])
    assert again["explorer-formula"] == found["explorer-formula"]
    assert answer("explored", LOSSES[0], 0, 0.1, None) == {}
    refused = answer("batch_opened", LOSSES[0], "no-such-model", 0, 0.1)
    assert refused.keys() == {"explorer-notice"}


@pytest.mark.parametrize("recipe", RECIPE_NAMES)
def test_only_the_knobs_that_a_recipe_has_are_shown_and_sent(recipe):
    values = (recipe, "shapes", "augment", 0.1, 0.3, 0.5, 0.2, 0.5, 0.0, "", 64, 32, 8, 50, 0)
    called, settings = settings_of(values)
    has = setting_names(recipe)
    assert configured(called, settings)
    assert set(settings) <= has
    shown = fitting(recipe)
    assert {name for name, update in shown.items() if update["visible"]} == has & set(shown)
    assert shown["temperature"]["value"] == usual_values(recipe)["temperature"]


def test_a_recipe_whose_pictures_stay_as_they_are_has_no_views_to_show(answer):
    values = ("lit", "shapes", "augment", 0.1, 0.3, 0.5, 0.2, 0.5, 0.0, "", 64, 32, 8, 50, 0)
    found = answer("previewed", *values)
    assert found["views"] == []
    assert found["training-notice"] is None
