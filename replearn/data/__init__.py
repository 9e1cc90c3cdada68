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
    "shapes-easy": "replearn.data.shapes.dataset:ShapesEasy",
    "shapes-shifted": "replearn.data.shapes.shifted:ShapesShifted",
    "shapes-tied": "replearn.data.shapes.tied:ShapesTied",
    "emoji": "replearn.data.emoji:Emoji",
    "emoji-redrawn": "replearn.data.emoji.redrawn:EmojiRedrawn",
    "emoji-people": "replearn.data.emoji.people:EmojiPeople",
    "photos": "replearn.data.photos:Photos",
    "photo-crops": "replearn.data.photo_crops:PhotoCrops",
    "folder": "replearn.data.folder:Folder",
    "torchvision": "replearn.data.torchvision_sets:TorchvisionSet",
    "hf": "replearn.data.hub_sets:HubSet",
}
# what stands after the colon; the other data sets take nothing there
AFTER_COLON = {
    "shapes-shifted": "SHIFT",
    "shapes-tied": "SHARE",
    "emoji-redrawn": "HAND",
    "folder": "PATH",
    "torchvision": "NAME",
    "hf": "OWNER/NAME",
}
_EXAMPLES = {
    "shapes-shifted": "new-textures",
    "shapes-tied": "0.8",
    "emoji-redrawn": "line",
    "folder": "pictures",
    "torchvision": "CIFAR10",
    "hf": "ylecun/mnist",
}


def load_dataset(name: str, **options: Any) -> Dataset:
    """Open a data set: "shapes", "shapes-free", "emoji", "photos", "folder:PATH", ...

    Nothing is fetched: `torchvision:NAME` and `hf:OWNER/NAME` open once they were downloaded by
    `python -m replearn download`.

    Args:
        name: the data set's name.
        options: settings of its class, e.g. split, seed, size and label of shapes.

    Raises:
        InputError: the name or an option isn't known, or the data can't be used.
        OfflineError: the data set would have to be downloaded first.

    Example:
        >>> load_dataset("shapes", split="test", seed=7, size=1000)[0].meta["solid"]
        'cone'
    """
    kind, colon, called = name.strip().partition(":")
    if kind not in DATASETS:
        names = ", ".join(
            f"{known}:{AFTER_COLON[known]}" if known in AFTER_COLON else known for known in DATASETS
        )
        _refuse_path(name)
        hint = nearest(kind, DATASETS)
        raise InputError(f"There is no data set called {kind!r}; choose one of {names}.{hint}")
    build = cast(Callable[..., Dataset], resolve("data set", kind, DATASETS))
    valid = list(inspect.signature(build).parameters)[1 if kind in AFTER_COLON else 0 :]
    for key in options:
        if key not in valid:
            has = f"it has {', '.join(valid)}" if valid else "it has none"
            raise InputError(f"{kind} has no option {key!r}; {has}.{nearest(key, valid)}")
    if kind not in AFTER_COLON:
        if colon:
            raise InputError(f"The data set {kind} takes nothing after a colon; write just {kind}.")
        return build(**options)
    if not called:
        what = "folder" if kind == "folder" else "data set"
        raise InputError(f"Name the {what} after the colon, for example {kind}:{_EXAMPLES[kind]}.")
    return build(called, **options)


def _refuse_path(name: str) -> None:
    """Say what to write where a folder is given by its path alone, or an address is given."""
    from replearn.data.images import refuse_address

    refuse_address(name, "data set")
    if "/" in name or "\\" in name:
        raise InputError(f"{name} is no name of a data set; write folder:{name} for a folder.")
