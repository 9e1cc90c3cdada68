"""Every model on every distortion at every level: the rows that curves are drawn from."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from replearn.core.cluster import check_engine
from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.results.distortions import Trial
from replearn.results.rows.trials import write_trials
from replearn.studies.answering.distorted_answers import asked_about
from replearn.studies.answering.kept_trials import drawn_from
from replearn.studies.answering.shown_pictures import drawn_rows
from replearn.studies.distortions.journal import Journal
from replearn.studies.distortions.lacking import Lacking, key_of, lacking_by_workers
from replearn.studies.distortions.sweep_choice import SweepChoice

OPEN_AT_ONCE = 256  # pictures that are kept in memory while they go through all conditions
RAY_TASK = 32  # pictures that a worker takes through all conditions at a time


def sweep(
    dataset: str | Dataset,
    choice: SweepChoice,
    out: Path | None = None,
    progress: Progress = silent,
    engine: str = "local",
) -> list[Trial]:
    """Ask every model about every picture under every condition.

    With a file the rows are kept as they come: a run that was stopped or killed goes on from
    there when it is asked for again, and one that is stopped leaves a file of what it had.

    Args:
        dataset: a name or a data set.
        choice: what is swept over.
        out: a .parquet or .csv file.
        progress: told after each batch; may raise `StoppedError`.
        engine: "local", or "ray" for the Ray cluster that `RAY_ADDRESS` names; the data set must
            have a name, then.

    Raises:
        InputError: the data set has no labels, a class is missing from a model, a name is
            unknown, or the file was begun with other settings.
        CapabilityError: a model can't answer.
    """
    check_engine(engine)
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    models = [asked_about(name, data.name, data.class_names, progress) for name in choice.models]
    about = drawn_from(data, choice.pictures, choice.seed).about()
    journal = Journal(out, about) if out else None
    trials = journal.read() if journal else []
    try:
        lacking = Lacking(data, choice, models, frozenset(map(key_of, trials)))
        for some in _missing(lacking, engine, progress):
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


def _missing(lacking: Lacking, engine: str, progress: Progress) -> Iterable[list[Trial]]:
    """Yield the rows that aren't known yet, some at a time."""
    choice = lacking.choice
    rows = drawn_rows(lacking.data, choice.pictures, choice.seed)
    total = len(rows) * len(choice.conditions()) * len(lacking.models)
    count = len(lacking.known)
    if engine == "ray":
        found = lacking_by_workers(lacking, list(batches(rows, RAY_TASK)))
    else:
        found = (some for block in batches(rows, OPEN_AT_ONCE) for some in lacking.of(block))
    for trials in found:
        count += len(trials)
        yield trials
        if trials:
            progress(count, total, f"answers, {trials[-1].distortion} {trials[-1].level:g}")
