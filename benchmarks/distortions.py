"""Sweeps of 9 distortions x 8 levels x 200 pictures, beside a plain loop in Pillow and torch.

python -m benchmarks.distortions [shapes-supervised|imagenet ...]

The plain loop distorts, preprocesses and classifies one picture at a time, as a notebook would,
with numpy, scipy, Pillow and eager torch. It is timed on a few pictures under all conditions, in
turns with the sweep, and both are given in milliseconds an answer. Opening the pictures is in
neither.
"""

import io
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from benchmarks.record import keep
from replearn.data import load_dataset
from replearn.data.subset import Subset
from replearn.distortions import load_distortion
from replearn.studies.answering.conditions import Condition
from replearn.studies.answering.distorted_answers import Asked, asked_about, distorted_trials
from replearn.studies.answering.shown_pictures import ShownPictures, open_pictures

PICTURES, LEVELS = 200, 8
ROUNDS, SAMPLE = 3, 4  # rounds of a third of the conditions; pictures of the plain loop
DATA = {"shapes-supervised": "shapes", "imagenet": "photos"}
LUMA = np.array([0.2125, 0.7154, 0.0721])


def grey(image: Image.Image) -> np.ndarray:
    return np.asarray(image, float) / 255


def picture(values: np.ndarray) -> Image.Image:
    return Image.fromarray((np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8))


def to_greyscale(image: Image.Image, level: float) -> Image.Image:
    values = grey(image)
    return picture(values + level * ((values @ LUMA)[..., None] - values))


def to_contrast(image: Image.Image, level: float) -> Image.Image:
    return picture(level * grey(image) + (1 - level) / 2)


def low_pass(image: Image.Image, level: float) -> Image.Image:
    from scipy.ndimage import gaussian_filter

    return picture(gaussian_filter(grey(image), (level, level, 0), mode="constant", cval=0.4423))


def high_pass(image: Image.Image, level: float) -> Image.Image:
    from scipy.ndimage import gaussian_filter

    values = grey(image)
    fine = values - gaussian_filter(values, (level, level, 0), mode="constant", cval=0.4423)
    return picture(fine - fine.mean((0, 1)) + 0.4423)


def phase_noise(image: Image.Image, level: float) -> Image.Image:
    spectrum = np.fft.rfft2(grey(image), axes=(0, 1))
    draws = np.random.default_rng().uniform(-1, 1, spectrum.shape[:2])
    shifted = spectrum * np.exp(1j * np.radians(level) * draws)[..., None]
    return picture(np.fft.irfft2(shifted, image.size[::-1], axes=(0, 1)))


def rotation(image: Image.Image, level: float) -> Image.Image:
    return image.rotate(level, Image.Resampling.BILINEAR, fillcolor=(128, 128, 128))


def salt_and_pepper(image: Image.Image, level: float) -> Image.Image:
    values = grey(image)
    draws = np.random.default_rng().random(values.shape[:2])
    values[draws < level / 2] = 1
    values[draws >= 1 - level / 2] = 0
    return picture(values)


def uniform_noise(image: Image.Image, level: float) -> Image.Image:
    values = grey(image)
    draws = np.random.default_rng().uniform(-level, level, values.shape[:2])
    return picture(values + draws[..., None])


def jpeg(image: Image.Image, level: float) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=100 - round(level), subsampling=0)
    return Image.open(file)


PLAIN: dict[str, Callable[[Image.Image, float], Image.Image]] = {
    "greyscale": to_greyscale,
    "contrast": to_contrast,
    "low-pass": low_pass,
    "high-pass": high_pass,
    "phase-noise": phase_noise,
    "rotation": rotation,
    "salt-and-pepper": salt_and_pepper,
    "uniform-noise": uniform_noise,
    "jpeg": jpeg,
}


def conditions() -> list[Condition]:
    """Return nine distortions at eight levels each, the first of them untouched."""
    found = []
    for name in PLAIN:
        method = load_distortion(name)
        for position in np.linspace(0, len(method.levels) - 1, LEVELS):
            found.append(Condition(name, method.level_at(position)))
    return found


def shown(model: str) -> tuple[ShownPictures, Asked]:
    """Return 200 pictures and the model; of the few photographs each is shown several times."""
    data = load_dataset(DATA[model])
    pictures = open_pictures(
        Subset(data, [i % len(data) for i in range(PICTURES)]), range(PICTURES)
    )
    if model != "imagenet":
        return pictures, asked_about(model, data.name, data.class_names)
    # the photographs' names are not ImageNet's classes: only the time counts here
    pictures = replace(pictures, labels=("lion",) * len(pictures))
    return pictures, asked_about(model, data.name, ("lion",))


def swept(pictures: ShownPictures, some: Sequence[Condition], asked: Asked) -> float:
    start = time.perf_counter()
    answers = sum(len(trials) for trials in distorted_trials(pictures, some, [asked], 0))
    assert answers == len(pictures) * len(some)
    return time.perf_counter() - start


def plain_loop(
    pictures: ShownPictures, some: Sequence[Condition], asked: Asked, network: object
) -> float:
    import torch

    images = [Image.fromarray(values) for values in pictures.values[:SAMPLE]]
    start = time.perf_counter()
    for image in images:
        for condition in some:
            changed = PLAIN[condition.distortion](image, condition.level)
            pixels = torch.from_numpy(asked.answerer.preprocess([changed]))
            with torch.inference_mode():
                network(pixels).softmax(1).argmax()  # type: ignore[operator]
    return time.perf_counter() - start


def main() -> None:
    for model in sys.argv[1:] or list(DATA):
        pictures, asked = shown(model)
        network = asked.encoder.tower().eval()
        every = conditions()
        swept(pictures, every[:1], asked)
        plain_loop(pictures, every[:1], asked, network)
        fast = slow = 0.0
        for start in range(ROUNDS):
            fast += swept(pictures, every[start::ROUNDS], asked)
            slow += plain_loop(pictures, every[start::ROUNDS], asked, network)
        answers = len(pictures) * len(every)
        fast_each, slow_each = fast / answers, slow / (SAMPLE * len(every))
        keep(
            "distortions",
            {
                "model": model,
                "answers": answers,
                "sweep, seconds": fast,
                "sweep, ms an answer": 1000 * fast_each,
                f"plain loop on {SAMPLE} pictures, ms an answer": 1000 * slow_each,
                "times as fast": slow_each / fast_each,
            },
        )


if __name__ == "__main__":
    main()
