"""How much of a picture a model sees, known without opening the models that ship."""

from dataclasses import dataclass

from replearn.encoders import lab
from replearn.encoders.preprocessing import Preprocessing


@dataclass(frozen=True)
class Seen:
    """What of a picture goes in.

    Attributes:
        share: of the shorter side, that the centre crop keeps.
        squashed: the whole picture is stretched to a square instead.
    """

    share: float = 1.0
    squashed: bool = False


def seen_by(model: str) -> Seen:
    """Return how much a model sees.

    Raises:
        ReplearnError: a model that doesn't ship can't be opened.
    """
    if model in {"imagenet", "photo-clip"}:  # the same network
        from replearn.encoders.imagenet import LITE0_PREPROCESSING

        return _seen(LITE0_PREPROCESSING)
    if model in {"pixels", "shapes-untrained", *lab.SHIPPED, *lab.DICTIONARIES}:
        return Seen()
    from replearn.encoders.registry import load_model

    return _seen(load_model(model).preprocessing)


def _seen(how: Preprocessing) -> Seen:
    return Seen(how.crop / how.resize, how.mode == "squash")
