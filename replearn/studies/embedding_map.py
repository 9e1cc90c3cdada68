"""How is its space laid out? A data set's vectors in two or three dimensions."""

import time

from replearn.core.progress import Progress, silent
from replearn.core.results import EmbeddingMap, Stamp
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.projections import load_projection
from replearn.projections.quality import layout_quality
from replearn.store.layouts import Layout, find_layout, keep_layout, layout_name
from replearn.store.table import embed, table_name


def embedding_map(
    dataset: str = "emoji",
    model: str = "photo-clip",
    projection: str = "umap",
    seed: int = 0,
    progress: Progress = silent,
) -> EmbeddingMap:
    """Lay a data set out so that similar pictures stand near each other.

    Args:
        dataset: a data set's name.
        model: any model.
        projection: an entry of `replearn.projections.PROJECTIONS`.
        seed: of the projection; the same seed gives the same map.
        progress: told as pictures are embedded, where they aren't yet.

    Raises:
        InputError: the data set, model or projection doesn't exist, or there are too few pictures.
    """
    data = load_dataset(dataset)
    encoder = load_model(model)
    start = time.perf_counter()
    table = embed(data, encoder, progress)
    name = layout_name(table_name(data, encoder), projection, seed)
    layout = find_layout(name)
    if layout is None:
        method = load_projection(projection)
        progress(0, 1, f"{projection} of {len(table.ids):,} points")
        coordinates = method.fit_transform(table.vectors, seed)
        layout = Layout(coordinates, layout_quality(table.vectors, coordinates))
        keep_layout(layout, name)
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(table.ids),
        seed=seed,
        settings={"data": data.name, "projection": projection},
    )
    return EmbeddingMap(
        dataset=data.name,
        projection=projection,
        coordinates=layout.coordinates,
        ids=table.ids,
        captions=table.captions,
        groups=table.groups,
        preservation=layout.preservation,
        stamp=stamp,
    )
