"""What asks about the subject: the slider, the box, another distortion, one that is kept."""

from typing import Any

from replearn.distortions.stack import Stack
from replearn.ui.distortions.about import About
from replearn.ui.distortions.answer import AnswerView, from_box, from_slider, looked_at
from replearn.ui.distortions.controls import kept_nothing, kept_with, new_range
from replearn.ui.distortions.walk import placed, set_out
from replearn.ui.frame.figure import draws
from replearn.ui.frame.turns import LATEST, QUIET, Turns

NAME = "distortions"
HOW: dict[str, Any] = {"concurrency_limit": 4, "show_progress": "hidden"}


def answers_at_a_level(turns: Turns, view: AnswerView, subject: list[Any]) -> list[Any]:
    """Answer at a level, by slider or by hand; return the listeners that do.

    Args:
        turns: whose turn it is.
        view: what is shown, and the controls.
        subject: picture, model and question.
    """
    controls = view.controls
    asked = [controls.kept, *subject]
    levelled = [controls.kind, controls.level, *asked]

    def at_level(kind: str, level: float | None, *values: Any) -> dict[Any, Any]:
        *about, walked = values
        return from_box(view, kind, level, About(*about), walked)

    def typed(kind: str, level: float | None, *values: Any) -> dict[Any, Any]:
        """Answer at the level in the box, though the slider's last answer may have reached it."""
        found = at_level(kind, level, *values)
        # a level that is refused is left alone: another one may stand in the box by now
        return found if found[view.refused] else {**found, controls.level: level}

    def chosen(kind: str, *values: Any) -> dict[Any, Any]:
        """Take another distortion, at the place where it starts."""
        position, level, unit = new_range(kind)
        found = at_level(kind, level, *values)
        return {**found, controls.position: position, controls.level: level, controls.unit: unit}

    def kept(kind: str, level: float, before: Stack, *values: Any) -> dict[Any, Any]:
        """Keep this distortion below the next one, which starts as nothing."""
        stack, nothing, said, clear = kept_with(before, kind, level)
        return {
            **at_level(kind, nothing, stack, *values),
            controls.kept: stack,
            controls.level: nothing,
            controls.said: said,
            controls.clear: clear,
        }

    def cleared(kind: str, level: float | None, _: Stack, *values: Any) -> dict[Any, Any]:
        """Take away all that was kept."""
        nothing, said, clear = kept_nothing()
        found = at_level(kind, level, nothing, *values)
        return {**found, controls.kept: nothing, controls.said: said, controls.clear: clear}

    def slid(kind: str, position: float, *values: Any) -> dict[Any, Any]:
        *about, walked = values
        return from_slider(view, kind, position, About(*about), walked)

    changed = [
        controls.position,
        controls.level,
        controls.unit,
        controls.kept,
        controls.said,
        controls.clear,
        *view.shown,
    ]
    by_hand = [
        draws(
            "distorted",
            events,
            fn,
            inputs,
            changed,
            view.refused,
            also=[view.walk.walked],
            follows=[controls.kept],
            **HOW,
        )
        for events, fn, inputs in (
            ([turns.of(NAME).change], at_level, levelled),
            ([controls.level.submit], typed, levelled),
            ([controls.kind.change], chosen, [controls.kind, *asked]),
            ([controls.keep.click], kept, levelled),
            ([controls.clear.click], cleared, levelled),
        )
    ]
    controls.position.input(
        looked_at,
        [controls.kind, controls.position, controls.kept, subject[0]],
        view.picture,
        queue=False,
        **LATEST,
    )
    by_slider = draws(
        "distorted",
        [controls.position.input],
        slid,
        [controls.kind, controls.position, *asked],
        [controls.level, *view.shown],
        view.refused,
        also=[view.walk.walked],
        follows=[controls.kept],
        **HOW,
    )
    return [*by_hand, by_slider]


def walks_through_all(turns: Turns, view: AnswerView, subject: list[Any], dataset: Any) -> None:
    """Walk through all levels and place the walk on the map; the level alone is no reason to."""
    controls, walk = view.controls, view.walk
    turn = turns.beside("walk", NAME, after="distorted")
    turns.stir("walk", [controls.kind.input, controls.said.change, walk.projection.input])

    def walked(kind: str, *values: Any) -> dict[Any, Any]:
        *about, data, projection, level = values
        return set_out(walk, kind, About(*about), data, projection, level)

    def again(kind: str, level: float | None, *values: Any) -> dict[Any, Any]:
        *about, found = values
        return from_box(view, kind, level, About(*about), found)

    draws(
        "walk",
        [turn.change],
        walked,
        [controls.kind, controls.kept, *subject, dataset, walk.projection],
        [walk.walked, walk.flip, walk.flipped, walk.place, walk.canvas],
        view.refused,
        also=[controls.level],
        **HOW,
    )
    walk.place.click(
        placed,
        [walk.walked, dataset, walk.projection],
        [walk.walked, walk.place],
        show_progress_on=walk.canvas,
        api_visibility="private",
    ).then(
        again,
        [controls.kind, controls.level, controls.kept, *subject, walk.walked],
        [controls.position, *view.shown],
        **QUIET,
    )
