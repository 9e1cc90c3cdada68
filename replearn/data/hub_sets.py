"""`hf:OWNER/NAME`: an image data set of the Hugging Face hub, once it has been downloaded."""

import importlib
import re
from functools import cached_property
from pathlib import Path
from typing import Any

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.data.base import Sample
from replearn.data.places import absent, place
from replearn.data.splits import choose_split, divided

HUB = "https://huggingface.co"
_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
_LABELS = ("label", "labels", "fine_label", "class")
_CAPTIONS = ("caption", "captions", "text")


def checked(name: str) -> str:
    """Return the name of a hub data set.

    Raises:
        InputError: it can't be one.
    """
    if not _NAME.fullmatch(name) or ".." in name:
        raise InputError(f"{name!r} is no data set of the hub; write hf:OWNER/NAME.")
    return name


class HubSet:
    """One split of a downloaded data set; nothing is ever fetched by opening it.

    The column of pictures is found by its type. The label is a column of classes or of texts, the
    caption a column called caption or text; further plain columns go to `meta`.

    Args:
        name: as on the hub, OWNER/NAME.
        split: "train", "test", or a further one of its own. "test" takes the validation split
            where there is no other; data that come undivided give every fifth picture to it.
        label: the column of labels; None finds it.
        config: which of its configurations, where there are several.

    Raises:
        InputError: the package `datasets` is missing, the data can't be read or hold no pictures,
            or there is no such split or column.
        OfflineError: it isn't on this computer.
    """

    def __init__(
        self, name: str, split: str = "test", label: str | None = None, config: str | None = None
    ) -> None:
        self.name = f"hf:{checked(name)}"
        self._folder = place("hf", name)
        if not self._folder.is_dir():
            raise absent(self.name)
        library = _library()
        splits = _opened(library, self.name, self._folder, config)
        self._split, cut = choose_split(self.name, split, tuple(splits))
        self._data = splits[self._split]
        self._rows = divided(len(self._data), split) if cut else range(len(self._data))
        kinds = self._data.features
        self._image = next((c for c, k in kinds.items() if isinstance(k, library.Image)), None)
        if self._image is None:
            raise InputError(f"{self.name} has no column of pictures; choose another data set.")
        self._label = self._label_column(library, label)
        self.class_names, self._label_of = self._classes(library)
        self._caption = next((c for c in _CAPTIONS if _holds(kinds, c, "string")), None)
        left_out = {self._image, self._label, self._caption}
        self._more = [c for c in kinds if c not in left_out and hasattr(kinds[c], "dtype")]

    def _label_column(self, library: Any, wanted: str | None) -> str | None:
        kinds = self._data.features
        if wanted is not None:
            if wanted not in kinds:
                raise InputError(
                    f"{self.name} has no column {wanted!r}; it has {', '.join(kinds)}."
                )
            return wanted
        classes = [c for c, kind in kinds.items() if isinstance(kind, library.ClassLabel)]
        texts = [c for c in kinds if _holds(kinds, c, "string")]
        preferred = [c for c in _LABELS if c in classes] + classes
        preferred += [c for c in _LABELS if c in texts]
        return preferred[0] if preferred else None

    def _classes(self, library: Any) -> tuple[tuple[str, ...], dict[Any, int]]:
        """Return the names of the classes, and the label of each value of the column."""
        if self._label is None:
            return (), {}
        kind = self._data.features[self._label]
        if isinstance(kind, library.ClassLabel):
            return tuple(kind.names), {number: number for number in range(len(kind.names))}
        values = sorted({value for value in self._data[self._label] if value is not None})
        return tuple(map(str, values)), {value: number for number, value in enumerate(values)}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> Sample:
        """Open sample `index`.

        Raises:
            InputError: its picture can't be read.
        """
        row = self._rows[index]
        try:
            found = self._data[row]
            image = found[self._image].convert("RGB")
        except (OSError, AttributeError, ValueError) as error:
            raise InputError(f"Picture {row} of {self.name} can't be read ({error}).") from error
        label = self._label_of.get(found[self._label]) if self._label else None
        caption = found[self._caption] if self._caption else ""
        named = "" if label is None else self.class_names[label]
        meta = {column: str(found[column]) for column in self._more}
        return Sample(image, label, caption or named, f"{self._split}-{row}", meta)

    def fingerprint(self) -> str:
        """Return a fingerprint of its files, the split and the column of labels."""
        return self._fingerprint

    @cached_property
    def _fingerprint(self) -> str:
        files = fingerprint.of_folder(self._folder)
        parts = [self.name, self._split, str(self._label), str(len(self)), files]
        return fingerprint.of_parts(parts)


def _holds(kinds: Any, column: str, dtype: str) -> bool:
    return column in kinds and getattr(kinds[column], "dtype", "") == dtype


def _library() -> Any:
    try:
        return importlib.import_module("datasets")
    except ImportError as error:
        raise InputError(
            "Data sets of the hub need the package datasets; run pip install datasets."
        ) from error


def _opened(library: Any, name: str, folder: Path, config: str | None) -> Any:
    library.disable_progress_bars()
    converted = folder.parent.with_name("hf-converted")
    try:
        return library.load_dataset(str(folder), config, cache_dir=str(converted))
    except (OSError, ValueError, RuntimeError, library.exceptions.DatasetsError) as error:
        said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise InputError(f"The files of {name} can't be read: {said}") from error
