"""Rows of one model under some conditions: those that ship, those in the cache, or new ones."""

import contextlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from replearn.core import fingerprint
from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.core.settings import from_environment, writable_folder
from replearn.data.base import Dataset
from replearn.distortions.base import DEFINITIONS
from replearn.encoders.base import Encoder
from replearn.results.distortions import Trial
from replearn.results.rows import about_file
from replearn.results.rows.trials import read_trials, write_trials
from replearn.studies.answering.conditions import Condition
from replearn.studies.answering.distorted_answers import Asked, distorted_trials
from replearn.studies.answering.shown_pictures import ShownPictures, drawn_rows, open_pictures

FOLDER = "robustness"
MOST_OPEN = 500  # pictures in memory at a time
MOST_FILES = 5000  # in the cache; the oldest go
_open: dict["Drawn", ShownPictures] = {}  # the last data set's pictures: a slider asks again
_lock = Lock()
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Drawn:
    """Which pictures of which data set.

    Attributes:
        data: its name.
        fingerprint: of the data set.
        pictures: how many are drawn.
        seed: of the draw and of the noise.
    """

    data: str
    fingerprint: str
    pictures: int
    seed: int

    def about(self) -> dict[str, str | int]:
        """Return what must be the same for rows to be used again."""
        return {
            "data": self.data,
            "data fingerprint": self.fingerprint,
            "pictures": self.pictures,
            "seed": self.seed,
            "definitions": DEFINITIONS,
        }


def drawn_from(data: Dataset, pictures: int | None, seed: int) -> Drawn:
    """Return the draw of at most so many pictures; None takes all.

    Raises:
        InputError: fewer than one is asked for.
    """
    if pictures is not None and pictures < 1:
        raise InputError("Ask for at least one picture, or leave the number out for all.")
    count = len(data) if pictures is None else min(pictures, len(data))
    return Drawn(data.name, data.fingerprint(), count, seed)


def shipped_trials(dataset: str, encoder: Encoder) -> Path:
    """Return where the rows of a data set and a model ship, whether or not they do."""
    return asset_path(FOLDER, f"{dataset}-{encoder.name}-{encoder.fingerprint[:8]}.parquet")


def trials_at(
    data: Dataset,
    drawn: Drawn,
    asked: Asked,
    conditions: Sequence[Condition],
    progress: Progress = silent,
) -> list[Trial]:
    """Return the rows of all conditions, in their order; what isn't known is computed and kept.

    Raises:
        InputError: no picture has a label and can be opened.
    """
    known = {condition: known_trials(drawn, asked.encoder, condition) for condition in conditions}
    missing = [condition for condition in conditions if not known[condition]]
    if missing:
        new: dict[Condition, list[Trial]] = {condition: [] for condition in missing}
        by_name = {(condition.name, condition.level): condition for condition in missing}
        done, total = 0, len(missing) * drawn.pictures
        for shown in _shown(data, drawn, progress):
            for some in distorted_trials(shown, missing, [asked], drawn.seed):
                new[by_name[some[0].distortion, some[0].level]] += some
                done += len(some)
                progress(done, total, f"answers of {asked.encoder.name}")
        for condition, trials in new.items():
            _keep(drawn, condition, trials)
        known |= new
    return [trial for condition in conditions for trial in known[condition]]


def known_trials(drawn: Drawn, encoder: Encoder, condition: Condition) -> list[Trial]:
    """Return the rows of one condition where they ship or are kept; else nothing."""
    shipped = _shipped(shipped_trials(drawn.data, encoder), drawn, condition.name)
    if found := shipped.get(condition.level):
        return found
    folder = from_environment().cache_dir / FOLDER
    path = folder / _file_name(drawn, encoder.fingerprint, condition)
    try:
        return read_trials(path) if path.exists() else []
    except InputError:
        return []  # cut off or damaged: computed anew


def opened(data: Dataset, drawn: Drawn, progress: Progress = silent) -> ShownPictures:
    """Return the drawn pictures; the last ones stay open.

    Raises:
        InputError: none has a label and can be opened.
    """
    with _lock:
        if drawn not in _open:
            rows = drawn_rows(data, drawn.pictures, drawn.seed)
            found = open_pictures(data, rows, progress)
            if not len(found):
                raise InputError(f"No picture of {data.name} has a label and can be opened.")
            _open.clear()
            _open[drawn] = found
        return _open[drawn]


def _shown(data: Dataset, drawn: Drawn, progress: Progress) -> Iterator[ShownPictures]:
    """Yield the drawn pictures: those that a slider asks for again at once, many block by block."""
    if drawn.pictures <= MOST_OPEN:
        yield opened(data, drawn, progress)
        return
    found = 0
    for rows in batches(drawn_rows(data, drawn.pictures, drawn.seed), MOST_OPEN):
        shown = open_pictures(data, rows)
        found += len(shown)
        if len(shown):
            yield shown
    if not found:
        raise InputError(f"No picture of {data.name} has a label and can be opened.")


@lru_cache(maxsize=64)
def _shipped(path: Path, drawn: Drawn, distortion: str) -> dict[float, list[Trial]]:
    if not path.exists() or about_file(path) != drawn.about():
        return {}
    found: dict[float, list[Trial]] = {}
    for trial in read_trials(path, distortion):
        found.setdefault(trial.level, []).append(trial)
    return found


def _file_name(drawn: Drawn, model: str, condition: Condition) -> str:
    parts = [repr(drawn.about()), model, condition.name, repr(condition.level)]
    return f"{fingerprint.of_parts(parts)}.parquet"


def _keep(drawn: Drawn, condition: Condition, trials: Sequence[Trial]) -> None:
    folder = writable_folder(from_environment().cache_dir / FOLDER)
    if folder:
        path = folder / _file_name(drawn, trials[0].fingerprint, condition)
        try:
            write_trials(trials, path, drawn.about())
        except OSError as error:
            log.warning("Answers aren't kept on disk (%s); they are asked for anew.", error)
        _prune(folder)


def _prune(folder: Path) -> None:
    kept = list(folder.glob("*.parquet"))
    if len(kept) > MOST_FILES:
        with contextlib.suppress(OSError):  # another app may do the same
            for path in sorted(kept, key=lambda one: one.stat().st_mtime)[: len(kept) // 5]:
                path.unlink(missing_ok=True)
