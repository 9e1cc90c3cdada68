"""How often a picture finds its own caption among those of other pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from replearn.core.statistics import Proportion, proportion
from replearn.encoders.photo_clip.text_kernel import Floats


@dataclass(frozen=True)
class Retrieval:
    """Ranks of pictures' own captions.

    Attributes:
        captions: how many different ones there are to choose from.
        first: the share of pictures whose own caption comes first.
        fifth: the share whose own is among the first five.
        median_rank: 1 is best.
    """

    captions: int
    first: Proportion
    fifth: Proportion
    median_rank: float

    def __str__(self) -> str:
        return (
            f"R@1 {self.first}, R@5 {self.fifth}, median rank {self.median_rank:g} of "
            f"{self.captions:,}"
        )


def retrieval(images: Floats, texts: Floats, own: Sequence[int]) -> Retrieval:
    """Rank every picture's caption among different captions by cosine; ties count against it.

    Args:
        images: unit vectors, (n, d).
        texts: unit vectors of different captions, (m, d).
        own: the row of each picture's caption, n of them.
    """
    cosines = images @ texts.T  # (n, m)
    ranks = (cosines >= cosines[np.arange(len(own)), own][:, None]).sum(1)
    first, fifth = (proportion(int((ranks <= k).sum()), len(ranks)) for k in (1, 5))
    return Retrieval(len(texts), first, fifth, float(np.median(ranks)))
