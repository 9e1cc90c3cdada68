import numpy as np
import pytest

from replearn.data import load_dataset
from replearn.data.vocabularies import usual_dataset
from replearn.encoders.registry import load_model
from replearn.studies.dreams.kept_statistics import (
    SHIPPED,
    measured,
    statistics,
    statistics_path,
)


@pytest.mark.parametrize("model", ["shapes-supervised", "emoji-clip"])
def test_what_ships_is_what_the_pictures_have_in_common(model):
    assert model in SHIPPED
    data, encoder = load_dataset(usual_dataset(model)), load_model(model)
    assert statistics_path(data, encoder).is_file()
    ships, anew = statistics(model), measured(data, encoder)
    assert ships.side == encoder.preprocessing.crop
    for name in ("mean", "colours", "magnitudes"):
        np.testing.assert_allclose(getattr(ships, name), getattr(anew, name), atol=1e-5, rtol=1e-4)


def test_models_that_see_pictures_alike_share_what_ships():
    paths = {
        statistics_path(load_dataset(usual_dataset(name)), load_model(name))
        for name in ("shapes-supervised", "shapes-clip", "shapes-bagnet")
    }
    assert len(paths) == 1
