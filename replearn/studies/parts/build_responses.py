"""Responses that ship, so that a unit of these models opens at once."""

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import nearest
from replearn.data import load_dataset
from replearn.data.vocabularies import usual_dataset
from replearn.encoders.registry import load_model
from replearn.studies.parts.kept_responses import FOLDER, responses_path, write_responses
from replearn.studies.parts.responses import checked_layer, computed_responses

# their last layer, which the Parts tab offers first
MODELS = (
    "shapes-untrained",  # every other one is set beside it
    "shapes-supervised",
    "shapes-simclr",
    "shapes-supcon",
    "shapes-clip",
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
    for name in (model,) if model else MODELS:
        data, encoder = load_dataset(usual_dataset(name)), load_model(name)
        for old in asset_path(FOLDER).glob(f"{data.name}-{name}-*.npz"):
            old.unlink()
        layer = checked_layer(name, "")
        found = computed_responses(encoder, layer, data, progress)
        write_responses(found, responses_path(encoder, layer, data))
