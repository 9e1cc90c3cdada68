"""What a click, a search or a colouring of the map brings: always from the full space."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from replearn.core.errors import CapabilityError, ReplearnError
from replearn.plotting.map.values import as_text, colour_value, overlay_value
from replearn.results.map import Neighbours
from replearn.studies.map.colour import colour_map
from replearn.studies.map.embedding_map import place_on_map
from replearn.taking_home.answers import neighbours_table
from replearn.taking_home.asked import Asked, Place, Shot, as_it_lies
from replearn.ui.frame.code import map_code
from replearn.ui.frame.figure import Shown, unchanged
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.picture_code import at_home, picture_expression
from replearn.ui.frame.subject import NO_PICTURE
from replearn.ui.map.kept_maps import Drawn, KeptMap, kept_map, near_gallery

Followed = tuple[Drawn, str | None]  # a map, and the picture that was placed on it
ASK = "Open the map first."
TEXT = "text"  # is typed key by key
TYPED = frozenset({"prompt", "caption word"})  # colourings that want a text


@dataclass(frozen=True)
class MapAnswers:
    """The components that answer about a point, a picture or a text, and their listeners.

    Attributes:
        overlay, colour: slots of the map.
        nearest, origin: the pictures nearest in the full space, and their stamp.
        code: the Python that finds the same.
        selected: the row of the table that was clicked last, or None.
        colour_by: the colouring that is chosen.
        followed: a `Followed`, or None.
        refused: the notice.
    """

    overlay: gr.HTML
    colour: gr.HTML
    nearest: gr.Gallery
    origin: gr.HTML
    code: gr.Code
    selected: gr.State
    colour_by: gr.Dropdown
    followed: gr.State
    refused: gr.HTML

    @property
    def near(self) -> list[Any]:
        """The outputs of an answer about neighbours."""
        return [
            self.overlay,
            self.nearest,
            self.origin,
            self.code,
            self.selected,
            self.refused,
        ]

    def clicked(self, drawn: Drawn | None, event: gr.EventData) -> Shown:
        """Answer a click on the map."""
        row = getattr(event, "index", None)
        if not isinstance(row, int) or row < 0:
            return {self.refused: "Click on a dot."}
        return self.near_row(drawn, row)

    def near_row(self, drawn: Drawn | None, row: int) -> Shown:
        """Bring a row's neighbours, and lines to them."""
        if drawn is None:
            return {self.refused: ASK}
        try:
            kept = kept_map(drawn)
            near = kept.table.neighbours(id=kept.table.ids[row])
            shown = overlay_value(kept.found, row, near.indices)
            return self._answer(drawn, kept, near, shown, row, lambda _: f"id=table.ids[{row}]")
        except (ReplearnError, IndexError) as error:
            return {self.refused: str(error)}

    def near_name(self, drawn: Drawn | None, text: str | None) -> Shown:
        """Select the picture of a name, the exact one before one that holds the text."""
        wanted = (text or "").strip().casefold()
        if drawn is None or not wanted:
            return {self.refused: "Type a name, or a part of one."}
        captions = kept_map(drawn).table.captions
        hits = [i for i, caption in enumerate(captions) if wanted in caption.casefold()]
        if not hits:
            return {self.refused: f"No picture of this map is called “{wanted[:40]}”."}
        exact = [i for i in hits if captions[i].casefold() == wanted]
        return self.near_row(drawn, (exact or hits)[0])

    def near_picture(self, drawn: Drawn | None, picture: str | None) -> Shown:
        """Place a picture on the map, and bring its neighbours."""
        if drawn is None:
            return {self.refused: ASK}
        if drawn.file:
            said = "These vectors are your own: click a point for its neighbours."
            return {self.refused: said}
        if picture is None:
            return {self.refused: NO_PICTURE}
        try:
            kept = kept_map(drawn)
            near = replace(kept.table.neighbours(image=picture), query="the subject")
            placed = place_on_map(drawn.choice, pictures=[picture])
            shown = overlay_value(kept.found, None, near.indices, placed)
            for mark in shown["marks"]:
                mark["text"] = "subject"

            def query(place: Place) -> str:
                return f"image={picture_expression(at_home(place, picture))}"

            return self._answer(drawn, kept, near, shown, picture, query)
        except ReplearnError as error:
            return {self.refused: str(error)}

    def followed_picture(
        self, drawn: Drawn | None, picture: str | None, before: Followed | None
    ) -> Shown:
        """Follow the page's map and picture, once for each: Gradio may tell of one change twice.

        The second time would take back a click that was made in between.
        """
        if drawn is None or before == (drawn, picture):
            return unchanged()
        return {**self.near_picture(drawn, picture), self.followed: (drawn, picture)}

    def typed(self, drawn: Drawn | None, by: str, text: str | None) -> Shown:
        """Colour the map by a text: as a prompt, or as a caption's word where that is chosen."""
        words = (text or "").strip()
        return self.coloured(drawn, "prompt" if words and by not in TYPED else by, words)

    def coloured(self, drawn: Drawn | None, by: str, text: str | None) -> Shown:
        """Colour the map; a prompt is also placed on it, with the pictures nearest to it."""
        if drawn is None:
            return {self.refused: ASK}
        words = (text or "").strip()
        kept = kept_map(drawn)
        try:
            colour = colour_map(kept.table, by, words)
        except CapabilityError:
            by = "caption word"  # the model reads no text; captions can still be searched
            try:
                colour = colour_map(kept.table, by, words)
            except ReplearnError as error:
                return {self.colour_by: by, self.refused: str(error)}
        except ReplearnError as error:
            return {self.colour_by: by, self.refused: str(error)}
        shown = {self.colour: as_text(colour_value(kept.found, colour)), self.colour_by: by}
        if by != "prompt":
            return {**shown, self.refused: ""}
        return {**shown, **self._near_text(drawn, kept, words)}

    def _near_text(self, drawn: Drawn, kept: KeptMap, words: str) -> Shown:
        near = kept.table.neighbours(text=words)
        # coordinates of the user's own are no map that a text could be placed on
        placed = None if drawn.file else place_on_map(drawn.choice, texts=[words])
        shown = overlay_value(kept.found, None, near.indices, placed)
        return self._answer(drawn, kept, near, shown, TEXT, lambda _: f"text={words!r}")

    def _answer(
        self,
        drawn: Drawn,
        kept: KeptMap,
        near: Neighbours,
        overlay: dict[str, Any],
        of: int | str,
        query: Callable[[Place], str],
    ) -> Shown:
        """Show the nearest to a row, to a picture or to a text."""
        pictures = near_gallery(kept, near)
        shown: Shown = {
            self.overlay: as_text(overlay),
            self.nearest: pictures,
            self.origin: {"text": f"cosine to “{near.query}” | {near.stamp}"},
            self.selected: of if isinstance(of, int) else None,
            self.refused: None,
        }
        if drawn.file:  # a file of the user's own is no data set that Python could name
            return shown
        entry = Asked(
            "Map",
            f"What of {drawn.choice.dataset} is nearest to {near.query}, to {drawn.choice.model}?",
            (drawn, of),
            lambda place: map_code(drawn.choice, query(place)),
            str(near.stamp),
            neighbours_table(near),
            shots=tuple(Shot(*one) for one in pictures),
        )
        return {**shown, self.code: entry.code(as_it_lies), ASKED: entry}
