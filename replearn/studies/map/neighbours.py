"""Which pictures are alike? The nearest ones in the full space, never on the map."""

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.encoders.base import Picture
from replearn.results.map import Neighbours
from replearn.studies.map.embed import embed


def neighbours(
    query: int | Picture | None = None,
    dataset: str = "emoji",
    model: str = "photo-clip",
    k: int | None = None,
    text: str | None = None,
    progress: Progress = silent,
) -> Neighbours:
    """Find the pictures of a data set whose vectors have the highest cosine with the query's.

    Args:
        query: a row of the data set (which is then left out of the answer), or a picture.
        dataset: a data set's name.
        model: any model.
        k: how many; 12, or all where there are fewer, when left out.
        text: asked for instead of a query, of a model that reads text.
        progress: told as pictures are embedded, where they aren't yet.

    Raises:
        InputError: the data set, model or row doesn't exist, the picture can't be opened, or there
            are fewer than `k` pictures.
        CapabilityError: a text was given and the model has no text tower.
    """
    table = embed(dataset, model, progress)
    if not isinstance(query, int):
        return table.neighbours(image=query, text=text, k=k)
    if not 0 <= query < len(table):
        raise InputError(f"There is no picture {query}; the data set has {len(table):,}.")
    return table.neighbours(id=table.ids[query], text=text, k=k)
