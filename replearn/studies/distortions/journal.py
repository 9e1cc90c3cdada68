"""The journal of a sweep: rows as they come, from which a killed run goes on."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from pathlib import Path

from replearn.core.errors import InputError
from replearn.results.distortions import Trial
from replearn.results.rows.trials import TABLE


class Journal:
    """Rows as they come, appended to a file beside the one that is wanted.

    Args:
        path: of the file that is wanted.
        about: what the rows are of; a journal of something else isn't gone on with.

    Raises:
        InputError: there is a journal of something else.
    """

    def __init__(self, path: Path, about: Mapping[str, str | int]) -> None:
        self.path = path.with_name(f"{path.name}.part")
        self._about = json.dumps(dict(about), sort_keys=True)
        if self.path.exists() and self._first_line() != self._about:
            raise InputError(
                f"{self.path} was begun with other pictures or another seed; remove it, or "
                "give another --out."
            )

    def _first_line(self) -> str:
        with self.path.open(encoding="utf-8") as file:
            return file.readline().rstrip("\n")

    def read(self) -> list[Trial]:
        """Return the rows so far; a last line that a kill cut off is dropped."""
        if not self.path.exists():
            return []
        text = self.path.read_text(encoding="utf-8")
        whole, _, cut = text.rpartition("\n")
        if cut:
            self.path.write_text(f"{whole}\n", encoding="utf-8")
        return [
            Trial(**dict(zip(TABLE.names, json.loads(line), strict=True)))
            for line in whole.splitlines()[1:]
        ]

    def append(self, trials: Iterable[Trial]) -> None:
        """Add rows; they are on disk when this returns."""
        new = not self.path.exists()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            if new:
                file.write(f"{self._about}\n")
            file.writelines(f"{json.dumps(astuple(trial))}\n" for trial in trials)

    def remove(self) -> None:
        """Remove the file."""
        self.path.unlink(missing_ok=True)
