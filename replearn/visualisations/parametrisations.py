"""What is changed so that a picture changes: its pixels, its frequencies, or their phases alone."""

import copy
import math
from abc import ABC, abstractmethod
from typing import ClassVar

import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.visualisations.natural import NaturalStatistics

TURN = 2 * math.pi


class Parametrisation(ABC):
    """A batch of square pictures, made from numbers that have a gradient.

    Attributes:
        bounds: the numbers' range, where they have one.
        leaf: the numbers.
        side: the pictures' side in pixels.
    """

    bounds: ClassVar[tuple[float, float] | None] = None
    leaf: Tensor
    side: int

    @abstractmethod
    def pictures(self) -> Tensor:
        """Return the pictures, (n, 3, side, side), from 0 to 1."""

    @abstractmethod
    def enlarged(self, side: int) -> "Parametrisation":
        """Return the same pictures on more pixels, to go on from."""

    def copied(self, generator: torch.Generator) -> "Parametrisation":  # noqa: ARG002
        """Return the same with numbers of its own.

        Args:
            generator: of what the copy will draw, where it draws anything.
        """
        return self._with(self.leaf)

    def repeated(self, count: int) -> "Parametrisation":
        """Return a batch of one picture so many times."""
        return self._with(self.leaf.repeat(count, *[1] * (self.leaf.ndim - 1)))

    def _with(self, numbers: Tensor) -> "Parametrisation":
        other = copy.copy(self)
        other.leaf = numbers.detach().clone().requires_grad_(True)
        return other

    def hold(self) -> None:
        """Bring the numbers back to their range after a step."""
        if self.bounds:
            with torch.no_grad():
                self.leaf.clamp_(*self.bounds)


class PlainPixels(Parametrisation):
    """The pixels themselves, from weak noise about mid-grey."""

    bounds = (0.0, 1.0)  # beyond, nothing is seen, and the gradient is zero

    def __init__(self, values: Tensor) -> None:
        self.leaf = values.detach().clone().requires_grad_(True)  # (n, 3, side, side)
        self.side = values.shape[-1]

    @classmethod
    def drawn(cls, count: int, side: int, generator: torch.Generator) -> "PlainPixels":
        """Start from noise."""
        return cls(0.5 + 0.05 * torch.randn(count, 3, side, side, generator=generator))

    def pictures(self) -> Tensor:
        """Return the pixels."""
        return self.leaf

    def enlarged(self, side: int) -> "PlainPixels":
        """Interpolate."""
        return PlainPixels(F.interpolate(self.leaf.detach(), side, mode="bilinear"))


class SoftPixels(PlainPixels):
    """Pixels seen through a small blur: what changes from one to the next is not to be had.

    A network whose first layer takes each second pixel hardly sees such noise, and its gradient
    fills a picture with it. The blur is binomial, 1 4 6 4 1, about one pixel wide.
    """

    def pictures(self) -> Tensor:
        """Return the pixels, blurred; edges are mirrored."""
        row = self.leaf.new_tensor([1.0, 4.0, 6.0, 4.0, 1.0]) / 16
        kernel = torch.outer(row, row).expand(3, 1, 5, 5)
        return F.conv2d(F.pad(self.leaf, (2, 2, 2, 2), mode="reflect"), kernel, groups=3)

    def enlarged(self, side: int) -> "SoftPixels":
        """Interpolate."""
        return SoftPixels(F.interpolate(self.leaf.detach(), side, mode="bilinear"))


