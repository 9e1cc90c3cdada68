"""Is a dictionary's feature cleaner than a neuron? Each value of `shapes` by the best of both."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from replearn.core.assets import asset_path
from replearn.core.auc import auc, aucs_of_each
from replearn.core.errors import CapabilityError, InputError
from replearn.core.progress import Progress, batches, silent
from replearn.core.statistics import Estimate, mean_of
from replearn.data.shapes import FACTORS
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.registry import load_model
from replearn.encoders.sparse_features import SparseFeatures, tower_below
from replearn.results.features import FeatureFactor, FeatureFactors
from replearn.results.stamp import Floats, Stamp

if TYPE_CHECKING:
    from torch import Tensor

    from replearn.encoders.small.sparse_autoencoder import SparseAutoencoder

SEED = 13  # of pictures that no dictionary was learnt or chosen on
PICTURES = 1000
BATCH = 64
SUFFIX = "-sae"  # of a model's name: the dictionary on it that ships


@dataclass(frozen=True, eq=False)
class _Seen:
    """What the place below gives for two sets of pictures, and what they show.

    Attributes:
        chosen, told: (n, places, width), of the pictures that units are chosen on and told on.
        chosen_wanted, told_wanted: (values, n), which pictures show each value.
    """

    chosen: "Tensor"
    told: "Tensor"
    chosen_wanted: npt.NDArray[np.bool_]
    told_wanted: npt.NDArray[np.bool_]

    def best(self, units: Callable[["Tensor"], Floats]) -> list[Estimate]:
        """Return the area of the best unit for each value, chosen on other pictures than told."""
        areas = aucs_of_each(units(self.chosen), self.chosen_wanted)  # (values, units)
        told, found = units(self.told), []
        for each, wanted in zip(areas, self.told_wanted, strict=True):
            best = int(np.nan_to_num(np.abs(each - 0.5)).argmax())
            sign = 1 if each[best] >= 0.5 else -1  # it may fall silent at the value
            found.append(auc(sign * told[:, best], wanted))
        return found


def feature_factors(
    models: Sequence[str], level: str = "shapes", progress: Progress = silent
) -> FeatureFactors:
    """Set each dictionary's best feature for a value of `shapes` beside the best neuron.

    Both may respond to the value or fall silent at it. Which unit is best is chosen on a thousand
    train pictures, and its area under the ROC curve told on a thousand test pictures, so that more
    units alone make no better one; what as many random directions give stands beside them.

    Args:
        models: dictionaries of one size on one place of one model, as of several seeds.
        level: "shapes" or "shapes-free".
        progress: told as pictures are shown.

    Raises:
        InputError: there is no such model or level, or the dictionaries don't belong together.
        CapabilityError: a model is no dictionary.

    Example:
        >>> feature_factors(["shapes-clip-sae"]).gain
    """
    start = time.perf_counter()
    dictionaries = _together(models)
    first = dictionaries[0]
    seen = _seen(first, level, progress)
    neurons = seen.best(_highest)
    found, by_chance = [], []
    for seed, one in enumerate(dictionaries):
        network = one.autoencoder()
        found.append(seen.best(_features_of(network)))
        network.encoder.copy_(_directions(network.encoder, seed))
        by_chance.append(seen.best(_features_of(network)))
    names = [(factor, value) for factor, values in FACTORS.items() for value in values]
    rows = tuple(
        FeatureFactor(
            *name,
            neurons[i],
            tuple(each[i] for each in found),
            float(np.mean([each[i].value for each in by_chance])),
        )
        for i, name in enumerate(names)
        if np.isfinite(neurons[i].value)
    )
    network, below = first.autoencoder(), load_model(first.base)
    stamp = Stamp(
        below.name,
        below.fingerprint,
        time.perf_counter() - start,
        n=PICTURES,
        seed=SEED,
        settings={
            "data": f"{level}, test",
            "units chosen on": f"{PICTURES:,} of train",
            "dictionaries": len(dictionaries),
        },
    )
    return FeatureFactors(
        first.base,
        first.layer,
        seen.told.shape[2],
        len(network.encoder),
        network.k,
        rows,
        tuple(_explained(one.autoencoder(), seen.told) for one in dictionaries),
        tuple(one.dead for one in dictionaries),
        first.learnt_on,
        mean_of([row.feature - row.neuron.value for row in rows]),
        stamp,
    )


def shipped_feature_factors(model: str) -> FeatureFactors | None:
    """Return what ships for a model or its dictionary, where it does and is of its weights."""
    base = model.removesuffix(SUFFIX)
    path = asset_path("parts", f"{base}{SUFFIX}.json")
    if not path.exists():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    stamp = Stamp(**said["stamp"])
    if stamp.fingerprint != load_model(base).fingerprint:
        return None
    rows = (
        FeatureFactor(
            row["factor"],
            row["value"],
            Estimate(*row["neuron"]),
            tuple(Estimate(*one) for one in row["features"]),
            row["random"],
        )
        for row in said["rows"]
    )
    return FeatureFactors(
        said["base"],
        said["layer"],
        said["neurons"],
        said["latents"],
        said["k"],
        tuple(rows),
        tuple(said["explained"]),
        tuple(said["dead"]),
        said["learnt_on"],
        Estimate(*said["gain"]),
        stamp,
    )


def _together(models: Sequence[str]) -> list[SparseFeatures]:
    found = []
    for name in models:
        encoder = load_model(name)
        if not isinstance(encoder, SparseFeatures):
            raise CapabilityError(
                f"{name} is no dictionary; choose shapes-clip-sae, or learn one: python -m "
                f"replearn train sae --set model={name} --name mine, which opens as run:mine."
            )
        found.append(encoder)
    if not found:
        raise InputError("Name at least one dictionary, for example shapes-clip-sae.")
    if any(one.place != found[0].place for one in found):
        raise InputError(
            "Dictionaries that are compared must be as large and stand on the same layer of the "
            "same model; learn them with other seeds alone."
        )
    return found


def _seen(dictionary: SparseFeatures, level: str, progress: Progress) -> _Seen:
    import torch

    from replearn.encoders.sparse_tower import at_places, places_of

    below = load_model(dictionary.base)
    tower = tower_below(below, dictionary.layer)
    places = places_of(tower, dictionary.layer)

    def shown(data: Shapes) -> "Tensor":
        parts: list[Tensor] = []
        for batch in batches(range(PICTURES), BATCH):
            progress(len(parts) * BATCH, PICTURES, f"pictures shown to {below.name}")
            pixels = torch.from_numpy(below.preprocess([data[row].image for row in batch]))
            given = at_places(places, pixels, tower.tokens).cpu()
            parts.append(given.reshape(len(batch), -1, given.shape[1]))
        return torch.cat(parts)

    fit, test = (Shapes(split, SEED, PICTURES, level=level) for split in ("train", "test"))
    return _Seen(shown(fit), shown(test), _wanted(fit), _wanted(test))


def _wanted(data: Shapes) -> npt.NDArray[np.bool_]:
    """Return which pictures show each value of each factor, (values, n)."""
    scenes = data.scenes(0, len(data))
    return np.array(
        [
            scenes.labels(factor) == number
            for factor, values in FACTORS.items()
            for number in range(len(values))
        ]
    )


def _highest(values: "Tensor") -> Floats:
    """Return the highest of each unit over the places, (n, units)."""
    return np.asarray(values.amax(1).numpy(), np.float32)


def _features_of(network: "SparseAutoencoder") -> Callable[["Tensor"], Floats]:
    def highest(vectors: "Tensor") -> Floats:
        parts = (vectors[at : at + BATCH] for at in range(0, len(vectors), BATCH))
        return np.concatenate([_highest(network.encode(part)) for part in parts])

    return highest


def _directions(like: "Tensor", seed: int) -> "Tensor":
    """Return random directions of length 1, as many and as wide."""
    import torch

    numbers = torch.randn(like.shape, generator=torch.Generator().manual_seed(seed))
    return torch.nn.functional.normalize(numbers, dim=1)


def _explained(network: "SparseAutoencoder", vectors: "Tensor") -> float:
    """Return the share of the vectors' variance that a dictionary writes."""
    from replearn.training.sparse_autoencoder.fitting import explained_variance

    return round(explained_variance(network, vectors.flatten(0, 1)), 4)
