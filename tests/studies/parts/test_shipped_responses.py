"""Responses that ship: of these weights and data, and close to what is computed."""

import numpy as np
import pytest

from replearn.core.assets import asset_path
from replearn.core.auc import aucs_of_each
from replearn.core.errors import InputError
from replearn.data import load_dataset
from replearn.data.shapes.dataset import Shapes
from replearn.data.subset import Subset
from replearn.data.vocabularies import usual_dataset
from replearn.encoders.registry import load_model
from replearn.studies.answering import responses as looked_up
from replearn.studies.answering.kept_responses import (
    FOLDER,
    responses_path,
    shipped_responses,
    write_responses,
)
from replearn.studies.answering.layers import checked_layer
from replearn.studies.answering.responses import computed_responses
from replearn.studies.parts.units.build_responses import MODELS, build_responses

SOME = range(0, 1000, 5)


def last_layer_of(model):
    encoder, data = load_model(model), load_dataset(usual_dataset(model))
    return encoder, checked_layer(model, ""), data


@pytest.mark.parametrize("model", MODELS)
def test_every_table_is_of_these_weights_and_data(model):
    encoder, layer, data = last_layer_of(model)
    found = shipped_responses(encoder, layer, data)
    assert found is not None
    assert found.highest.shape == found.means.shape == found.cells.shape
    assert len(found.highest) == len(found.rows) == len(data)
    assert np.isfinite(found.highest).all()
    assert found.cells.max() < found.shape[0] * found.shape[1]


def test_no_table_is_left_over_and_together_they_are_small():
    expected = {responses_path(*last_layer_of(model)) for model in MODELS}
    there = set(asset_path(FOLDER).iterdir())
    assert there == expected
    assert sum(path.stat().st_size for path in there) < 6_500_000


@pytest.mark.parametrize("model", ["shapes-supervised", "shapes-clip"])
@pytest.mark.slow
def test_a_shipped_table_tells_what_is_computed(model):
    encoder, layer, data = last_layer_of(model)
    shipped = shipped_responses(encoder, layer, data)
    found = computed_responses(encoder, layer, Subset(data, SOME))
    highest = shipped.highest[SOME]
    # half precision: three digits of a response
    close = np.isclose(highest, found.highest, rtol=1e-3, atol=1e-3)
    # where processors round otherwise, a pixel of a rendered edge may fall to the other side, which
    # moves some responses of that picture a little
    assert close.mean() >= 0.995
    np.testing.assert_allclose(highest[~close], found.highest[~close], atol=0.05)
    assert (shipped.cells[SOME] == found.cells).mean() > 0.999
    solids = data.scenes(0, len(data)).labels("solid")[SOME]
    wanted = np.array([solids == number for number in range(8)])
    areas = [aucs_of_each(values, wanted) for values in (highest, found.highest)]
    np.testing.assert_allclose(areas[0], areas[1], atol=2e-3)
    # the six pictures at the top: the same, but for those whose responses are equal to three digits
    for unit in range(0, highest.shape[1], 16):
        sixth = np.sort(found.highest[:, unit])[-6]
        top = np.argsort(-highest[:, unit], kind="stable")[:6]
        assert (found.highest[top, unit] >= sixth - 1e-3 * max(1, abs(sixth))).all()


def test_other_data_are_never_answered_from_a_table():
    encoder, layer, _ = last_layer_of("shapes-supervised")
    assert shipped_responses(encoder, layer, Shapes(seed=1)) is None
    assert shipped_responses(encoder, "network.conv1", Shapes()) is None


def test_what_ships_is_looked_up_and_what_is_damaged_is_computed(monkeypatch, tmp_path):
    encoder, layer, data = last_layer_of("shapes-supervised")
    known = shipped_responses(encoder, layer, data)
    small = Shapes(size=40)
    monkeypatch.setenv("REPLEARN_ASSETS", str(tmp_path))
    path = responses_path(encoder, layer, small)
    write_responses(known, path)
    monkeypatch.setattr(looked_up, "_kept", {})
    monkeypatch.setattr(looked_up, "load_dataset", lambda _name: small)
    monkeypatch.setattr(looked_up, "load_model", lambda _name: encoder)
    monkeypatch.setattr(looked_up, "checked_layer", lambda _model, name: name)
    found = looked_up.responses("shapes-supervised", layer, "shapes")
    np.testing.assert_array_equal(found.highest, known.highest)
    path.write_bytes(b"cut off")
    assert shipped_responses(encoder, layer, small) is None


def test_a_model_of_which_nothing_ships_is_named():
    with pytest.raises(InputError, match="No responses of 'shapes-superviced' ship"):
        build_responses("shapes-superviced")
