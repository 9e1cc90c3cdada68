"""Which two views does a contrastive loss see? Pictures of a data set, augmented twice."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.progress import silent
from replearn.training import configured
from replearn.training.sources.by_name import open_source

Pictures = npt.NDArray[np.uint8]


def two_views(recipe: str, settings: dict[str, Any], count: int = 6) -> list[tuple[Pictures, ...]]:
    """Return, for each of the first pictures, the picture and its two views, (s, s, 3) each.

    Empty for a recipe whose pictures stay as they are.

    Args:
        recipe: an entry of `RECIPES`.
        settings: of the recipe.
        count: how many pictures.

    Raises:
        InputError: a setting can't be used.
    """
    from replearn.training.recipes.recipe import LabRecipe

    chosen = configured(recipe, settings)
    if not isinstance(chosen, LabRecipe):
        return []
    augmentation = chosen.augmentation()
    few = replace(chosen.wanted(), most=max(count, 4), scenes=0)
    batch = open_source(chosen.dataset, few, silent).batch(range(count))
    ends = (batch.pictures[0], batch.pictures[-1])
    views = [augmentation(end, seed).mul(255).byte() for seed, end in enumerate(ends)]
    shown = [part.permute(0, 2, 3, 1).numpy() for part in (batch.pictures[0], *views)]
    return list(zip(*shown, strict=True))
