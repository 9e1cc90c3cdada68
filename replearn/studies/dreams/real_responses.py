"""The strongest response of each unit to real pictures: what a made one is measured by."""

import numpy as np

from replearn.data.vocabularies import usual_dataset
from replearn.results.stamp import Floats
from replearn.studies.answering.responses import responses


def real_responses(model: str, layer: str) -> Floats:
    """Return the highest mean response of each unit of a layer to real pictures, (c,).

    The pictures are those of the tab Parts: of the data set that suits the model.
    """
    return np.asarray(responses(model, layer, usual_dataset(model)).means.max(0), np.float32)
