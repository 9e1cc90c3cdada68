"""Features of dictionaries beside the neurons that they were learnt on."""

from dataclasses import dataclass
from typing import Any

from replearn.core.statistics import Estimate
from replearn.results.stamp import Stamp, stamp_dict

CLEARLY = 0.02  # a difference of mean areas that is told


@dataclass(frozen=True)
class FeatureFactor:
    """What tells one value of a factor apart best: a unit's area under the ROC curve.

    Attributes:
        factor, value: of `shapes`.
        neuron: the best neuron's.
        features: that of the best feature of each dictionary.
        random: the mean over dictionaries of random directions, of the best one's.
    """

    factor: str
    value: str
    neuron: Estimate
    features: tuple[Estimate, ...]
    random: float

    @property
    def feature(self) -> float:
        """The mean over the dictionaries."""
        return sum(one.value for one in self.features) / len(self.features)


@dataclass(frozen=True)
class FactorMeans:
    """Mean areas over the values of one factor: of the best neuron, feature, random direction."""

    factor: str
    neuron: float
    feature: float
    random: float


@dataclass(frozen=True)
class FeatureFactors:
    """Features of dictionaries beside the neurons that they were learnt on.

    Attributes:
        base: the model below.
        layer: where they stand; empty for its vector.
        neurons, latents, k: how many there are, and how many write a vector.
        rows: a row for each value.
        explained: of each dictionary, the share of the pictures' variance that it writes.
        dead: of each, the share of features that none of the vectors calls for.
        learnt_on: how many vectors those are, from other pictures.
        gain: mean over the values of the feature's area less the neuron's, paired by value.
        stamp: where it comes from.
    """

    base: str
    layer: str
    neurons: int
    latents: int
    k: int
    rows: tuple[FeatureFactor, ...]
    explained: tuple[float, ...]
    dead: tuple[float, ...]
    learnt_on: int
    gain: Estimate
    stamp: Stamp

    def factors(self) -> tuple[FactorMeans, ...]:
        """Return a row for each factor."""
        found = []
        for factor in dict.fromkeys(row.factor for row in self.rows):
            rows = [row for row in self.rows if row.factor == factor]
            means = (
                sum(numbers) / len(rows)
                for numbers in zip(
                    *((row.neuron.value, row.feature, row.random) for row in rows), strict=True
                )
            )
            found.append(FactorMeans(factor, *means))
        return tuple(found)

    @property
    def verdict(self) -> str:
        """Say whether features are cleaner than neurons, in words that follow from the numbers."""
        count = f"over {self.gain.n} values of `shapes` their areas differ by {self.gain.interval}"
        if self.gain.low > 0:
            said = f"Its features are cleaner than the neurons on average: {count}."
        elif self.gain.high < 0:
            said = f"Its features are less clean than the neurons on average: {count}."
        else:
            said = f"Its features are no cleaner than the neurons on average: {count}."
        better = [one.factor for one in self.factors() if one.feature - one.neuron > CLEARLY]
        worse = [one.factor for one in self.factors() if one.feature - one.neuron < -CLEARLY]
        for names, how in ((better, "Better"), (worse, "Worse")):
            if names:
                said += f" {how} by more than {CLEARLY}: {', '.join(names)}."
        return said

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON."""
        return {
            "base": self.base,
            "layer": self.layer,
            "neurons": self.neurons,
            "latents": self.latents,
            "k": self.k,
            "rows": [
                {
                    "factor": row.factor,
                    "value": row.value,
                    "neuron": _numbers(row.neuron),
                    "features": [_numbers(one) for one in row.features],
                    "random": round(row.random, 4),
                }
                for row in self.rows
            ],
            "explained": list(self.explained),
            "dead": list(self.dead),
            "learnt_on": self.learnt_on,
            "gain": _numbers(self.gain),
            "stamp": stamp_dict(self.stamp),
        }


def _numbers(one: Estimate) -> list[float]:
    return [round(one.value, 4), round(one.low, 4), round(one.high, 4), one.n]
