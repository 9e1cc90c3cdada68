"""What of a map is stable? The same vectors with another seed or another setting."""

from dataclasses import replace

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.projections.neighbours import k_nearest
from replearn.projections.procrustes import aligned
from replearn.results.map import EmbeddingMap, LayoutVariants
from replearn.studies.map.agreement import mutual_overlap
from replearn.studies.map.embedding_map import MapChoice

SEED = "seed"
K = 10
# projection -> the setting that shapes it most, and the values worth comparing
VARIED = {
    "tsne": ("perplexity", (5, 30, 60, 120)),
    "umap": ("n_neighbors", (5, 15, 50, 150)),
}


def map_variants(
    choice: MapChoice, varied: str = SEED, progress: Progress = silent
) -> LayoutVariants:
    """Lay the same vectors out four times (fewer where settings amount to the same), and turn.

    The maps are turned onto the first.

    Args:
        choice: which map; the first of the four where the seed varies.
        varied: "seed", or the setting of `VARIED` (perplexity, n_neighbors).
        progress: told before each layout.

    Raises:
        InputError: the projection has no such setting.
    """
    if varied == SEED:
        values: tuple[int, ...] = tuple(choice.seed + i for i in range(4))
        choices = [replace(choice, seed=value) for value in values]
    else:
        name, values = VARIED.get(choice.projection, ("", ()))
        if name != varied:
            raise InputError(
                f"{choice.projection} has no setting {varied!r} to vary; vary the seed."
            )
        others = {key: value for key, value in choice.parameters if key != name}
        choices = [
            replace(choice, parameters=tuple(sorted({**others, name: value}.items())))
            for value in values
        ]
    maps: dict[float, EmbeddingMap] = {}
    for number, one in enumerate(choices):
        progress(number, len(choices), f"{one.projection}, {varied} {values[number]}")
        made = one.laid_out()
        # few pictures allow no wide look: a setting that was cut to one before shows nothing new
        really = values[number] if varied == SEED else made.stamp.settings[varied]
        maps.setdefault(float(really), made)
    found = list(maps.values())
    return LayoutVariants(varied, tuple(maps), tuple(_turned(found)), tuple(_agreement(found)))


def _turned(maps: list[EmbeddingMap]) -> list[EmbeddingMap]:
    reference = maps[0].coordinates
    return [
        maps[0],
        *(replace(one, coordinates=aligned(one.coordinates, reference)) for one in maps[1:]),
    ]


def _agreement(maps: list[EmbeddingMap]) -> list[float]:
    k = min(K, max(1, (len(maps[0].rows) - 1) // 2))  # among few, ten would be nearly all
    near = [k_nearest(one.coordinates, k, "euclidean") for one in maps]
    return [1.0, *(mutual_overlap(near[0], other) for other in near[1:])]


def facing_maps(
    choice: MapChoice, other_model: str, progress: Progress = silent
) -> tuple[EmbeddingMap, EmbeddingMap]:
    """Return the maps of one data set under two models, the second turned onto the first.

    Args:
        choice: the first map.
        other_model: of the second; everything else stays.
        progress: told as pictures are embedded.

    Raises:
        InputError: a name isn't known, or the two models opened different pictures.
    """
    first = choice.laid_out(progress)
    second = replace(choice, model=other_model).laid_out(progress)
    if first.ids != second.ids:
        raise InputError("The two models have different pictures of this data set; embed it anew.")
    return first, replace(
        second, coordinates=np.ascontiguousarray(aligned(second.coordinates, first.coordinates))
    )
