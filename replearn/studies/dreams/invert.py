"""Which pictures give the same responses? What a layer has kept, and what it has forgotten."""

import time
from itertools import combinations

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.data.images import open_image
from replearn.encoders.base import Picture
from replearn.results.dreams import Inversion
from replearn.results.stamp import Stamp
from replearn.studies.answering.layers import checked_layer
from replearn.studies.answering.opened_network import as_picture, as_tensor, opened
from replearn.studies.dreams.kept_statistics import statistics

MOST_STEPS = 1024


def invert(
    image: Picture,
    model: str = "imagenet",
    layer: str = "",
    *,
    steps: int = 160,
    starts: int = 2,
    seed: int = 0,
    progress: Progress = silent,
) -> Inversion:
    """Look for pictures that a layer can't tell from this one.

    Mahendran and Vedaldi 2015 (https://arxiv.org/abs/1412.0035), with the frequencies and colours
    of Olah et al. 2017 in place of their penalty for rough pictures.

    Args:
        image: a PIL picture, a path, or an array or tensor.
        model: the network.
        layer: whose responses are to be the same; left out, the last.
        steps: of gradient ascent.
        starts: how many starting points: what they don't agree about, the layer leaves free.
        seed: of the first.
        progress: told before each step; may raise `StoppedError`.

    Raises:
        InputError: the picture can't be opened, there is no such layer, or a number is out of
            range.

    Example:
        >>> invert("cat.jpg", "imagenet", "blocks.2").images[0].save("inverted.png")
    """
    import torch

    from replearn.visualisations.ascent import AscentSettings, ascend
    from replearn.visualisations.objectives import SameResponses, seen_by
    from replearn.visualisations.parametrisations import Frequencies

    start = time.perf_counter()
    if not 1 <= steps <= MOST_STEPS or not 1 <= starts <= 4:
        raise InputError(f"Choose 1 to {MOST_STEPS:,} steps and 1 to 4 starting points.")
    network = opened(model)
    place = checked_layer(model, layer)
    seen = network.encoder.preview(open_image(image))
    with torch.inference_mode():
        pixels = network.normalise(as_tensor(seen).to(network.tower.device))
        wanted = seen_by(network.tower, pixels, [place])[place].clone()
    objective = SameResponses(place, wanted)
    # the starts stand in one batch, each with noise of its own
    generator = torch.Generator().manual_seed(seed)
    begun = Frequencies.drawn(starts, network.side, statistics(model), generator)
    settings = AscentSettings(steps, 0.05, None, (network.side,), every=steps)
    tower = network.climbed(objective)
    last = None
    for last in ascend(  # noqa: B007  (only where it ends counts)
        tower, objective, begun, settings, network.normalise, generator, progress
    ):
        pass
    assert last is not None  # there is a step at least
    images = tuple(as_picture(one) for one in last.pictures)
    distances = tuple(-network.value(objective, as_tensor(one)) for one in images)
    levels = [np.asarray(one, np.float32) for one in images]
    gaps = [float(np.abs(one - other).mean()) for one, other in combinations(levels, 2)]
    stamp = Stamp(
        network.encoder.name,
        network.encoder.fingerprint,
        time.perf_counter() - start,
        seed=seed,
        settings={"layer": place, "steps": steps},
    )
    apart = float(np.mean(gaps)) if gaps else 0.0
    return Inversion(place, seen, images, distances, apart, stamp)
