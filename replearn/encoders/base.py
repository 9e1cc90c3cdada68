"""What every encoder can do, and how it says what it can't."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.errors import CapabilityError
from replearn.data import images

if TYPE_CHECKING:
    from replearn.encoders.preprocessing import Preprocessing
    from replearn.encoders.tower import ImageTower

Picture = images.Picture
Pixels = npt.NDArray[np.float32]  # (n, 3, h, w), as the network wants them
Vectors = npt.NDArray[np.float32]  # (n, d)
Capability = Literal["image", "text", "logits", "feature_map", "sparse-features"]


@dataclass(frozen=True)
class ModelCard:
    """What a user should know of a model before using it."""

    summary: str
    trained_on: str
    licence: str
    image_parameters: int  # a count, not millions
    text_parameters: int
    capabilities: tuple[Capability, ...]
    published: str = ""  # a published figure and where it comes from, or nothing
    paper: str = ""


class Encoder(ABC):
    """A network that turns pictures, and perhaps texts, into vectors.

    `outputs` are what the last layer gives before any normalisation: class logits where
    `output_kind` is "logits", a joint image-text embedding where it is "embedding".
    """

    name: str
    fingerprint: str  # of weights and preprocessing: the same fingerprint gives the same vectors
    card: ModelCard
    output_kind: Literal["logits", "embedding"]
    null_weight: float = 1.0  # what the cosine of "none of these" counts beside labels' cosines
    looks_up_senses: bool = False  # whether a label such as "crane (wading bird)" chooses a sense
    preprocessing: "Preprocessing"

    @property
    def trunk_fingerprint(self) -> str:
        """A fingerprint of what its layers respond with; models with the same trunk share it."""
        return self.fingerprint

    @abstractmethod
    def preprocess(self, images: Sequence[Picture]) -> Pixels:
        """Resize, crop and scale pictures to the network's input, shape (n, 3, h, w)."""

    def enlarged(self, images: Sequence[Picture], factor: int) -> Pixels:  # noqa: ARG002
        """Return pixels at a multiple of the network's own side, for a finer map.

        Raises:
            CapabilityError: the network takes pictures of one size alone.
        """
        raise CapabilityError(
            f"{self.name} takes pictures of one size alone; imagenet and photo-clip can look at "
            "larger ones."
        )

    @abstractmethod
    def preview(self, image: Picture) -> Image.Image:
        """Return the part of the picture that the network sees, as an RGB picture."""

    @abstractmethod
    def shown(self, pixels: Pixels) -> npt.NDArray[np.uint8]:
        """Return the network's input (n, 3, h, w) as pictures again, (n, h, w, 3)."""

    @abstractmethod
    def outputs(self, pixels: Pixels) -> Vectors:
        """Run the network on the engine; shape (n, classes) or (n, d), not normalised."""

    @abstractmethod
    def embed_pixels(self, pixels: Pixels) -> Vectors:
        """Return L2-normalised image vectors, shape (n, d)."""

    def encode_image(self, images: Sequence[Picture]) -> Vectors:
        """Return L2-normalised vectors of pictures (PIL or paths), float32, shape (n, d)."""
        return self.embed_pixels(self.preprocess(images))

    def encode_text(self, texts: Sequence[str]) -> Vectors:  # noqa: ARG002
        """Return L2-normalised vectors of texts, float32, shape (m, d).

        Raises:
            CapabilityError: the model has no text tower.
        """
        raise CapabilityError(
            f"{self.name} has no text tower; photo-clip and any open_clip model can read text."
        )

    @property
    def temperature(self) -> float:
        """The learnt temperature: probabilities are softmax(cosine / temperature).

        Raises:
            CapabilityError: the model has no text tower.
        """
        raise CapabilityError(
            f"{self.name} has no text tower and so no temperature; use photo-clip or open_clip."
        )

    @property
    def text_fingerprint(self) -> str:
        """What texts' vectors are kept under; more than `fingerprint` where code reads a text."""
        return self.fingerprint

    def count_tokens(self, texts: Sequence[str]) -> tuple[list[int], int]:  # noqa: ARG002
        """Return each text's number of tokens, and how many the model reads at most.

        Raises:
            CapabilityError: the model has no text tower.
        """
        raise CapabilityError(f"{self.name} has no text tower; use photo-clip or open_clip.")

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes of the model's own classification head.

        Raises:
            CapabilityError: the model has no classification head.
        """
        raise CapabilityError(
            f"{self.name} has no classification head; imagenet has one, or give labels to compare."
        )

    def logits(self, images: Sequence[Picture]) -> Vectors:
        """Return class logits of pictures, float32, shape (n, classes).

        Raises:
            CapabilityError: the model has no classification head.
        """
        if "logits" not in self.card.capabilities:
            self.class_names  # noqa: B018  (raises the sentence that names models with a head)
        return self.outputs(self.preprocess(images))

    def tower(self) -> "ImageTower":
        """Return the image network in torch, for work that wants gradients or hooks."""
        raise CapabilityError(f"{self.name} can't be opened for gradients; use photo-clip.")

    def embedding_tower(self) -> "ImageTower":
        """Return the network in torch, ending in what `embed_pixels` normalises."""
        return self.tower()
