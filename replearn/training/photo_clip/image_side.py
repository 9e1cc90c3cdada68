"""The image head: a linear map from pooled features to the joint space, and what texts aim at."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.progress import Progress
from replearn.data import load_dataset
from replearn.data.opening import readable
from replearn.data.wordnet import imagenet_taxonomy
from replearn.encoders.imagenet import ImagenetEncoder

Floats = npt.NDArray[np.float32]
DIMENSIONS = 512
BLURRED_SIDE = 32  # pixels; what is lost at this size shall not move the embedding
NULL_COSINE = 0.5  # "a photo" stands this share of the way from a wrong name to the right one
BATCH = 32


@dataclass(frozen=True, eq=False)
class ImageSide:
    """The image head, with the statistics of photographs that it was made from.

    Attributes:
        projection: (512, 1280), the head's weight. Its last row is the mean photograph's
            direction: every photograph has about the same cosine with it, so it is what a text
            that says nothing aims at.
        mean: (1280,) the mean of photographs' pooled features.
        blur: (1280,) by how much the mean moves when photographs are blurred.
        centre: (1280,) the mean of the classifier's weight vectors.
        null_scale: the length of the last row.
    """

    projection: Floats
    mean: Floats
    blur: Floats
    centre: Floats
    null_scale: float

    def text_targets(self, weights: Floats) -> Floats:
        """Return what classes' names aim at, unit vectors (n, 512), from weights (n, 1280)."""
        aims = (weights - self.centre) @ self.projection[:-1].T  # (n, 511)
        aims /= np.linalg.norm(aims, axis=1, keepdims=True)
        return np.concatenate([aims, np.zeros_like(aims[:, :1])], axis=1).astype(np.float32)

    def null_target(self) -> Floats:
        """Return what a text that says nothing aims at, (512,)."""
        return np.asarray(np.eye(DIMENSIONS)[-1], np.float32)

    def save(self, path: Path) -> None:
        """Write the statistics, from which `image_side` makes the same head again."""
        from safetensors.numpy import save_file

        scale = np.array(self.null_scale, np.float32)
        save_file({"mean": self.mean, "blur": self.blur, "null_scale": scale}, path)


def labelled_features(folder: str, progress: Progress) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return pooled features (n, 1280) and ImageNet class indices (n,) of a folder of photographs.

    The features of the blurred photographs follow those of the sharp ones, with the label -1.

    Raises:
        InputError: the folder's labels aren't ImageNet's class names.
    """
    data = load_dataset(f"folder:{folder}")
    encoder = ImagenetEncoder()
    index = {name.casefold(): i for i, name in enumerate(imagenet_taxonomy().class_names)}
    features, labels = [], []
    changes: tuple[Callable[[Image.Image], Image.Image], ...] = (lambda image: image, blurred)
    for change in changes:
        for at in range(0, len(data), BATCH):
            progress(at, len(data), "photographs encoded")
            samples = list(readable(data, range(at, min(at + BATCH, len(data)))))
            if not samples:
                continue
            pixels = encoder.preprocess([change(sample.image) for sample in samples])
            features.append(encoder.pooled(pixels))
            for sample in samples:
                name = "" if sample.label is None else data.class_names[sample.label]
                if name.casefold() not in index:
                    raise InputError(f"{sample.id} is labelled {name!r}, no class of ImageNet.")
                labels.append(index[name.casefold()] if change is not blurred else -1)
    return np.concatenate(features), np.array(labels)


def blurred(image: Image.Image) -> Image.Image:
    """Reduce a picture to 32 pixels and enlarge it again, as with a tiny picture."""
    small = image.resize((BLURRED_SIDE, BLURRED_SIDE), Image.Resampling.BICUBIC)
    return small.resize(image.size, Image.Resampling.BICUBIC)


def image_side(
    weights: Floats, centre: Floats, found: tuple[Floats, npt.NDArray[np.int64]] | None
) -> ImageSide:
    """Make the image head from the classifier's weights and statistics of photographs.

    The leading 511 directions of the centred weights, the mean photograph and the blur taken out.

    Args:
        weights: (classes, 1280), those that may be learnt from.
        centre: (1280,) what is subtracted from weights.
        found: as `labelled_features` gives it, or None for the statistics that ship.
    """
    if found is None:
        from safetensors.numpy import load_file

        stored = load_file(asset_path("photo-clip", "statistics.safetensors"))
        mean, blur = stored["mean"], stored["blur"]
    else:
        features, labels = found
        mean = features[labels >= 0].mean(0)
        blur = features[labels < 0].mean(0) - mean
    left_out, _ = np.linalg.qr(np.stack([mean, blur], axis=1))  # (1280, 2)
    kept = weights - centre
    kept = kept - (kept @ left_out) @ left_out.T
    _, _, directions = np.linalg.svd(kept, full_matrices=False)
    projection = np.asarray(directions[: DIMENSIONS - 1], np.float32)  # (511, 1280)
    towards_mean = mean / np.linalg.norm(mean)
    if found is None:
        scale = float(stored["null_scale"])
    else:
        scale = _null_scale(weights, centre, projection, towards_mean, found)
    rows = np.concatenate([projection, scale * towards_mean[None]]).astype(np.float32)
    return ImageSide(rows, mean, blur, centre, scale)


def _null_scale(
    weights: Floats,
    centre: Floats,
    projection: Floats,
    towards_mean: Floats,
    found: tuple[Floats, npt.NDArray[np.int64]],
) -> float:
    """Return the mean direction's scale: its cosine lies between a wrong and the right name's."""
    sharp = found[0][found[1] >= 0]
    images = sharp @ projection.T  # (n, 511)
    lengths = np.linalg.norm(images, axis=1)
    texts = (weights - centre) @ projection.T
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    cosines = np.sort(images @ texts.T / lengths[:, None], axis=1)
    best, typical = cosines[:, -1].mean(), np.quantile(cosines, 0.95)
    wanted = typical + NULL_COSINE * (best - typical)
    share = wanted / np.sqrt(1 - wanted**2)  # null component over the rest's length
    return float(share * np.median(lengths / (sharp @ towards_mean)))
