"""One picture, asked of whatever model stands at the left."""

from collections.abc import Sequence

from PIL import Image

from replearn.core.answers import ClassProbabilities, Probabilities
from replearn.encoders.base import Encoder
from replearn.studies.zero_shot import classify, zero_shot


def answered(
    encoder: Encoder, image: Image.Image, labels: Sequence[str] | None
) -> Probabilities | ClassProbabilities:
    """Return what a model says: among the labels if it reads text, else by its own head.

    Raises:
        InputError: a label can't be used.
        CapabilityError: the model can't answer.
    """
    if "text" in encoder.card.capabilities:
        return zero_shot(image, labels or (), encoder.name)
    return classify(image, encoder.name)
