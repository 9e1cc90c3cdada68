"""How long a run is and how fast it learns."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """How long and how fast.

    Attributes:
        epochs: rounds; each ends with a measurement and a checkpoint.
        epoch_pictures: pictures a round.
        batch: pictures a step, over all processes.
        learning_rate: at its highest; it rises over `warmup` of the steps and falls as a cosine.
        weight_decay: AdamW's.
        warmup: share of all steps.
        seed: of weights, batches and views.
        precision: "auto" (bfloat16 where the hardware has it), "float32" or "bfloat16".
    """

    epochs: int
    epoch_pictures: int
    batch: int
    learning_rate: float
    weight_decay: float
    warmup: float
    seed: int
    precision: str

    @property
    def epoch_steps(self) -> int:
        """Steps a round."""
        return max(1, self.epoch_pictures // self.batch)

    def rate(self, step: int) -> float:
        """Return the learning rate at a step."""
        total = self.epochs * self.epoch_steps
        rise = max(1, int(self.warmup * total))
        if step < rise:
            return self.learning_rate * (step + 1) / rise
        return self.learning_rate * 0.5 * (1 + math.cos(math.pi * (step - rise) / (total - rise)))
