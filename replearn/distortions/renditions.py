"""The five renditions of a photograph, by a recipe that needs no segmentation.

After Geirhos et al. 2019 (https://arxiv.org/abs/1811.12231), whose silhouettes were cut by hand.
"""

import numpy as np
from PIL import Image

from replearn.distortions import load_distortion
from replearn.distortions.base import to_image, to_values
from replearn.distortions.greyscale import lightness

SMOOTH = 0.02  # standard deviation before the threshold and the edges, as a share of the side
TILES = 16.0  # a side, for the texture
RECIPES = {
    "original": "as it is",
    "greyscale": "lightness (BT.709)",
    "silhouette": "two tones, split at Otsu's threshold, the rim's tone white; not cut by hand",
    "edges": "Canny's edges of the lightness, black on white",
    "texture": f"shuffled tiles, {TILES:g} a side: local patterns stay, the outline goes",
}


def renditions(image: Image.Image) -> dict[str, Image.Image]:
    """Return each of the five renditions of a picture, same size."""
    from skimage.feature import canny
    from skimage.filters import gaussian, threshold_otsu

    grey = lightness(to_values([image]))[0, :, :, 0]
    sigma = max(1.0, SMOOTH * min(image.size) / 2)
    smooth = gaussian(grey, sigma)
    tones = smooth > (threshold_otsu(smooth) if smooth.min() < smooth.max() else 0.5)
    rim = np.concatenate([tones[0], tones[-1], tones[:, 0], tones[:, -1]])
    tones = tones == (rim.mean() >= 0.5)  # what most of the rim is becomes white
    return {
        "original": image.copy(),
        "greyscale": _grey(grey),
        "silhouette": _grey(tones),
        "edges": _grey(~canny(grey, sigma)),
        "texture": load_distortion("patch-shuffle").apply(image, TILES, seed=0),
    }


def _grey(values: np.ndarray) -> Image.Image:
    return to_image(np.repeat(np.asarray(values, np.float32)[..., None], 3, axis=2))
