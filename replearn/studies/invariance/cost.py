"""How long a measurement takes here: a few pictures are timed."""

import time
from collections.abc import Sequence

from PIL import Image

from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.studies.invariance.factors import factor_named
from replearn.studies.invariance.invariance import FIT, PICTURES

TRIED = 8  # pictures


def expected_seconds(dataset: str, factor: str, models: Sequence[str]) -> float:
    """Return about how long `invariance` takes on a data set, without its layers.

    Raises:
        InputError: there is no such data set, factor or model.
        OfflineError: the data set isn't on this computer.
    """
    data, levels = load_dataset(dataset), len(factor_named(factor).levels)
    n = min(PICTURES, len(data))
    passes = n * levels + min(FIT, max(0, len(data) - n))
    grey = [Image.new("RGB", (64, 64), "grey")] * TRIED
    seconds = 0.0
    for name in models:
        encoder = load_model(name)
        encoder.embed_pixels(encoder.preprocess(grey))  # the first call compiles
        start = time.perf_counter()
        encoder.embed_pixels(encoder.preprocess(grey))
        seconds += (time.perf_counter() - start) / TRIED * passes
    return seconds
