"""Responses and overlaps that ship, so that a unit of these models opens at once."""

from pathlib import Path

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import nearest
from replearn.data import load_dataset
from replearn.data.shapes.dataset import Shapes
from replearn.data.vocabularies import usual_dataset
from replearn.encoders.registry import load_model
from replearn.studies.answering.kept_responses import FOLDER, responses_path, write_responses
from replearn.studies.answering.layers import checked_layer
from replearn.studies.answering.responses import computed_responses
from replearn.studies.parts.units.dissection import computed_dissection
from replearn.studies.parts.units.kept_dissections import FOLDER as DISSECTIONS
from replearn.studies.parts.units.kept_dissections import dissection_path, write_dissection

# their last layer, which the Parts tab offers first
MODELS = (
    "shapes-untrained",  # every other one is set beside it
    "shapes-supervised",
    "shapes-simclr",
    "shapes-supcon",
    "shapes-clip",
    "shapes-clip-sae",  # its features
    "imagenet",
    "photo-clip",
)


def build_responses(model: str = "", progress: Progress = silent) -> None:
    """Compute what ships of one model's last layer, or of all; five minutes on two cores.

    Args:
        model: an entry of `MODELS`; left out, all.
        progress: told as pictures are shown.

    Raises:
        InputError: no responses of that model ship.
    """
    if model and model not in MODELS:
        raise InputError(
            f"No responses of {model!r} ship; choose one of {', '.join(MODELS)}."
            f"{nearest(model, MODELS)}"
        )
    named = (model,) if model else MODELS
    for old in () if model else (*_files(FOLDER), *_files(DISSECTIONS)):
        old.unlink()
    for name in named:
        data, encoder = load_dataset(usual_dataset(name)), load_model(name)
        layer = checked_layer(name, "")
        found = computed_responses(encoder, layer, data, progress)
        write_responses(found, responses_path(encoder, layer, data))
        if isinstance(data, Shapes):
            overlaps = computed_dissection(encoder, layer, data, progress)
            write_dissection(overlaps, dissection_path(encoder, layer, data))


def _files(folder: str) -> list[Path]:
    return list(asset_path(folder).glob("*.npz"))
