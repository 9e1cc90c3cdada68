"""Where a figure comes from: every result carries one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.statistics import two_figures

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Stamp:
    """Where a figure comes from: enough to make it again.

    Attributes:
        model: the model's name.
        fingerprint: of its weights and preprocessing.
        seconds: time the work took here.
        n: number of pictures behind the figure.
        seed: of whatever was random, or None.
        settings: everything else that changes the figure.
    """

    model: str
    fingerprint: str
    seconds: float
    n: int = 1
    seed: int | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        parts = [f"{self.model} {self.fingerprint[:6]}"]
        parts += [f"{key} {value}" for key, value in self.settings.items()]
        if self.seed is not None:
            parts.append(f"seed {self.seed}")
        parts += [f"n = {self.n:,}", f"{two_figures(self.seconds)} s"]
        return " | ".join(parts)


def stamp_dict(stamp: Stamp) -> dict[str, Any]:
    """Return a stamp as plain data, ready for JSON or a file's metadata."""
    return {**asdict(stamp), "settings": {k: str(v) for k, v in stamp.settings.items()}}
