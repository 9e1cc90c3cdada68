"""The panel's own words, and that a stop reaches a run that is going."""

from types import SimpleNamespace

import pytest

from replearn.results.training import Reading, Reveal
from replearn.ui.training import predict_panel


def found(predicted):
    readings = (Reading("low", 0.2, 0.1, 0.3, 400), Reading("high", 0.6, 0.5, 0.7, 400))
    return Reveal("Which?", ("low", "high"), predicted, 1, readings, "share", "High.", "seed 0", 1)


@pytest.mark.parametrize(("predicted", "said"), [(1, "high**, as you"), (0, "high**, not as you")])
def test_the_verdict_says_whether_it_was_predicted(predicted, said):
    text = predict_panel._verdict(found(predicted))
    assert said in text
    assert "0.60 [0.50, 0.70] (n = 400)" in text
    assert "Expected: High." in text


def test_a_stop_ends_the_run_of_its_own_session_alone(answer, monkeypatch):
    steps = []

    def reveal(name, choice, told):
        for step in range(5):
            told(step, 5, "steps")
            steps.append(step)
            if step == 1:
                predict_panel._stops.wish(SimpleNamespace(session_hash="another"))
            if step == 2:
                predict_panel._stops.wish(SimpleNamespace(session_hash="mine"))
        return found(0)

    monkeypatch.setattr("replearn.studies.training.predict.reveal", reveal)
    mine = SimpleNamespace(session_hash="mine")
    shown = answer("revealed", "labels", 0, mine, lambda *args, **kwargs: None)
    assert shown == {"predict-notice": "Stopped; nothing was measured."}
    assert steps == [0, 1, 2]
    unasked = answer("revealed", "labels", None, mine)
    assert unasked == {"predict-notice": "Say first what you expect."}
