"""Data sets by name."""

import inspect
from collections.abc import Callable
from typing import Any, cast

from replearn.core.errors import InputError
from replearn.core.registry import nearest, resolve
from replearn.data.base import Dataset, Sample, samples

__all__ = ["DATASETS", "Dataset", "Sample", "load_dataset", "samples"]

DATASETS = {
    "shapes": "replearn.data.shapes.dataset:Shapes",
    "shapes-free": "replearn.data.shapes.dataset:ShapesFree",
    "emoji": "replearn.data.emoji:Emoji",
    "photos": "replearn.data.photos:Photos",
    "folder": "replearn.data.folder:Folder",
}


def load_dataset(name: str, **options: Any) -> Dataset:
    """Open a data set: "shapes", "shapes-free", "emoji", "photos", or "folder:PATH".

    Args:
        name: the data set's name.
        options: settings of its class, e.g. split, seed, size and label of shapes.

    Raises:
        InputError: the name or an option isn't known, or the folder can't be used.

    Example:
        >>> load_dataset("shapes", split="test", seed=7, size=1000)[0].meta["solid"]
        'cone'
    """
    kind, colon, path = name.strip().partition(":")
    if kind not in DATASETS:
        names = ", ".join("folder:PATH" if known == "folder" else known for known in DATASETS)
        hint = nearest(kind, DATASETS)
        raise InputError(f"There is no data set called {kind!r}; choose one of {names}.{hint}")
    build = cast(Callable[..., Dataset], resolve("data set", kind, DATASETS))
    valid = [
        key for key in inspect.signature(build).parameters if kind != "folder" or key != "path"
    ]
    for key in options:
        if key not in valid:
            has = f"it has {', '.join(valid)}" if valid else "it has none"
            raise InputError(f"{kind} has no option {key!r}; {has}.{nearest(key, valid)}")
    if kind == "folder":
        if not path:
            raise InputError("Name the folder after the colon, for example folder:pictures.")
        return build(path, **options)
    if colon:
        raise InputError(f"The data set {kind} takes nothing after a colon; write just {kind}.")
    return build(**options)
