"""One prompt under one model: how much nearer to one value of a trait, and what explains it."""

from collections.abc import Mapping
from dataclasses import dataclass

from replearn.core.statistics import Estimate

LEVEL = 0.05  # of the corrected p
SURVIVES = "survives"
WITHIN_WORDING = "smaller than rewording"
BY_CHANCE = "could be chance"


@dataclass(frozen=True)
class Association:
    """One prompt under one model.

    Attributes:
        model: its name.
        prompt: as it was given.
        difference: cosine with the second of the compared values minus that with the first, mean
            over the pairs and the paraphrases, with its 95 % interval by Student's t.
        wording: the yardstick: standard deviation of the cosine over paraphrases of the prompt,
            the pictures as they are (root mean square over the pictures).
        same_sign: in how many of the paraphrases the difference has the mean's sign.
        p: of the paired permutation test that flips signs.
        corrected: the same, corrected for all prompts and models of the audit (Holm 1979).
        effect: SC-WEAT's effect size (Caliskan et al. 2017), positive towards the second value.
        effect_p: of its permutation test over pictures; not corrected.
        by_value: value of the trait -> difference to the first of the compared values.
    """

    model: str
    prompt: str
    difference: Estimate
    wording: float
    same_sign: int
    p: float
    corrected: float
    effect: float
    effect_p: float
    by_value: Mapping[str, Estimate]

    @property
    def verdict(self) -> str:
        """`SURVIVES` beyond chance and beyond rewording; else which of the two explains it."""
        if not self.corrected < LEVEL:
            return BY_CHANCE
        beyond = abs(self.difference.value) > self.wording
        return SURVIVES if beyond else WITHIN_WORDING

    def towards(self, compared: tuple[str, str]) -> str:
        """Return which of the compared values the prompt is nearer to."""
        return compared[int(self.difference.value > 0)]
