"""Figures that others published, kept as numbers under `assets/published/` with their source."""

import csv
import math
from dataclasses import dataclass

from replearn.core.assets import asset_path

GEIRHOS_2018 = "https://arxiv.org/abs/1808.08750"
CLIP_2021 = "https://arxiv.org/abs/2103.00020"
GEIRHOS_2019 = "https://arxiv.org/abs/1811.12231"
DE_VRIES_2019 = "https://arxiv.org/abs/1906.02659"
OQUAB_2023 = "https://arxiv.org/abs/2304.07193"
GOYAL_2022 = "https://arxiv.org/abs/2202.07603"
ROJAS_2022 = "https://openreview.net/forum?id=qnfYsave0U4"
RAMASWAMY_2023 = "https://arxiv.org/abs/2301.02560"
RICHARDS_2023 = "https://arxiv.org/abs/2307.13136"
OPEN_CLIP_RESULTS = "https://github.com/mlfoundations/open_clip/blob/main/docs/openclip_results.csv"
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


@dataclass(frozen=True)
class ServiceAnswers:
    """What one service said of a photograph of soap (De Vries et al. 2019).

    Attributes:
        country: of the household.
        income: its consumption a month, in dollars.
        service: who was asked.
        answers: what was said, the surest first.
    """

    country: str
    income: int
    service: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class GroupAccuracy:
    """Accuracy of one model on one group of Dollar Street (Oquab et al. 2023).

    Attributes:
        model: whose.
        kind: "income" or "region".
        group: which.
        accuracy: from 0 to 1.
    """

    model: str
    kind: str
    group: str
    accuracy: float


@dataclass(frozen=True)
class GeographyResult:
    """One row of OpenCLIP's table: zero-shot accuracies from 0 to 1.

    Attributes:
        model: its name with the weights' tag.
        imagenet, dollar_street, geode: on which data set.
    """

    model: str
    imagenet: float
    dollar_street: float
    geode: float


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


def soap_answers() -> tuple[ServiceAnswers, ...]:
    """Return what six services said of two photographs of soap (De Vries et al. 2019)."""
    return tuple(
        ServiceAnswers(
            row["country"],
            int(row["dollars_a_month"]),
            row["service"],
            tuple(row["answers"].split(", ")),
        )
        for row in _rows("devries2019_soap.csv")
    )


def dollar_street_groups() -> tuple[GroupAccuracy, ...]:
    """Return accuracies by income and by region on Dollar Street (Oquab et al. 2023)."""
    return tuple(
        GroupAccuracy(row["model"], row["kind"], row["group"], float(row["accuracy"]) / 100)
        for row in _rows("dollar_street_groups.csv")
    )


def open_clip_geography() -> tuple[GeographyResult, ...]:
    """Return ImageNet, Dollar Street and GeoDE side by side, of OpenCLIP's table."""
    return tuple(
        GeographyResult(
            f"{row['name']} {row['pretrained']}",
            float(row["imagenet"]),
            float(row["dollar_street"]),
            float(row["geode"]),
        )
        for row in _rows("open_clip_geography.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with asset_path("published", name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
