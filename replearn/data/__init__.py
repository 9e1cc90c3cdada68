"""Data sets by name."""

from collections.abc import Callable
from typing import cast

from replearn.core.errors import InputError
from replearn.core.registry import nearest, resolve
from replearn.data.base import Dataset, Sample, samples

__all__ = ["DATASETS", "Dataset", "Sample", "load_dataset", "samples"]

DATASETS = {
    "emoji": "replearn.data.emoji:Emoji",
    "photos": "replearn.data.photos:Photos",
    "folder": "replearn.data.folder:Folder",
}


def load_dataset(name: str) -> Dataset:
    """Open a data set: "emoji", "photos", or "folder:PATH".

    Raises:
        InputError: the name isn't known, or the folder can't be used.

    Example:
        >>> load_dataset("photos")[0].caption
        'The face of a ginger tabby cat with green eyes.'
    """
    kind, colon, path = name.strip().partition(":")
    if kind not in DATASETS:
        names = ", ".join("folder:PATH" if known == "folder" else known for known in DATASETS)
        hint = nearest(kind, DATASETS)
        raise InputError(f"There is no data set called {kind!r}; choose one of {names}.{hint}")
    build = cast(Callable[..., Dataset], resolve("data set", kind, DATASETS))
    if kind == "folder":
        if not path:
            raise InputError("Name the folder after the colon, for example folder:pictures.")
        return build(path)
    if colon:
        raise InputError(f"The data set {kind} takes nothing after a colon; write just {kind}.")
    return build()
