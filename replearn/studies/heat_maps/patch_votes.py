"""What do patches alone tell? A network of small patches beside one that sees the whole.

Brendel and Bethge 2019, https://arxiv.org/abs/1904.00760.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.encoders.base import Picture
from replearn.encoders.registry import load_model
from replearn.encoders.small.bagnet_patches import PATCH, STRIDE
from replearn.results.heat_map import HeatMap
from replearn.studies.answering.own_head import own_answer
from replearn.studies.heat_maps.explain import explain

MODEL = "shapes-bagnet"


@dataclass(frozen=True, eq=False)
class PatchVotes:
    """Each patch's vote for one class.

    Attributes:
        heat_map: its cells are patches; they add up to the logit.
        strongest: (k, PATCH, PATCH, 3) the patches that speak most for it.
        votes: (k,) their shares of the logit, in logits.
    """

    heat_map: HeatMap
    strongest: npt.NDArray[np.uint8]
    votes: npt.NDArray[np.float32]


def patch_votes(image: Picture, target: str = "", k: int = 6) -> PatchVotes:
    """Return how the patches of a picture vote, exactly.

    Args:
        image: the picture.
        target: a solid; empty takes the network's own answer.
        k: how many of the strongest patches are cut out.

    Raises:
        InputError: the picture can't be opened, or there is no such solid.
    """
    target = target or own_answer(load_model(MODEL), image).top(1)[0][0]
    heat_map = explain(image, target, model=MODEL, method="cam")
    order = np.argsort(-heat_map.values, axis=None, kind="stable")[:k]
    rows, columns = np.unravel_index(order, heat_map.values.shape)
    cut = [
        heat_map.picture[STRIDE * r : STRIDE * r + PATCH, STRIDE * c : STRIDE * c + PATCH]
        for r, c in zip(rows, columns, strict=True)
    ]
    return PatchVotes(heat_map, np.stack(cut), heat_map.values[rows, columns])


def enlarged(patch: npt.NDArray[np.uint8], factor: int = 5) -> Image.Image:
    """Return a patch large enough to be looked at, its pixels as squares."""
    image = Image.fromarray(patch)
    return image.resize((image.width * factor, image.height * factor), Image.Resampling.NEAREST)