class Frequencies(Parametrisation):
    """Decorrelated colours on a Fourier basis in which low frequencies move faster, by 1/f.

    Olah, Mordvintsev and Schubert 2017 (https://distill.pub/2017/feature-visualization); the
    colours are those of a data set's pictures. Written out here and checked wave by wave, for
    torch-lucent needs a kornia of 2020, and xplique TensorFlow.
    """

    def __init__(self, values: Tensor, side: int, statistics: NaturalStatistics) -> None:
        self.leaf = values.detach().clone().requires_grad_(True)  # (n, 3, side, side // 2 + 1, 2)
        self.side = side
        self._statistics = statistics
        self._scale = 1 / frequencies(side).clamp(min=1 / side)

    @classmethod
    def drawn(
        cls, count: int, side: int, statistics: NaturalStatistics, generator: torch.Generator
    ) -> "Frequencies":
        """Start from noise that is nearly grey."""
        shape = (count, 3, side, side // 2 + 1, 2)
        return cls(0.01 * torch.randn(shape, generator=generator), side, statistics)

    def pictures(self) -> Tensor:
        """Return the pictures, squeezed between 0 and 1."""
        spectrum = torch.view_as_complex(self.leaf) * self._scale
        channels = torch.fft.irfft2(spectrum, s=(self.side, self.side), norm="ortho")
        return torch.sigmoid(coloured(channels, self._statistics))

    def enlarged(self, side: int) -> "Frequencies":
        """Keep all frequencies, and add higher ones at nothing."""
        old, half = self.leaf.detach(), self.side // 2
        # a frequency's number is the same at every size, and so is its share of the picture
        values = old.new_zeros(*old.shape[:2], side, side // 2 + 1, 2)
        values[:, :, :half, :half] = old[:, :, :half, :half]
        values[:, :, -half:, :half] = old[:, :, -half:, :half]
        return Frequencies(values, side, self._statistics)


class FixedMagnitudes(Parametrisation):
    """Phases alone: each frequency is as strong as in a data set's pictures, from first to last.

    MACO, Fel et al. 2023 (https://arxiv.org/abs/2306.06805). Their own horama fetches its
    magnitudes from the network and scales phases and pictures anew at each step, so that none of
    its pictures could be compared with these; here the magnitudes are those of `statistics`.
    """

    def __init__(
        self, phases: Tensor, side: int, statistics: NaturalStatistics, generator: torch.Generator
    ) -> None:
        self._generator = generator
        self.leaf = phases.detach().clone().requires_grad_(True)  # (n, 3, side, side // 2 + 1)
        self.side = side
        self._statistics = statistics
        self._magnitudes = magnitudes_at(statistics, side)

    @classmethod
    def drawn(
        cls, count: int, side: int, statistics: NaturalStatistics, generator: torch.Generator
    ) -> "FixedMagnitudes":
        """Start from random phases."""
        shape = (count, 3, side, side // 2 + 1)
        return cls(TURN * torch.rand(shape, generator=generator), side, statistics, generator)

    def copied(self, generator: torch.Generator) -> "FixedMagnitudes":
        """Return the same with phases of its own."""
        return FixedMagnitudes(self.leaf, self.side, self._statistics, generator)

    def pictures(self) -> Tensor:
        """Return the pictures, squeezed between 0 and 1 as gently as can be."""
        spectrum = torch.polar(self._magnitudes.expand_as(self.leaf), self.leaf)
        channels = torch.fft.irfft2(spectrum, s=(self.side, self.side), norm="ortho")
        mean = torch.from_numpy(self._statistics.mean).to(channels)[:, None, None]
        return torch.sigmoid(4 * (coloured(channels, self._statistics) + mean - 0.5))

    def enlarged(self, side: int) -> "FixedMagnitudes":
        """Keep the phases of all frequencies; those of higher ones are drawn."""
        old, half = self.leaf.detach(), self.side // 2
        shape = (*old.shape[:2], side, side // 2 + 1)
        phases = TURN * torch.rand(shape, generator=self._generator)
        phases[:, :, :half, :half] = old[:, :, :half, :half]
        phases[:, :, -half:, :half] = old[:, :, -half:, :half]
        return FixedMagnitudes(phases, side, self._statistics, self._generator)


def frequencies(side: int) -> Tensor:
    """Return each frequency's length in cycles a pixel, (side, side // 2 + 1)."""
    down, right = torch.fft.fftfreq(side), torch.fft.rfftfreq(side)
    return torch.hypot(down[:, None], right[None])


def coloured(channels: Tensor, statistics: NaturalStatistics) -> Tensor:
    """Turn independent channels (n, 3, h, w) into colours as pictures have them."""
    return torch.einsum(
        "cd,ndhw->nchw", torch.from_numpy(statistics.colours).to(channels), channels
    )


def magnitudes_at(statistics: NaturalStatistics, side: int) -> Tensor:
    """Return the magnitudes of pictures of another side, (3, side, side // 2 + 1)."""
    known = torch.from_numpy(statistics.magnitudes)
    if side == statistics.side:
        return known
    # by cycles a pixel: pictures are alike at every scale
    rows = torch.fft.fftshift(known, dim=1)[None]
    scaled = F.interpolate(rows, (side, side // 2 + 1), mode="bilinear", align_corners=False)[0]
    found: Tensor = torch.fft.ifftshift(scaled, dim=1)
    return found
