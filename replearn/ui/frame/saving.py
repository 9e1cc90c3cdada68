"""What the save buttons write: a picture and the data behind it, in one zip."""

import contextlib
import csv
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np
from PIL import Image

from replearn.data.images import open_image
from replearn.plotting.heat_maps.files import npz_bytes, stated
from replearn.plotting.invariance.files import invariance_zip
from replearn.plotting.parts.bars import part_name
from replearn.plotting.zero_shot.bars_picture import bars_picture
from replearn.results.heat_map import HeatMap
from replearn.results.invariance import Invariance
from replearn.results.many_pictures import Prediction
from replearn.results.parts import Contributions
from replearn.results.unit import Unit
from replearn.results.zero_shot import ClassProbabilities, Probabilities
from replearn.studies.many_pictures.evaluate import to_csv


@contextlib.contextmanager
def writes() -> Iterator[None]:
    """Say in one sentence what the disk doesn't take of what a save button writes."""
    try:
        yield
    except OSError as error:
        raise gr.Error(
            f"The file can't be written ({error.strerror or error}); free some space in the "
            "temporary folder, and save again.",
            print_exception=False,
        ) from error


def saved_by(figure: str, write: Callable[..., str | None], inputs: Sequence[Any]) -> gr.Button:
    """Let a figure's tool `save` hand out a file; return what it presses, which isn't seen.

    Args:
        figure: its name.
        write: from the inputs' values to a file's path, or None where nothing is kept.
        inputs: components.
    """
    save = gr.Button("save", visible="hidden", elem_id=f"save-{figure}")
    saved = gr.DownloadButton(visible="hidden", elem_id=f"saved-{figure}")
    save.click(write, list(inputs), saved, api_visibility="private").then(
        None, None, None, js=f"() => document.querySelector('#saved-{figure}').click()"
    )
    return save


def new_file(name: str) -> Path:
    """Return a path in a folder of its own, which the page may hand out."""
    return Path(tempfile.mkdtemp(dir=os.environ.get("GRADIO_TEMP_DIR"))) / name


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


@writes()
def save_answer(kept: tuple[str, Probabilities | ClassProbabilities] | None) -> str | None:
    """Write bars, JSON and CSV of an answer, with its subject; return the zip's path."""
    if kept is None:
        return None
    path, answer = kept
    second = answer.cosines if isinstance(answer, Probabilities) else answer.logits
    rows = io.StringIO()
    writer = csv.writer(rows)
    name = "cosine" if isinstance(answer, Probabilities) else "logit"
    writer.writerow(["label", "probability", name])
    for i in answer.order:
        writer.writerow([answer.labels[i], float(answer.probabilities[i]), float(second[i])])
    target = new_file("replearn-answer.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("answer.png", _png(bars_picture(answer)))
        bundle.writestr("answer.json", json.dumps(answer.to_dict(), indent=2))
        bundle.writestr("answer.csv", rows.getvalue())
        bundle.writestr("subject.png", _png(open_image(path)))
    return str(target)


@writes()
def save_heat_map(found: HeatMap | None, drawn: Image.Image | None) -> str | None:
    """Write a heat map's picture, raw values and stamp; return the zip's path."""
    if found is None or drawn is None:
        return None
    target = new_file("replearn-heat-map.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("heat-map.png", _png(drawn))
        bundle.writestr("heat-map.npz", npz_bytes(found))
        bundle.writestr("heat-map.json", json.dumps(stated(found), indent=2))
    return str(target)


@writes()
def save_parts(found: Contributions | None) -> str | None:
    """Write the parts of an answer, the strongest first, their maps and picture; a zip's path."""
    if found is None:
        return None
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["part", "adds"])
    for part, share in found.strongest(found.scores(found.main).size):
        writer.writerow([part_name(part), share])
    maps = io.BytesIO()
    np.savez_compressed(maps, maps=found.maps)
    target = new_file("replearn-parts.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("parts.csv", rows.getvalue())
        bundle.writestr("parts.json", json.dumps(found.to_dict(), indent=2))
        bundle.writestr("maps.npz", maps.getvalue())
        bundle.writestr("subject.png", _png(Image.fromarray(found.picture)))
    return str(target)


@writes()
def save_units(shown: Sequence[Unit] | None) -> str | None:
    """Write the units on the page, their pictures, numbers and stamps; return the zip's path."""
    if not shown:
        return None
    target = new_file("replearn-units.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for place, found in enumerate(shown, 1):
            folder = f"{place}-{found.stamp.model.replace(':', '-')}-{found.layer}-{found.index}"
            bundle.writestr(f"{folder}/unit.json", json.dumps(found.to_dict(), indent=2))
            for group, some in found.pictures.items():
                for i, one in enumerate(some):
                    bundle.writestr(f"{folder}/{group}-{i}.png", _png(one.picture))
    return str(target)


@writes()
def save_invariance(measured: Sequence[Invariance] | None) -> str | None:
    """Write the curves on the page, and the rows behind them; return the zip's path."""
    if not measured:
        return None
    target = new_file("replearn-invariance.zip")
    target.write_bytes(invariance_zip(measured))
    return str(target)


@writes()
def save_predictions(rows: Sequence[Prediction]) -> str:
    """Write a row for each picture as CSV; return the file's path."""
    target = new_file("replearn-rows.csv")
    target.write_text(to_csv(rows), encoding="utf-8", newline="")
    return str(target)
