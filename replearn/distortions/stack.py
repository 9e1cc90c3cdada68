"""Several distortions of one picture, in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from replearn.core.errors import InputError
from replearn.distortions import load_distortion
from replearn.distortions.base import Values, to_image, to_values

MOST = 6  # layers; beyond, little of any picture is left


@dataclass(frozen=True)
class Layer:
    """One distortion of a stack, at its level."""

    distortion: str
    level: float

    def __str__(self) -> str:
        return f"{self.distortion} {self.level:g}"


@dataclass(frozen=True)
class Stack:
    """Layers, of which the first works first.

    Example:
        >>> str(Stack((Layer("greyscale", 1), Layer("contrast", 0.3))))
        'greyscale 1, contrast 0.3'
    """

    layers: tuple[Layer, ...] = ()

    def __post_init__(self) -> None:
        self.check()

    def __str__(self) -> str:
        return ", ".join(map(str, self.layers))

    def check(self) -> None:
        """Raise InputError for too many layers, an unknown distortion or a level out of range."""
        if len(self.layers) > MOST:
            raise InputError(
                f"{len(self.layers)} distortions are stacked; take some away, at most {MOST} go."
            )
        for layer in self.layers:
            load_distortion(layer.distortion).check(layer.level)

    def then(self, distortion: str, level: float) -> "Stack":
        """Return the stack with one more layer on top.

        Raises:
            InputError: it is one too many, unknown, or its level is out of range.
        """
        return Stack((*self.layers, Layer(distortion, level)))

    def apply(self, image: Image.Image, seed: int) -> Image.Image:
        """Return the distorted picture; byte for byte where every layer is the identity."""
        if all(load_distortion(a.distortion).identity_level == a.level for a in self.layers):
            return image.copy()
        return to_image(self.apply_values(to_values([image]), [seed])[0])

    def apply_values(self, values: Values, seeds: Sequence[int]) -> Values:
        """Return a batch of distorted pictures, (n, h, w, 3), from 0 to 1; one seed for each."""
        for layer in self.layers:
            values = load_distortion(layer.distortion).apply_values(values, layer.level, seeds)
        return values


NOTHING = Stack()
