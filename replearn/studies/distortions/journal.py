"""The journal of a sweep: rows as they come, from which a killed run goes on."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from pathlib import Path

from replearn.core.damaged import DAMAGED
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
        OSError: it can't be read or written.
    """

    def __init__(self, path: Path, about: Mapping[str, str | int]) -> None:
        self.path = path.with_name(f"{path.name}.part")
        self._about = json.dumps(dict(about), sort_keys=True)
        if self.path.exists():
            self._drop_cut_line()

    def _drop_cut_line(self) -> None:
        """Drop a last line that a kill or a full disk cut off, the first one too."""
        with self.path.open("r+b") as file:
            whole = file.read().rpartition(b"\n")[0]
            file.truncate(len(whole) + 1 if whole else 0)
        if not whole:
            self.path.unlink()
        elif whole.partition(b"\n")[0].decode(errors="replace") != self._about:
            raise InputError(
                f"{self.path} was begun with other pictures or another seed; remove it, or "
                "give another --out."
            )

    def read(self) -> list[Trial]:
        """Return the rows so far.

        Raises:
            InputError: the file is damaged.
        """
        if not self.path.exists():
            return []
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()[1:]
            return [Trial(**dict(zip(TABLE.names, json.loads(o), strict=True))) for o in lines]
        except DAMAGED as error:
            raise InputError(f"{self.path} is damaged; remove it to begin anew.") from error

    def append(self, trials: Iterable[Trial]) -> None:
        """Add rows; they are on disk when this returns.

        Raises:
            InputError: the disk doesn't take them.
        """
        new = not self.path.exists()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                if new:
                    file.write(f"{self._about}\n")
                file.writelines(f"{json.dumps(astuple(trial))}\n" for trial in trials)
        except OSError as error:
            raise InputError(
                f"The rows can't be written to {self.path} ({error.strerror}); free some space "
                "and start the same command again: it goes on from there."
            ) from error

    def remove(self) -> None:
        """Remove the file."""
        self.path.unlink(missing_ok=True)
