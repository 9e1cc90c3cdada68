"""Figures that others published, kept as numbers under `assets/published/` with their source."""

import csv
import math
from dataclasses import dataclass

from replearn.core.assets import asset_path

GEIRHOS_2018 = "https://arxiv.org/abs/1808.08750"
CLIP_2021 = "https://arxiv.org/abs/2103.00020"
GEIRHOS_2019 = "https://arxiv.org/abs/1811.12231"
GEIRHOS_CHANCE = 1 / 16  # 16-class ImageNet


@dataclass(frozen=True)
class PublishedShift:
    """One row of CLIP's table: accuracy from 0 to 1 on a data set.

    Attributes:
        dataset: ImageNet or a shift of it.
        supervised: a ResNet-101 trained on ImageNet.
        zero_shot: CLIP ViT-L/14 at 336 pixels.
    """

    dataset: str
    supervised: float
    zero_shot: float


def fine_tuning_matrix() -> dict[str, dict[str, float]]:
    """Return manipulation -> network (or "human") -> accuracy from 0 to 1; nan if unmeasured."""
    return {
        row.pop("evaluation"): {
            name: math.nan if cell == "NA" else float(cell) / 100 for name, cell in row.items()
        }
        for row in _rows("geirhos2018_fine_tuning.csv")
    }


def clip_shifts() -> tuple[PublishedShift, ...]:
    """Return the table of Radford et al. 2021."""
    return tuple(
        PublishedShift(
            row["dataset"],
            float(row["imagenet_resnet101"]) / 100,
            float(row["zero_shot_clip_vit_l_14_336"]) / 100,
        )
        for row in _rows("clip2021_robustness.csv")
    )


def shape_biases() -> dict[str, float]:
    """Return observer -> shape bias from 0 to 1, of Geirhos et al. 2019."""
    rows = _rows("geirhos2019_shape_bias.csv")
    return {row["observer"]: float(row["shape_bias"]) for row in rows}


def _rows(name: str) -> list[dict[str, str]]:
    with asset_path("published", name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
