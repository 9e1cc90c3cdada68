"""Which lessons there are: those that ship, and those of a teacher's folder."""

from pathlib import Path

from replearn.core.errors import InputError
from replearn.lessons.lesson import Lesson
from replearn.lessons.reading import read_lesson

TEXTS = Path(__file__).parent / "texts"


def lessons(folder: Path | None = None) -> tuple[Lesson, ...]:
    """Return all lessons, in the order of their files' names.

    Args:
        folder: adds lessons, and replaces those of the same file name.

    Raises:
        InputError: the folder isn't there, or a lesson in it has a fault.
    """
    files = {path.name: path for path in TEXTS.glob("*.md")}
    if folder is not None:
        if not folder.is_dir():
            raise InputError(f"There is no folder {folder}; name one with lessons (*.md) in it.")
        files |= {path.name: path for path in folder.glob("*.md")}
    return tuple(read_lesson(files[name]) for name in sorted(files))


def lesson_named(name: str, folder: Path | None = None) -> Lesson:
    """Return one lesson.

    Raises:
        InputError: there is none of this name.
    """
    found = {one.name: one for one in lessons(folder)}
    if name not in found:
        raise InputError(f"There is no lesson {name!r}; choose one of {', '.join(found)}.")
    return found[name]
