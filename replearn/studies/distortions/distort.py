"""One picture, changed by a level."""

from pathlib import Path

from PIL import Image

from replearn.data.images import open_image
from replearn.distortions import load_distortion


def distort(image: Image.Image | str | Path, name: str, level: float, seed: int = 0) -> Image.Image:
    """Return a distorted picture, RGB, of the same size; at the identity level byte for byte.

    Levels in pixels count the pixels of the picture as it is given.

    Args:
        image: a PIL picture or a path.
        name: an entry of `replearn.distortions.DISTORTIONS`.
        level: in the distortion's own unit.
        seed: of whatever is random.

    Raises:
        InputError: the picture can't be opened, there is no such distortion, or its level is out
            of range.

    Example:
        >>> distort(Image.new("RGB", (8, 8), "red"), "greyscale", 1.0).getpixel((0, 0))
        (54, 54, 54)
    """
    return load_distortion(name).apply(open_image(image), level, seed)
