"""How much "none of these" should count in photo-clip: chosen on one half, measured on the other.

    python -m benchmarks.none_of_these --pictures FOLDER --cifar10 cifar10_jpeg.zip [--most 5000]

The data are those of `benchmarks.photo_clip`. Every picture is asked twice: among five labels of
which one is right, and among five that are all wrong, drawn at random. "None of these" should lose
the first time and win the second. The weight is that with the best mean of the two over both data
sets, on every second picture; the rates are of the others.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.photo_clip import ZippedPictures
from replearn.core.statistics import proportion
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.encoders.registry import load_model
from replearn.store.encoded import encode_dataset
from replearn.studies.answering.prompts import encode_prompts

Floats = npt.NDArray[np.floating]
WEIGHTS = np.arange(20, 101, 5) / 100
OFFERED = 5


@dataclass(frozen=True, eq=False)
class Asked:
    """Cosines of pictures (n,): the null prompt's, and the best label's with and without the right.

    `names_it` says whether the right label is the best of the five.
    """

    null: Floats
    present: Floats
    absent: Floats
    names_it: npt.NDArray[np.bool_]

    def half(self, odd: int) -> "Asked":
        """Return every second picture."""
        return Asked(
            self.null[odd::2], self.present[odd::2], self.absent[odd::2], self.names_it[odd::2]
        )

    def balanced(self, weight: float) -> float:
        """Return the mean of how often a label wins rightly and how often none does."""
        null = weight * self.null
        return float(((self.present >= null).mean() + (self.absent < null).mean()) / 2)


def ask(data: Dataset) -> Asked:
    """Ask every picture of a data set among five labels drawn with a fixed seed."""
    encoder, names = load_model("photo-clip"), data.class_names
    vectors = encode_dataset(encoder, data)  # (n, d)
    texts = encode_prompts(encoder, names, None, "a photo").vectors[:, 0]  # (names + 1, d)
    cosines = vectors @ texts.T
    rng = np.random.default_rng(0)
    rows = []
    for i, one in enumerate(cosines):
        right = data[i].label
        wrong = rng.choice([k for k in range(len(names)) if k != right], OFFERED, replace=False)
        others = one[wrong[:-1]].max()
        rows.append((one[-1], max(one[right], others), one[wrong].max(), one[right] >= others))
    null, present, absent, names_it = np.array(rows).T
    return Asked(null, present, absent, names_it.astype(bool))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", required=True, help="ImageNet photographs with a labels.csv")
    parser.add_argument("--cifar10", type=Path, required=True, help="a zip of CIFAR-10 as JPEG")
    parser.add_argument("--most", type=int, default=5_000, help="pictures of CIFAR-10")
    options = parser.parse_args()
    found = {
        "photographs of ImageNet": ask(load_dataset(f"folder:{options.pictures}")),
        "CIFAR-10": ask(ZippedPictures(options.cifar10, options.most)),
    }
    scores = [
        np.mean([one.half(0).balanced(weight) for one in found.values()]) for weight in WEIGHTS
    ]
    best = float(WEIGHTS[int(np.argmax(scores))])
    for weight, score in zip(WEIGHTS, scores, strict=True):
        print(f"weight {weight:.2f}: {score:.3f}")
    print(f"chosen: {best}")
    for name, asked in found.items():
        rest = asked.half(1)
        for weight in (1.0, best):
            null = weight * rest.null
            for what, hits in (
                ("right label there, none of these wins", rest.present < null),
                ("right label there, it wins", (rest.present >= null) & rest.names_it),
                ("right label absent, none of these wins", rest.absent < null),
            ):
                print(f"{name}, weight {weight}, {what}: {proportion(int(hits.sum()), len(hits))}")


if __name__ == "__main__":
    main()
