"""Pictures in one folder for each class, perhaps below splits, perhaps one level down."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from replearn.data.folders.rows import SPLIT, Listing, Row
from replearn.data.folders.splits import are_splits, kind_of_split

Parts = tuple[str, ...]  # the folders above a picture, outermost first


def from_folders(found: Sequence[PurePosixPath]) -> Listing:
    """Read classes off the folders that divide the pictures; pictures beside them have no label.

    Args:
        found: the pictures, relative to the folder.
    """
    above = {path: path.parts[:-1] for path in found}
    depth = _split_depth(list(above.values()))
    splits: dict[PurePosixPath, str] = {}
    if depth is not None:
        splits = {path: parts[depth] for path, parts in above.items() if len(parts) > depth}
        above = _below_splits(above, splits, depth)
    skipped = _undivided(list(above.values()))
    classes = {path: parts[skipped] for path, parts in above.items() if len(parts) > skipped}
    class_names = tuple(sorted(set(classes.values())))
    position = {name: place for place, name in enumerate(class_names)}
    rows = tuple(
        Row(
            str(path),
            str(path),
            position[classes[path]] if path in classes else None,
            classes.get(path, ""),
            {SPLIT: splits[path]} if path in splits else {},
        )
        for path in found
    )
    return Listing(class_names, rows, _taken(class_names, list(dict.fromkeys(splits.values()))))


def _split_depth(folders: Sequence[Parts]) -> int | None:
    """Return at which level all folders are splits, below folders that hold everything."""
    for depth in range(max(map(len, folders), default=0)):
        names = {parts[depth] for parts in folders if len(parts) > depth}
        if are_splits(names):
            return depth
        if len(names) > 1:
            break
    return None


def _below_splits(
    above: Mapping[PurePosixPath, Parts], splits: Mapping[PurePosixPath, str], depth: int
) -> dict[PurePosixPath, Parts]:
    """Return the folders below the splits; archives often hold train/train/..."""
    below = {path: parts[depth + 1 :] for path, parts in above.items()}
    for split in dict.fromkeys(splits.values()):
        own = [path for path in below if splits.get(path) == split]
        names = {below[path][0] if below[path] else "" for path in own}
        if len(names) == 1 and _same_split(split, next(iter(names))):
            below |= {path: below[path][1:] for path in own}
    return below


def _same_split(split: str, name: str) -> bool:
    kind = kind_of_split(name)
    return name.lower() == split.lower() or (kind is not None and kind == kind_of_split(split))


def _undivided(folders: Sequence[Parts]) -> int:
    """Return how many levels of single folders lie above the classes.

    Where no level divides the pictures, the first names their one class.
    """
    for depth in range(max(map(len, folders), default=0)):
        if len({parts[depth] for parts in folders if len(parts) > depth}) > 1:
            return depth
    return 0


def _taken(class_names: Sequence[str], splits: Sequence[str]) -> str:
    said = f"{len(class_names):,} labels from folders' names" if class_names else "No labels"
    if splits:
        said += f"; splits {', '.join(splits)}"
    return f"{said}."
