"""How Python names a picture of the page."""

from pathlib import Path

from replearn.data.photos import Photos
from replearn.taking_home.asked import Place
from replearn.ui.frame.examples import example
from replearn.ui.frame.framing import original_of, told_frame


def picture_expression(path: str) -> str:
    """Return an expression for a picture: an example by its number, else the name of the file.

    The path of an upload would be of no use to anybody: it lies in the app's temporary folder. A
    relative path lies beside a notebook, and is told as it is.
    """
    if not Path(path).is_absolute():
        return repr(path)
    told = told_frame(path)
    if told is not None:
        inner = picture_expression(original_of(path))
        square = "None" if told["square"] is None else repr(tuple(told["square"]))
        return f"replearn.framed({inner}, {square}, {shown(told['visible'])})"
    index = _example_index(path)
    return (
        repr(Path(path).name)
        if index is None
        else f'replearn.load_dataset("photos")[{index}].image'
    )


def picture_line(path: str, end: str = ",") -> str:
    """Return a picture as a line of a call, with what is to be done about an upload's path."""
    note = "  # your picture: write where it lies" if _is_away(path) else ""
    return f"    {picture_expression(path)}{end}{note}\n"


def at_home(place: Place, path: str) -> str:
    """Take a picture along, unless Python has it without a file."""
    return place(path) if _is_away(path) else path


def called(path: str) -> str:
    """Return what a sentence calls a picture: the name of the file that was given."""
    return Path(original_of(path)).name


def shown(value: float) -> str:
    """Return a number as a person would write it: no 0.03999999759433748."""
    return repr(float(f"{value:.6g}"))


def _is_away(path: str) -> bool:
    return Path(path).is_absolute() and _example_index(original_of(path)) is None


def _example_index(path: str) -> int | None:
    """Return which example photograph lies there, or None: an upload may have the same name."""
    photos = Photos()
    for index in range(len(photos)):
        source = photos.path(index)
        if source.name == Path(path).name and path in (str(source), example(index)):
            return index
    return None
