"""What prompts give away: how near they lie to pictures that differ in one trait only."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from replearn.core.statistics import Estimate
from replearn.results.audit.association import SURVIVES, Association
from replearn.results.stamp import Stamp, stamp_dict

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Weat:
    """Two sets of prompts against two sets of pictures (Caliskan et al. 2017).

    Attributes:
        effect: size, positive where the prompts (against the others) are nearer to the second of
            the compared values.
        p: of the permutation test over pictures, two-sided.
    """

    effect: float
    p: float


@dataclass(frozen=True)
class Audit:
    """Prompts by models, on pairs of pictures that differ in one trait.

    Attributes:
        dataset: where the pictures come from.
        trait: the column that tells them apart.
        values: of the trait, in order.
        compared: the two whose difference is measured; positive is nearer to the second.
        templates: the paraphrases; `{}` is where the prompt goes.
        against: the prompts that WEAT sets the others against; may be empty.
        associations: one for each model and prompt, model by model.
        common: model -> mean difference over all prompts: how far the pictures themselves shift,
            whatever is asked.
        read_alike: model -> groups of prompts that it reads as the same text, for it doesn't know
            the words that tell them apart.
        weat: model -> WEAT of the prompts against the others; empty without such.
        stamp: where it comes from; n is the number of pairs.
    """

    dataset: str
    trait: str
    values: tuple[str, ...]
    compared: tuple[str, str]
    templates: tuple[str, ...]
    against: tuple[str, ...]
    associations: tuple[Association, ...]
    common: Mapping[str, Estimate]
    read_alike: Mapping[str, tuple[tuple[str, ...], ...]]
    weat: Mapping[str, Weat]
    stamp: Stamp = field(repr=False)

    @property
    def models(self) -> tuple[str, ...]:
        """The models, in order."""
        return tuple(dict.fromkeys(one.model for one in self.associations))

    @property
    def prompts(self) -> tuple[str, ...]:
        """The prompts, in order."""
        return tuple(dict.fromkeys(one.prompt for one in self.associations))

    def of(self, model: str) -> tuple[Association, ...]:
        """Return what was found of one model, prompt by prompt."""
        return tuple(one for one in self.associations if one.model == model)

    def only(self, models: Collection[str]) -> "Audit":
        """Return the part of some models; p stays corrected for all that were asked."""
        return replace(
            self, associations=tuple(one for one in self.associations if one.model in models)
        )

    def surviving(self) -> tuple[Association, ...]:
        """Return what is beyond chance and beyond rewording, the strongest first."""
        found = [one for one in self.associations if one.verdict == SURVIVES]
        return tuple(sorted(found, key=lambda one: -abs(one.difference.value)))

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each model and prompt, for a table."""
        first, second = self.compared
        return [
            {
                "model": one.model,
                "prompt": one.prompt,
                "trait": self.trait,
                "first": first,
                "second": second,
                "difference": one.difference.value,
                "low": one.difference.low,
                "high": one.difference.high,
                "pairs": one.difference.n,
                "wording": one.wording,
                "same_sign": one.same_sign,
                "paraphrases": len(self.templates),
                "p": one.p,
                "p_holm": one.corrected,
                "effect": one.effect,
                "effect_p": one.effect_p,
                "verdict": one.verdict,
            }
            for one in self.associations
        ]

    def to_frame(self) -> "pd.DataFrame":
        """Return the rows as a pandas table."""
        import pandas as pd

        return pd.DataFrame(self.rows())

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data, ready for JSON."""
        return {**asdict(self), "stamp": stamp_dict(self.stamp)}


def audit_from_dict(given: Mapping[str, Any]) -> Audit:
    """Return what `Audit.to_dict` wrote, or JSON of it.

    Raises:
        KeyError, TypeError: it isn't that.
    """
    associations = tuple(
        Association(
            **{
                **one,
                "difference": Estimate(**one["difference"]),
                "by_value": {name: Estimate(**e) for name, e in one["by_value"].items()},
            }
        )
        for one in given["associations"]
    )
    first, second = given["compared"]
    return Audit(
        given["dataset"],
        given["trait"],
        tuple(given["values"]),
        (first, second),
        tuple(given["templates"]),
        tuple(given["against"]),
        associations,
        {model: Estimate(**one) for model, one in given["common"].items()},
        {
            model: tuple(tuple(some) for some in groups)
            for model, groups in given["read_alike"].items()
        },
        {model: Weat(**one) for model, one in given["weat"].items()},
        Stamp(**given["stamp"]),
    )
