"""Answers and audits that ship are of today's weights and data."""

import numpy as np
import pytest

from replearn.data import load_dataset
from replearn.data.subset import Subset
from replearn.encoders.registry import load_model
from replearn.studies.groups.answers import answers_of
from replearn.studies.groups.shipped import VIEWS, shipped_answers
from replearn.studies.groups.shipped_audit import MODELS, TRAITS, shipped_audit

SHIPPED = [(view, model) for view, one in VIEWS.items() for model in one.models]


@pytest.mark.parametrize(("view", "model"), SHIPPED)
def test_shipped_answers_are_of_these_weights_and_pictures(view, model):
    found, data = shipped_answers(view, model), load_dataset(VIEWS[view].data)
    assert found.stamp.fingerprint == load_model(model).fingerprint
    assert found.classes == tuple(data.class_names)
    assert found.stamp.n == len(found.rows) == len(data)
    assert VIEWS[view].by in found.columns
    for row in range(0, len(found.rows), 97):
        sample = data[int(found.rows[row])]
        assert sample.label == found.truth[row]
        for name in found.columns.keys() & sample.meta.keys():
            assert found.columns[name].at(row) == sample.meta[name].strip()


@pytest.mark.slow
@pytest.mark.parametrize(("view", "model"), SHIPPED)
def test_asked_again_a_model_says_what_ships(view, model):
    data = load_dataset(VIEWS[view].data)
    rows = range(0, len(data), len(data) // 100)
    now, shipped = answers_of(Subset(data, rows), model), shipped_answers(view, model)
    same = now.said == shipped.said[list(rows)]
    # another processor may round a rendered edge otherwise
    assert same.mean() >= 0.98
    np.testing.assert_allclose(now.confidence[same], shipped.confidence[rows][same], atol=0.05)


@pytest.mark.parametrize("trait", TRAITS)
def test_shipped_audits_are_of_these_weights(trait):
    found = shipped_audit(trait)
    for model in MODELS:
        assert load_model(model).fingerprint[:6] in str(found.to_dict())
