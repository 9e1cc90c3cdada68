"""What a sweep goes over."""

from dataclasses import dataclass

from replearn.studies.answering.conditions import Condition, levels_of


@dataclass(frozen=True)
class SweepChoice:
    """What is swept over.

    Attributes:
        models: names.
        distortions: names; each at its own levels.
        pictures: how many, drawn at random; None takes all.
        seed: of the draw and of the noise.
    """

    models: tuple[str, ...]
    distortions: tuple[str, ...]
    pictures: int | None = None
    seed: int = 0

    def conditions(self) -> list[Condition]:
        """Return every distortion at every level."""
        return [Condition(name, level) for name in self.distortions for level in levels_of(name)]
