"""Every picture of a data set as a vector: the table that maps and neighbours stand on."""

from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.store.embedding_table import EmbeddingTable
from replearn.store.table import embed as embedded


def embed(dataset: str, model: str = "photo-clip", progress: Progress = silent) -> EmbeddingTable:
    """Return the vectors of a data set under a model, computed only where they aren't kept yet.

    Args:
        dataset: a data set's name, for example "emoji" or "folder:PATH".
        model: any model.
        progress: told as pictures are embedded; it may stop the work.

    Raises:
        InputError: the data set or model doesn't exist, or no picture can be opened.
        StoppedError: `progress` stopped the work.

    Example:
        >>> replearn.embed("emoji").vectors.shape
        (1897, 512)
    """
    return embedded(load_dataset(dataset), load_model(model), progress)
