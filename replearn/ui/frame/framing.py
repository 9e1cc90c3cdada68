"""The square of the subject that the model sees: on the picture, to be dragged; or all of it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from replearn.core.errors import InputError
from replearn.data.framing import Square, framed
from replearn.encoders.seen import seen_by
from replearn.ui.frame.components import component
from replearn.ui.frame.serving.handed_over import served_file, served_folder

NOTE = "replearn-frame"  # where a framed picture's file says what was done to it
TOLD = {"original", "visible", "mode", "square"}
CENTRE_MODE, WHOLE, OWN = "centre", "whole", "own"


@dataclass(frozen=True)
class Frame:
    """What of the picture goes in.

    Attributes:
        mode: "centre" leaves it to the model, "whole" adds margins, "own" takes a square.
        square: as `replearn.data.framing.framed` takes it.
    """

    mode: str = CENTRE_MODE
    square: Square | None = None


CENTRE = Frame()


def framing(model: str) -> gr.HTML:
    """Return the line below the picture; its event is `framed`."""
    return component("framing", "framing", framing_value(CENTRE, model))


def framing_value(frame: Frame, model: str) -> dict[str, Any]:
    """Return what the browser draws."""
    seen = seen_by(model)
    return {"mode": frame.mode, "visible": seen.share, "squashed": seen.squashed}


def frame_of(event: gr.EventData) -> Frame:
    """Return what a person chose.

    Raises:
        InputError: it isn't a square.
    """
    mode, square = getattr(event, "mode", None), getattr(event, "square", None)
    if mode in (CENTRE_MODE, WHOLE):
        return Frame(str(mode))
    numbers = isinstance(square, list) and all(isinstance(x, int | float) for x in square)
    if mode != OWN or not isinstance(square, list) or not numbers or len(square) != 3:
        raise InputError("Drag the square on the picture, or choose its centre or the whole.")
    left, top, side = (round(float(x), 4) for x in square)
    return Frame(OWN, (left, top, side))


def framed_path(original: str, frame: Frame, model: str) -> str:
    """Return the path of the picture as every study gets it.

    Raises:
        InputError: the picture can't be opened, or the square isn't inside.
    """
    seen = seen_by(model)
    if frame.mode == CENTRE_MODE or (frame.mode == WHOLE and seen.squashed):
        return original
    share = 1.0 if seen.squashed else seen.share
    lies = Path(original)
    below = lies.relative_to(served_folder()) if lies.is_relative_to(served_folder()) else lies.name
    told = {"original": str(below), "visible": share, **asdict(frame)}

    def write(part: Path) -> None:
        notes = PngInfo()
        notes.add_text(NOTE, json.dumps(told))
        framed(original, frame.square, share).save(part, "PNG", pnginfo=notes)

    return served_file(f"{original} {json.dumps(told)}", f"{Path(original).stem}.png", write)


def told_frame(path: str) -> dict[str, Any] | None:
    """Return what a framed picture's file says of itself; None of any other file."""
    if Path(path).suffix != ".png":
        return None
    try:
        with Image.open(path) as image:
            told = json.loads(image.info.get(NOTE, ""))
    except (OSError, ValueError, SyntaxError, TypeError):
        return None
    return told if isinstance(told, dict) and told.keys() >= TOLD else None


def original_of(path: str) -> str:
    """Return the path of the picture that a subject was framed from; its own where it wasn't."""
    told = told_frame(path)
    return path if told is None else str(served_folder() / told["original"])
