"""Models that the lab trained: those that ship, and a user's own runs."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safetensors import SafetensorError

from replearn.core import fingerprint
from replearn.core.assets import asset_path
from replearn.core.damaged import DAMAGED
from replearn.core.errors import InputError, ModelError
from replearn.core.settings import from_environment
from replearn.core.visitors.run_owners import is_seen
from replearn.encoders.base import Encoder, ModelCard
from replearn.encoders.checksums import check_weights
from replearn.encoders.preprocessing import Preprocessing
from replearn.encoders.timm_classifier import TimmClassifier

if TYPE_CHECKING:
    from torch import nn

# folders under assets/, each with a card.json
SHIPPED = (
    "shapes-supervised",
    "shapes-supcon",
    "shapes-simclr",
    "shapes-bagnet",
    "shapes-texture-tied",
    "shapes-background-tied",
    "shapes-multiview",
    "shapes-clip",
    "shapes-moco",
    "shapes-simsiam",
    "emoji-simclr",
    "emoji-designers",
    "emoji-clip",
)
DICTIONARIES = ("shapes-clip-sae",)  # sparse autoencoders that ship, each on the model it names
RUN = "run:"
HEADS = "heads.safetensors"  # of photo-clip's two sides


def _resnet(width: int, side: int, classes: int) -> "nn.Module":
    from replearn.encoders.small.resnet import small_resnet

    return small_resnet(width, side, classes)


def _bagnet(width: int, side: int, classes: int) -> "nn.Module":  # noqa: ARG001  (any side)
    from replearn.encoders.small.bagnet import SmallBagNet

    return SmallBagNet(width, classes)


# kind, as config.json has it -> (width, side, classes) -> network
NETWORKS = {"small-resnet": _resnet, "small-bagnet": _bagnet}


def runs_folder() -> Path:
    """Return the folder of a user's own runs."""
    return from_environment().cache_dir / "runs"


def run_names() -> list[str]:
    """Return the names of finished runs that who asks may open, newest first."""
    cards = {path.parent: written(path.parent) for path in runs_folder().glob("*/card.json")}
    cards = {folder: when for folder, when in cards.items() if is_seen(folder)}
    return [folder.name for folder in sorted(cards, key=lambda one: -cards[one])]


def model_folder(name: str) -> Path | None:
    """Return the folder of a shipped model or of a run; None for any other name.

    Raises:
        InputError: the run is another visitor's.
    """
    if name in SHIPPED or name in DICTIONARIES:
        return asset_path(name)
    if name.startswith(RUN):
        return run_folder(name)
    return None


def run_folder(name: str) -> Path:
    """Return the folder of `run:NAME`, whether there is one or not.

    Raises:
        InputError: it is another visitor's, which sounds as if there were none.
    """
    folder = runs_folder() / Path(name.removeprefix(RUN)).name
    if folder.is_dir() and not is_seen(folder):
        raise no_model(folder)
    return folder


def no_model(folder: Path) -> InputError:
    """Return the error that a run's folder holds no model."""
    known = ", ".join(f"{RUN}{name}" for name in run_names()) or "none yet"
    return InputError(f"There is no trained model in {folder.name}; finished runs: {known}.")


def written(folder: Path) -> int:
    """Return when a model's card was written, 0 where there is none."""
    try:
        return (folder / "card.json").stat().st_mtime_ns
    except (OSError, ValueError):  # also a name that is too long, or none
        return 0


def read_card(folder: Path) -> ModelCard:
    """Return the card that training wrote.

    Raises:
        InputError: there is none.
        ModelError: it can't be read.
    """
    path = folder / "card.json"
    if not written(folder):
        raise no_model(folder)
    try:
        stated: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        card = ModelCard(**{**stated, "capabilities": tuple(map(str, stated["capabilities"]))})
        if not isinstance(card.image_parameters + card.text_parameters, int):
            raise TypeError("its parameters aren't counted")
        return card
    except DAMAGED as error:
        raise ModelError(f"{path} isn't a model's card ({error}); train it again.") from error


def load(name: str, folder: Path) -> Encoder:
    """Open the model in a folder that training wrote.

    Raises:
        InputError: there is no model in it.
        ModelError: a file can't be read or doesn't fit, or isn't what was shipped.
    """
    card = read_card(folder)
    check_weights(folder)
    if (folder / "open_clip_config.json").exists():
        from replearn.encoders.open_clip.models import load_folder

        return load_folder(name, folder, card)
    if "sparse-features" in card.capabilities:
        from replearn.encoders.sparse_features import SparseFeatures

        return SparseFeatures(name, folder, card)
    if (folder / HEADS).exists():
        from replearn.encoders.photo_clip import model as photo_clip

        return photo_clip.load(folder, name, card)
    return LabNetwork(name, folder, card)


class LabNetwork(TimmClassifier):
    """A small network of the lab, of a kind that its config.json names.

    Args:
        name: the model's name in the app.
        folder: with config.json and model.safetensors.
        card: what a user should know.

    Raises:
        ModelError: config.json can't be read.
    """

    def __init__(self, name: str, folder: Path, card: ModelCard) -> None:
        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            side, self._channels = int(config["side"]), int(config["width"])
            self._kind = str(config["kind"])
            self._class_names = tuple(config["class_names"])
        except DAMAGED as error:
            raise ModelError(f"{folder.name} has no usable config.json ({error}).") from error
        half = (0.5, 0.5, 0.5)
        super().__init__(Preprocessing(side, side, half, half), 8 * self._channels)
        self.name, self.card, self._folder, self._side = name, card, folder, side
        weights = folder / "model.safetensors"
        if not weights.exists():
            raise ModelError(f"{folder.name} has no model.safetensors; train it again.")
        self.fingerprint = fingerprint.of_parts([fingerprint.of_file(weights), str(config)])

    def build(self) -> "nn.Module":
        """Return the network with the trained weights.

        Raises:
            ModelError: the weights can't be read or don't fit.
        """
        from safetensors.torch import load_file

        make = NETWORKS.get(self._kind)
        if make is None:
            raise ModelError(f"{self.name} is of an unknown kind {self._kind!r}; train it again.")
        network = make(self._channels, self._side, max(1, len(self._class_names)))
        try:
            state = load_file(self._folder / "model.safetensors")
            network.load_state_dict(
                {k: v.float() if v.is_floating_point() else v for k, v in state.items()}
            )
        except (OSError, RuntimeError, SafetensorError) as error:
            raise ModelError(f"The weights of {self.name} can't be read: {error}") from error
        return network

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes of the last layer, which is trained or a linear probe (the card says)."""
        if not self._class_names:
            return super().class_names
        return self._class_names
