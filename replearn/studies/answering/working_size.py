"""The size at which pictures are distorted in studies."""

from PIL import Image

SHORTER_SIDE = 256  # pixels: what most models reduce a picture to before they crop it


def working_size(image: Image.Image) -> Image.Image:
    """Reduce a picture to a shorter side of at most `SHORTER_SIDE`; a smaller one stays.

    The usual preprocessing, resize to 256 and crop, then only crops: a level in pixels means
    pixels that the model sees, and a clean picture is answered as it is without a study.
    """
    if min(image.size) <= SHORTER_SIDE:
        return image
    width, height = image.size
    # rounded down, as the models' preprocessing does it
    if width <= height:
        size = (SHORTER_SIDE, int(SHORTER_SIDE * height / width))
    else:
        size = (int(SHORTER_SIDE * width / height), SHORTER_SIDE)
    return image.resize(size, Image.Resampling.BICUBIC)
