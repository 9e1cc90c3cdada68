"""What every help is given, and the halves that it is fitted on and measured on."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from replearn.core.errors import CapabilityError
from replearn.core.progress import Progress, silent
from replearn.core.seeds import generator
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.groups.comparison import GroupComparison
from replearn.results.stamp import Stamp
from replearn.studies.groups.answers import Answers
from replearn.studies.groups.columns import Grouping
from replearn.studies.groups.compare import compared

SEED = 0
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Case:
    """A model's answers that are to become fairer.

    Attributes:
        answers: of the model.
        grouping: the groups.
        positive: a class, for what looks at one class.
        templates: prompts, for what words them anew.
        progress: told as pictures are encoded.
    """

    answers: Answers
    grouping: Grouping
    positive: str = ""
    templates: tuple[str, ...] = ()
    progress: Progress = silent

    @property
    def encoder(self) -> Encoder:
        """The model."""
        return load_model(self.answers.stamp.model)

    def reader(self) -> Encoder:
        """Return the model where it reads text.

        Raises:
            CapabilityError: it doesn't.
        """
        encoder = self.encoder
        if "text" not in encoder.card.capabilities:
            raise CapabilityError(
                f"{encoder.name} reads no text, so it has no prompts; try the balanced probe."
            )
        return encoder

    def fitted_on(self) -> Mask:
        """Return which pictures a help is fitted on, (n,); it is measured on the others."""
        halves = generator(SEED, "helps").permutation(len(self.answers)) % 2 == 0
        return np.asarray(halves)

    def told(
        self,
        before: Mask,
        after: Mask,
        ways: tuple[str, str],
        note: str,
        among: Mask | None = None,
    ) -> GroupComparison:
        """Return the comparison of two answers, (n,) right or wrong, among some pictures."""
        chosen = np.ones(len(before), bool) if among is None else among
        grouping = replace(self.grouping, codes=self.grouping.codes[chosen])
        stamp = self.answers.stamp
        settings = {**stamp.settings, "measured on": int(chosen.sum())}
        stamp = Stamp(
            stamp.model, stamp.fingerprint, stamp.seconds, int(chosen.sum()), SEED, settings
        )
        return compared(grouping, before[chosen], after[chosen], ways, note, stamp)
