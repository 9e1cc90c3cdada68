"""Every model on every distortion at every level: the rows that curves are drawn from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.results.distortions import Trial
from replearn.results.rows.trials import write_trials
from replearn.studies.answering.conditions import Condition, levels_of
from replearn.studies.answering.distorted_answers import Asked, asked_about, distorted_trials
from replearn.studies.answering.kept_trials import drawn_from
from replearn.studies.answering.shown_pictures import drawn_rows, open_pictures
from replearn.studies.distortions.journal import Journal

OPEN_AT_ONCE = 256  # pictures that are kept in memory while they go through all conditions


@dataclass(frozen=True)
class SweepChoice:
    """What is swept over.

    Attributes:
        models: names.
        distortions: names; each at its own levels.
        pictures: how many, drawn at random; None takes all.
        seed: of the draw and of the noise.
    """

    models: tuple[str, ...]
    distortions: tuple[str, ...]
    pictures: int | None = None
    seed: int = 0

    def conditions(self) -> list[Condition]:
        """Return every distortion at every level."""
        return [Condition(name, level) for name in self.distortions for level in levels_of(name)]


def sweep(
    dataset: str | Dataset,
    choice: SweepChoice,
    out: Path | None = None,
    progress: Progress = silent,
) -> list[Trial]:
    """Ask every model about every picture under every condition.

    With a file the rows are kept as they come: a run that was stopped or killed goes on from
    there when it is asked for again, and one that is stopped leaves a file of what it had.

    Args:
        dataset: a name or a data set.
        choice: what is swept over.
        out: a .parquet or .csv file.
        progress: told after each batch; may raise `StoppedError`.

    Raises:
        InputError: the data set has no labels, a class is missing from a model, a name is
            unknown, or the file was begun with other settings.
        CapabilityError: a model can't answer.
    """
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    models = [asked_about(name, data.name, data.class_names, progress) for name in choice.models]
    about = drawn_from(data, choice.pictures, choice.seed).about()
    journal = Journal(out, about) if out else None
    trials = journal.read() if journal else []
    try:
        for some in _missing(data, choice, models, trials, progress):
            trials += some
            if journal:
                journal.append(some)
    finally:
        if out and trials:
            _write(trials, out, about)
    if not trials:
        raise InputError(f"None of the pictures of {data.name} has a label and can be opened.")
    if journal:
        journal.remove()
    return trials


def _write(trials: Sequence[Trial], out: Path, about: Mapping[str, str | int]) -> None:
    try:
        write_trials(trials, out, about)
    except OSError as error:
        raise InputError(
            f"{out} can't be written ({error.strerror}); free some space and start the same "
            "command again: what was answered is kept beside it."
        ) from error


def _missing(
    data: Dataset,
    choice: SweepChoice,
    models: Sequence[Asked],
    known: Sequence[Trial],
    progress: Progress,
) -> Iterable[list[Trial]]:
    """Yield the rows that aren't known yet, batch by batch."""
    done = {(t.fingerprint, t.distortion, t.level, t.id) for t in known}
    rows = drawn_rows(data, choice.pictures, choice.seed)
    conditions = choice.conditions()
    total = len(rows) * len(conditions) * len(models)
    count = len(done)
    for block in batches(rows, OPEN_AT_ONCE):
        pictures = open_pictures(data, block)

        def lacking(condition: Condition, ids: Sequence[str] = pictures.ids) -> tuple[int, ...]:
            return tuple(
                i
                for i, asked in enumerate(models)
                if any(
                    (asked.encoder.fingerprint, condition.name, condition.level, one) not in done
                    for one in ids
                )
            )

        for who, some in groupby(conditions, lacking):
            asked = [models[i] for i in who]
            for trials in distorted_trials(
                pictures, list(some) if asked else [], asked, choice.seed
            ):
                new = [
                    t for t in trials if (t.fingerprint, t.distortion, t.level, t.id) not in done
                ]
                count += len(new)
                yield new
                progress(count, total, f"answers, {trials[-1].distortion} {trials[-1].level:g}")
