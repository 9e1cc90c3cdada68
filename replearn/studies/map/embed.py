"""Every picture of a data set as a vector: the table that maps and neighbours stand on."""

from replearn.core.cluster import check_engine
from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.store.block import catalogue_of
from replearn.store.embedding_table import EmbeddingTable
from replearn.store.ray_rows import RayRows, Work
from replearn.store.table import embed as embedded


def embed(
    dataset: str,
    model: str = "photo-clip",
    progress: Progress = silent,
    engine: str = "local",
) -> EmbeddingTable:
    """Return the vectors of a data set under a model, computed only where they aren't kept yet.

    Args:
        dataset: a data set's name, for example "emoji" or "folder:PATH".
        model: any model.
        progress: told as pictures are embedded; it may stop the work, which goes on from there
            the next time.
        engine: "local", or "ray" for the Ray cluster that `RAY_ADDRESS` names.

    Raises:
        InputError: the data set, model or engine doesn't exist, or no picture can be opened.
        StoppedError: `progress` stopped the work.

    Example:
        >>> replearn.embed("emoji").vectors.shape
        (1914, 512)
    """
    check_engine(engine)
    data, encoder = load_dataset(dataset), load_model(model)
    if engine == "local":
        return embedded(data, encoder, progress)
    work = Work(dataset, data.fingerprint(), model, encoder.fingerprint)
    return embedded(data, encoder, progress, RayRows(work, catalogue_of(data)))
