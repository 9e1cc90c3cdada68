"""The maps that are on somebody's page, kept open so that a click is answered at once."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from PIL import Image

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.plotting.map.sprite import COLUMNS, sprite, tile_size
from replearn.plotting.map.values import pictures_key
from replearn.results.map import EmbeddingMap, Neighbours
from replearn.store.embedding_table import EmbeddingTable
from replearn.studies.map.embed import embed
from replearn.studies.map.embedding_map import MapChoice
from replearn.studies.map.own_map import own_map
from replearn.studies.map.pictures import thumbnails

KEPT = 8
SHEETS = 4
_lock = threading.Lock()


@dataclass(frozen=True)
class Drawn:
    """What a page shows: a map of a data set, or of a file of the user's own."""

    choice: MapChoice
    file: str | None = None


@dataclass(frozen=True, eq=False)
class KeptMap:
    """A map with the table behind it."""

    table: EmbeddingTable
    found: EmbeddingMap


_maps: OrderedDict[Drawn, KeptMap] = OrderedDict()
_sheets: OrderedDict[str, dict[str, object]] = OrderedDict()


def draw_map(drawn: Drawn, progress: Progress = silent) -> KeptMap:
    """Lay a map out (or find it), and keep it.

    Raises:
        InputError: it can't be drawn.
    """
    if drawn.file:
        kept = KeptMap(*own_map(drawn.file, drawn.choice, progress))
    else:
        table = embed(drawn.choice.dataset, drawn.choice.model, progress)
        kept = KeptMap(table, drawn.choice.laid_out(progress))
    with _lock:
        _maps[drawn] = kept
        _maps.move_to_end(drawn)
        while len(_maps) > KEPT:
            _maps.popitem(last=False)
    return kept


def kept_map(drawn: Drawn) -> KeptMap:
    """Return a map that was drawn before, at once where it is still kept."""
    return _maps.get(drawn) or draw_map(drawn)


def sheet_of(kept: KeptMap, progress: Progress = silent) -> dict[str, object]:
    """Return a map's pictures as one, with their captions; without pictures, the captions alone."""
    key = pictures_key(kept.found)
    sheet = _sheets.get(key)
    if sheet is None:
        rows = [int(row) for row in kept.found.rows]
        try:
            source = sprite(thumbnails(kept.table, rows, progress), len(rows))
        except InputError:
            source = ""
        sheet = {
            "key": key,
            "src": source,
            "tile": tile_size(len(rows)),
            "columns": COLUMNS,
            "captions": list(kept.found.captions),
        }
        with _lock:
            _sheets[key] = sheet
            while len(_sheets) > SHEETS:
                _sheets.popitem(last=False)
    return sheet


def gallery(kept: KeptMap, rows: list[int], captions: list[str]) -> list[tuple[Image.Image, str]]:
    """Return pictures of some rows with a caption each, grey ones where there are none."""
    try:
        pictures = list(thumbnails(kept.table, rows))
    except InputError:
        pictures = [Image.new("RGB", (64, 64), "#c9ced4")] * len(rows)
    return list(zip(pictures, captions, strict=True))


def near_gallery(kept: KeptMap, near: Neighbours) -> list[tuple[Image.Image, str]]:
    """Return neighbours as pictures, each with its cosine, caption and label."""
    captions = []
    for row, cosine in zip(near.indices, near.similarities, strict=True):
        label = kept.table.groups[int(row)]
        captions.append(
            f"{cosine:.2f} {kept.table.captions[int(row)]}" + (f" · {label}" if label else "")
        )
    return gallery(kept, [int(row) for row in near.indices], captions)
