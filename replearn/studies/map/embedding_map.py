"""How is its space laid out? A data set's vectors in two or three dimensions."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.encoders.base import Picture
from replearn.encoders.registry import load_model
from replearn.projections import load_projection, projection_parameters
from replearn.projections.parameters import Value, checked
from replearn.results.map import EmbeddingMap, Placed
from replearn.results.stamp import Stamp
from replearn.store.encoded import encode_picture, encode_texts
from replearn.studies.map.embed import embed
from replearn.studies.map.project import project


@dataclass(frozen=True)
class MapChoice:
    """Which map: of which data set, by which model, laid out how.

    Attributes:
        dataset: a data set's name.
        model: any model.
        projection: an entry of `PROJECTIONS`.
        seed: of the projection and of the sample.
        parameters: of the projection, where they differ from its defaults, as (name, value).
    """

    dataset: str = "emoji"
    model: str = "photo-clip"
    projection: str = "umap"
    seed: int = 0
    parameters: tuple[tuple[str, Value], ...] = ()

    def laid_out(self, progress: Progress = silent) -> EmbeddingMap:
        """Return the map: shipped, from the cache, or computed and kept.

        Raises:
            InputError: as `embedding_map`.
        """
        # checked first: a wrong setting is said before anything is embedded
        settings = self.settings()
        table = embed(self.dataset, self.model, progress)
        return project(table, self.projection, self.seed, progress, **settings)

    def settings(self) -> dict[str, Value]:
        """Return the parameters, checked.

        Raises:
            InputError: the projection or a parameter doesn't exist, or a value is out of range.
        """
        declared = projection_parameters(self.projection)
        return checked(self.projection, declared, dict(self.parameters))


def embedding_map(
    dataset: str = "emoji",
    model: str = "photo-clip",
    projection: str = "umap",
    seed: int = 0,
    progress: Progress = silent,
    **parameters: Any,
) -> EmbeddingMap:
    """Lay a data set out so that similar pictures stand near each other.

    Args:
        dataset: a data set's name.
        model: any model.
        projection: an entry of `replearn.projections.PROJECTIONS`.
        seed: of the projection; the same seed gives the same map.
        progress: told as pictures are embedded, where they aren't yet.
        parameters: of the projection, e.g. `dimensions=3` or `perplexity=50`.

    Raises:
        InputError: the data set, model, projection or parameter doesn't exist, or there are too
            few pictures.
    """
    return MapChoice(dataset, model, projection, seed, tuple(parameters.items())).laid_out(progress)


def place_on_map(
    choice: MapChoice, pictures: Sequence[Picture] = (), texts: Sequence[str] = ()
) -> Placed:
    """Place new pictures or texts on a map, which stays as it is.

    Args:
        choice: which map.
        pictures: PIL pictures or paths.
        texts: prompts; the model must read text.

    Raises:
        InputError: nothing was given, or a picture can't be opened.
        CapabilityError: the model reads no text.
    """
    if not pictures and not texts:
        raise InputError("Give a picture or a text to place on the map.")
    encoder = load_model(choice.model)
    found = choice.laid_out()
    start = time.perf_counter()
    vectors = [encode_picture(encoder, picture) for picture in pictures]
    if texts:
        vectors += list(encode_texts(encoder, texts))
    drawn = embed(choice.dataset, choice.model).search.take(found.rows)
    method = load_projection(choice.projection, **choice.settings())
    coordinates = method.place(np.stack(vectors).astype(np.float32), drawn, found.coordinates)
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(vectors),
        seed=choice.seed,
        settings={"placed on": f"{found.projection} map of {len(found.ids):,} pictures"},
    )
    names = (*(f"picture {i + 1}" for i in range(len(pictures))), *texts)
    return Placed(names, coordinates, stamp)
