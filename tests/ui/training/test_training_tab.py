"""What the training tab answers, without a browser."""

import pytest

from replearn.ui.training.loss_panel import LOSSES


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


def test_an_experiment_is_asked(answer):
    found = answer("experiment_asked", "labels")
    assert found["verdict"] == ""
    assert found["predict-notice"] is None
    assert {"prediction", "reveal", "reveal-bars", "reveal-stamp"} <= set(found)


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
