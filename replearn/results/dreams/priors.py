"""What a learnt prior is good for: pictures rebuilt, and pictures drawn by it."""

from dataclasses import dataclass

from replearn.core.statistics import Estimate, Proportion, proportion


@dataclass(frozen=True)
class Rebuilt:
    """Pictures that weren't trained on, rebuilt from a network's responses to them.

    Attributes:
        judge: an independent network that names solid and colour.
        psnr: of the rebuilt pictures, in dB, mean over pictures.
        solid, colour, both: how many of the rebuilt the judge names as they were rendered.
        before: how many of the pictures themselves it names so, solid and colour both.
        n: pictures.
        seed: of the pictures.
    """

    judge: str
    psnr: tuple[float, float, float]
    solid: int
    colour: int
    both: int
    before: int
    n: int
    seed: int

    @property
    def quality(self) -> Estimate:
        """The PSNR with its interval."""
        return Estimate(*self.psnr, self.n)

    def share(self, counted: int) -> Proportion:
        """Return one of the counts as a share."""
        return proportion(counted, self.n)


@dataclass(frozen=True)
class DrawnTrial:
    """Class pictures drawn in one way; without a prior they are those that ship, of one seed.

    Attributes:
        what: "solid" or "colour".
        prior: the decoder; nothing where there was none.
        helps: that counted.
        right: for each seed, how many of the classes most of the judges name.
        classes: how many were drawn with each seed.
        judges: networks that had no part in it.
    """

    what: str
    prior: str
    helps: tuple[str, ...]
    right: tuple[int, ...]
    classes: int
    judges: tuple[str, ...]

    @property
    def share(self) -> Proportion:
        """The share over all seeds."""
        return proportion(sum(self.right), self.classes * len(self.right))


@dataclass(frozen=True)
class PriorTrial:
    """Everything that was measured of one decoder.

    Attributes:
        model: whose responses it turns into pictures.
        decoder: its name.
        fingerprint: of its weights.
        rebuilt: pictures that weren't trained on.
        drawn: ways of drawing classes.
        prompt: a text that was drawn by it; nothing where the model reads none.
        named: of how many judges each word of the prompt that they can judge is named:
            (word, right, judges).
        steps: of gradient ascent.
        seeds: of the drawing.
    """

    model: str
    decoder: str
    fingerprint: str
    rebuilt: Rebuilt
    drawn: tuple[DrawnTrial, ...]
    prompt: str
    named: tuple[tuple[str, int, int], ...]
    steps: int
    seeds: tuple[int, ...]
