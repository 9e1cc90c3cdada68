"""`python -m replearn map`: a data set's map as CSV, or as one page that can be handed round."""

import csv
import sys
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import numpy as np

from replearn.core.errors import InputError, ReplearnError
from replearn.core.progress import Progress, silent
from replearn.plotting.map.page import map_page
from replearn.plotting.map.sprite import sprite
from replearn.projections.neighbours import k_nearest
from replearn.results.map import Colouring, EmbeddingMap
from replearn.store.embedding_table import EmbeddingTable
from replearn.studies.map.colour import colour_map, colourings
from replearn.studies.map.embed import embed
from replearn.studies.map.embedding_map import MapChoice
from replearn.studies.map.pictures import thumbnails

K = 12


def write_map(choice: MapChoice, out: Path | None, progress: Progress = silent) -> EmbeddingMap:
    """Lay a data set out, and write the map.

    Args:
        choice: which map.
        out: a file that ends in .html (one page, no network needed) or .csv; None prints CSV.
        progress: told as pictures are embedded and opened.

    Raises:
        InputError: the file has another ending, or the map can't be made.
    """
    if out is not None and out.suffix.lower() not in {".html", ".csv"}:
        raise InputError(f"{out.name} is neither HTML nor CSV; name a file such as map.html.")
    if out is not None and not out.parent.is_dir():
        raise InputError(f"There is no folder {out.parent} to write {out.name} to; make it first.")
    found = choice.laid_out(progress)
    if out is None:
        _write_csv(found, sys.stdout)
        return found
    try:
        if out.suffix.lower() == ".csv":
            with out.open("w", encoding="utf-8", newline="") as file:
                _write_csv(found, file)
        else:
            page = _page(embed(choice.dataset, choice.model), found, progress)
            out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{out} can't be written ({error.strerror}).") from error
    return found


def _page(table: EmbeddingTable, found: EmbeddingMap, progress: Progress) -> str:
    rows = [int(row) for row in found.rows]
    drawn = table if len(rows) == len(table) else table.take(rows)
    near = k_nearest(table.search.take(rows), K)
    try:
        sheet = sprite(thumbnails(table, rows, progress), len(rows))
    except InputError:
        sheet = ""
    return map_page(_whole(found), _colours(drawn), near, sheet)


def _colours(table: EmbeddingTable) -> list[Colouring]:
    """Return every colouring that asks for no text and can be had."""
    colours = []
    for by in colourings(table):
        try:
            colours.append(colour_map(table, by))
        except ReplearnError:
            continue  # a prompt that is missing, a confidence that the model can't give
    return colours


def _whole(found: EmbeddingMap) -> EmbeddingMap:
    """Return the map with its points numbered from 0: the page knows no other rows."""
    return replace(found, rows=np.arange(len(found.ids)))


def _write_csv(found: EmbeddingMap, file: TextIO) -> None:
    writer = csv.writer(file)
    writer.writerow(["id", "caption", "group", *"xyz"[: found.coordinates.shape[1]]])
    for row, place in enumerate(found.coordinates.tolist()):
        writer.writerow([found.ids[row], found.captions[row], found.groups[row], *place])
