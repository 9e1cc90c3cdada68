"""The lab's shipped models: which recipe, with which settings, makes each."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ShippedModel:
    """How a shipped model is made.

    Attributes:
        recipe: an entry of `RECIPES`.
        settings: what differs from the recipe's own.
        aim: what it was meant to reach, in words.
        kept: what the loss and the augmentation keep and throw away, in words.
    """

    recipe: str
    settings: dict[str, Any] = field(default_factory=dict)
    aim: str = ""
    kept: str = ""


SHIPPED_MODELS = {
    "shapes-supervised": ShippedModel(
        "supervised",
        {"batch": 128, "epochs": 36},
        aim="0.97 of the solids on test",
        kept="Labels name the solid alone, and augmentation changes colour, place and size a "
        "little: what doesn't help to tell solids apart may go.",
    ),
}
