"""What a click, a search or a lasso on the map brings: always from the full space."""

import csv
import io
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from replearn.core.errors import CapabilityError, ReplearnError
from replearn.core.results import Neighbours
from replearn.plotting.map_values import as_text, colour_value, overlay_value
from replearn.studies.embedding_map import place_on_map
from replearn.studies.map_colour import colour_map
from replearn.ui.code import map_code
from replearn.ui.map_kept import Drawn, KeptMap, gallery, kept_map, near_gallery

SHOWN = 48  # of a lasso
Followed = tuple[Drawn, str | None]  # a map, and the picture that was placed on it
NEAR = 5  # outputs of an answer: overlay, gallery, stamp, code, row
ASK = "Open the map first."
TYPED = frozenset({"prompt", "caption word"})  # colourings that want a text


def unanswered(sentence: str) -> tuple[Any, ...]:
    """Leave everything as it is, and say why."""
    return (*[gr.skip()] * NEAR, sentence)


def near_row(drawn: Drawn | None, row: int) -> tuple[Any, ...]:
    """Answer a click: the row's neighbours, and lines to them."""
    if drawn is None:
        return unanswered(ASK)
    try:
        kept = kept_map(drawn)
        near = kept.table.neighbours(id=kept.table.ids[row])
        return _answer(drawn, kept, near, overlay_value(kept.found, row, near.indices), row)
    except (ReplearnError, IndexError) as error:
        return unanswered(str(error))


def near_name(drawn: Drawn | None, text: str | None) -> tuple[Any, ...]:
    """Select the picture of a name, the exact one before one that holds the text."""
    wanted = (text or "").strip().casefold()
    if drawn is None or not wanted:
        return unanswered("Type a name, or a part of one.")
    captions = kept_map(drawn).table.captions
    hits = [i for i, caption in enumerate(captions) if wanted in caption.casefold()]
    if not hits:
        return unanswered(f"No picture of this map is called “{wanted[:40]}”.")
    exact = [i for i in hits if captions[i].casefold() == wanted]
    return near_row(drawn, (exact or hits)[0])


def near_picture(drawn: Drawn | None, picture: str | None) -> tuple[Any, ...]:
    """Place a picture on the map, and bring its neighbours."""
    if drawn is None:
        return unanswered(ASK)
    if drawn.file:
        return unanswered("These vectors are your own: click a point for its neighbours.")
    if picture is None:
        return unanswered("Choose a picture: upload, paste, or take an example.")
    try:
        kept = kept_map(drawn)
        near = replace(kept.table.neighbours(image=picture), query="the subject")
        placed = place_on_map(drawn.choice, pictures=[picture])
        shown = overlay_value(kept.found, None, near.indices, placed)
        for mark in shown["marks"]:
            mark["text"] = "subject"
        return _answer(drawn, kept, near, shown, None)
    except ReplearnError as error:
        return unanswered(str(error))


def followed_picture(
    drawn: Drawn | None, picture: str | None, before: Followed | None
) -> tuple[Any, ...]:
    """Follow the page's map and picture, once for each: Gradio may tell of one change twice.

    The second time would take back a click that was made in between.

    Returns:
        What `near_picture` returns, then what was followed.
    """
    if drawn is None or before == (drawn, picture):
        return (gr.skip(),) * (NEAR + 2)
    return (*near_picture(drawn, picture), (drawn, picture))


def typed(drawn: Drawn | None, by: str, text: str | None) -> tuple[Any, ...]:
    """Colour the map by what was typed: as a prompt, or as a caption's word where that is chosen.

    Returns:
        What `coloured` returns.
    """
    words = (text or "").strip()
    return coloured(drawn, "prompt" if words and by not in TYPED else by, words)


def coloured(drawn: Drawn | None, by: str, text: str | None) -> tuple[Any, ...]:
    """Colour the map; a prompt is also placed on it, with the pictures nearest to it.

    Returns:
        The colour slot, the chosen colouring, then what `near_row` returns.
    """
    if drawn is None:
        return gr.skip(), gr.skip(), *unanswered(ASK)
    words = (text or "").strip()
    kept = kept_map(drawn)
    try:
        colour = colour_map(kept.table, by, words)
    except CapabilityError:
        by = "caption word"  # the model reads no text; captions can still be searched
        try:
            colour = colour_map(kept.table, by, words)
        except ReplearnError as error:
            return gr.skip(), by, *unanswered(str(error))
    except ReplearnError as error:
        return gr.skip(), by, *unanswered(str(error))
    shown = as_text(colour_value(kept.found, colour))
    if by != "prompt":
        return shown, by, *unanswered("")
    return shown, by, *_near_text(drawn, kept, words)


def _near_text(drawn: Drawn, kept: KeptMap, words: str) -> tuple[Any, ...]:
    near = kept.table.neighbours(text=words)
    # coordinates of the user's own are no map that a text could be placed on
    placed = None if drawn.file else place_on_map(drawn.choice, texts=[words])
    return _answer(drawn, kept, near, overlay_value(kept.found, None, near.indices, placed), None)


def _answer(
    drawn: Drawn, kept: KeptMap, near: Neighbours, overlay: dict[str, Any], row: int | None
) -> tuple[Any, ...]:
    stamp = {"text": f"cosine to “{near.query}” | {near.stamp}"}
    code = gr.skip() if drawn.file else map_code(drawn.choice, row)
    return as_text(overlay), near_gallery(kept, near), stamp, code, row, None


def lassoed(drawn: Drawn | None, rows: Sequence[Any]) -> tuple[Any, ...]:
    """Return pictures of the selected rows, how many they are, and a CSV of them."""
    if drawn is None:
        return gr.skip(), ASK, gr.skip()
    kept = kept_map(drawn)
    chosen = [row for row in rows if isinstance(row, int) and 0 <= row < len(kept.table)]
    if not chosen:
        return None, "Nothing selected: draw a lasso around some points.", None
    first = chosen[:SHOWN]
    shown = gallery(kept, first, [kept.table.captions[row] for row in first])
    more = f", {SHOWN} of them shown" if len(chosen) > SHOWN else ""
    return shown, f"{len(chosen):,} selected{more}", str(_csv(kept, chosen))


def _csv(kept: KeptMap, rows: list[int]) -> Path:
    table, found = kept.table, kept.found
    at = {int(row): i for i, row in enumerate(found.rows)}
    text = io.StringIO()
    writer = csv.writer(text)
    axes = ["x", "y", "z"][: found.coordinates.shape[1]]
    writer.writerow(["id", "caption", "label", *axes, *table.columns])
    for row in rows:
        writer.writerow(
            [
                table.ids[row],
                table.captions[row],
                table.groups[row],
                *found.coordinates[at[row]].tolist(),
                *(texts[row] for texts in table.columns.values()),
            ]
        )
    target = Path(tempfile.mkdtemp(dir=os.environ.get("GRADIO_TEMP_DIR"))) / "selection.csv"
    target.write_text(text.getvalue(), encoding="utf-8")
    return target
