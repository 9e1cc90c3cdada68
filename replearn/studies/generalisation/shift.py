"""Supervised against zero-shot: who holds when the data drift away?

The comparison of Radford et al. 2021 (https://arxiv.org/abs/2103.00020) on own data.
"""

import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import nearest
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.splits import divided
from replearn.encoders.registry import load_model
from replearn.results.rows.shift import (
    check_place,
    read_answers,
    shipped_shifts,
    write_answers,
)
from replearn.results.shift import Answers, ShiftTable
from replearn.results.stamp import Stamp
from replearn.studies.generalisation.shift_answers import (
    PROBE,
    ShiftTask,
    answers,
    network_of,
    way_of,
)
from replearn.studies.generalisation.shift_pictures import Labelled, of_dataset
from replearn.studies.generalisation.shift_table import shift_table
from replearn.studies.generalisation.shift_tasks import SHIPPED_SHIFTS, absent_models, shipped_shift


def shift(
    rows: Mapping[str, str | Dataset],
    models: Sequence[str],
    clean: str | None = None,
    out: Path | None = None,
    progress: Progress = silent,
) -> ShiftTable:
    """Compare models on data sets of the same classes that drift away from the first.

    A model that reads text is asked zero-shot, another one by its own last layer, among the
    data's classes alone. "probe:NAME" is a linear probe on NAME's vectors, fitted on four fifths
    of the clean row; every model is then tested on the fifth that is left, and on all of the
    other rows.

    Args:
        rows: name -> data set, e.g. {"photos": "folder:A", "sketches": "folder:B"}.
        models: e.g. ["imagenet", "photo-clip", "probe:imagenet"].
        clean: the row without a shift; None takes the first.
        out: a .csv or .parquet file for a row per picture, data set and model.
        progress: told as pictures are encoded; may raise `StoppedError`.

    Raises:
        InputError: fewer than two rows, no model, a row without labels or with other classes.
        CapabilityError: a model can't choose among the classes.

    Example:
        >>> shift({"A": "folder:A", "B": "folder:B"}, ["imagenet", "photo-clip"])
    """
    start = time.perf_counter()
    if len(rows) < 2:
        raise InputError("A shift wants at least two rows: data without it, and data with it.")
    if not models:
        raise InputError("Name at least one model to compare, e.g. photo-clip.")
    if len(set(models)) < len(models):
        raise InputError("A model is named twice; name each once.")
    first = next(iter(rows)) if clean is None else clean
    if first not in rows:
        raise InputError(
            f"The clean row {first!r} isn't among the rows; choose one of {', '.join(rows)}."
            f"{nearest(first, rows)}"
        )
    if out:
        check_place(out)
    how = {name: way_of(name) for name in models}
    task = _task(rows, first, any(name.startswith(PROBE) for name in models))
    given = [one for some in answers(task, models, progress) for one in some]
    if out:
        write_answers(given, out)
    probes = [name for name in models if name.startswith(PROBE)]
    # a line needs two; with fewer probes it goes through all other models
    return shift_table(
        given,
        how,
        probes if 2 <= len(probes) < len(models) else (),
        {},
        _stamp(task.data, models, given, time.perf_counter() - start),
    )


def _task(rows: Mapping[str, str | Dataset], clean: str, probed: bool) -> ShiftTask:
    ordered = {clean: rows[clean], **rows}
    opened = {
        name: load_dataset(data) if isinstance(data, str) else data
        for name, data in ordered.items()
    }
    classes = _classes(opened, clean)
    pictures = {name: of_dataset(data, classes) for name, data in opened.items()}
    fit = pictures[clean]
    if probed:
        fit, pictures[clean] = (_fifths(pictures[clean], part) for part in ("train", "test"))
    return ShiftTask(", ".join(opened), classes, pictures, fit)


def _fifths(pictures: Labelled, part: str) -> Labelled:
    import numpy as np

    # class by class, for folders list one class after the other
    order = np.argsort(pictures.labels, kind="stable")
    return pictures.take(np.sort(order[divided(len(order), part)]))


def _classes(opened: Mapping[str, Dataset], clean: str) -> tuple[str, ...]:
    """Return the clean row's classes; another row may have fewer, never others."""
    classes = opened[clean].class_names
    for name, data in opened.items():
        if not data.class_names:
            raise InputError(
                f"The row {name} ({data.name}) has no labels; put its pictures in one folder per "
                "class, or add labels.csv."
            )
        others = [one for one in data.class_names if one not in classes]
        if others:
            raise InputError(
                f"The row {name} has classes that {clean} hasn't ({', '.join(others[:3])}); give "
                f"the folders the same names.{nearest(others[0], classes)}"
            )
    return classes


def _stamp(data: str, models: Sequence[str], given: Sequence[Answers], seconds: float) -> Stamp:
    prints = [load_model(network_of(name)).fingerprint for name in models]
    named = models[0] if len(models) == 1 else f"{len(models)} models"
    return Stamp(
        named,
        fingerprint.of_parts(prints),
        seconds,
        n=sum(len(one.ids) for one in given if one.model == models[0]),
        seed=0,
        settings={"data": data, "rows": len({one.shift for one in given})},
    )


def make_shifts(
    datas: Sequence[str] = (), out: Path | None = None, progress: Progress = silent
) -> None:
    """Ask the shipped models about the shipped shifts, and write the rows.

    Rows of other data stay as they are. Takes about ten minutes on two idle cores.

    Args:
        datas: of `SHIPPED_SHIFTS`; () takes all.
        out: a .parquet file; None takes what ships.
        progress: told as pictures are encoded; may raise `StoppedError`: what is done is kept.

    Raises:
        InputError: there is no such shift.
    """
    where = out or shipped_shifts()
    for data in datas or SHIPPED_SHIFTS:
        shipped = shipped_shift(data)
        absent = absent_models(shipped.models)
        named = [name for name in (*shipped.models, *shipped.baselines) if name not in absent]
        found = [one for some in answers(shipped.build(), named, progress) for one in some]
        kept = [one for one in read_answers(where) if one.data != data] if where.exists() else []
        write_answers([*kept, *found], where)


def shipped_shift_table(data: str) -> ShiftTable:
    """Return the table of a shift that ships: "shapes", "shapes-tied" or "emoji".

    Raises:
        InputError: there is none, or its rows aren't here.
    """
    shipped_shift(data)
    path = shipped_shifts()
    read_answers(path)
    return _shipped(data, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=len(SHIPPED_SHIFTS))
def _shipped(data: str, path: Path, written: int) -> ShiftTable:  # noqa: ARG001  (a new file is new)
    shipped = shipped_shift(data)
    order = [*shipped.models, *shipped.baselines]
    given = [one for one in read_answers(path) if one.data == data]
    given.sort(key=lambda one: order.index(one.model))
    named = list(dict.fromkeys(one.model for one in given))
    missing = {name: "no rows ship yet" for name in shipped.models if name not in named}
    missing |= absent_models(shipped.models)
    stamp = Stamp(
        f"{len(named)} models",
        fingerprint.of_file(path),
        0.0,
        n=sum(len(one.ids) for one in given if one.model == named[0]),
        seed=0,
        settings={"data": data, "rows": len({one.shift for one in given})},
    )
    how = {name: way_of(name) for name in named}
    return shift_table(given, how, shipped.baselines, missing, stamp)
