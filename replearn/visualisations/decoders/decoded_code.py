"""Pictures by a learnt prior: what changes is a generator's code (Nguyen et al. 2016)."""

from typing import ClassVar

import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.visualisations.decoders.opened import OpenedDecoder
from replearn.visualisations.parametrisations import Parametrisation

SPREAD = 0.5  # of the codes to begin with: a random picture that isn't far from the mean


class DecodedCode(Parametrisation):
    """A code for each picture, held to the usual range of pictures' codes.

    Nguyen et al. 2016, https://arxiv.org/abs/1605.09304.

    Args:
        codes: (n, components), to begin with.
        prior: the generator.
        side: of the pictures in pixels; the generator's own are resized to it.
    """

    bounds: ClassVar[None] = None  # each coordinate has its own, and the length has one

    def __init__(self, codes: Tensor, prior: OpenedDecoder, side: int) -> None:
        self._prior = prior
        self.leaf = prior.code.held(codes.detach()).clone().requires_grad_(True)
        self.side = side

    @classmethod
    def drawn(
        cls, count: int, prior: OpenedDecoder, side: int, generator: torch.Generator
    ) -> "DecodedCode":
        """Start from random codes."""
        shape = (count, len(prior.code.lowest))
        return cls(SPREAD * torch.randn(shape, generator=generator), prior, side)

    def pictures(self) -> Tensor:
        """Return what the generator makes of the codes."""
        made: Tensor = self._prior.decoder(self.leaf)
        if made.shape[-1] == self.side:
            return made
        return F.interpolate(made, self.side, mode="bilinear", antialias=True)

    def enlarged(self, side: int) -> "DecodedCode":
        """Keep the codes: the generator makes pictures of one size, which are resized."""
        return DecodedCode(self.leaf, self._prior, side)

    def hold(self) -> None:
        """Bring the codes back to where pictures' codes lie."""
        with torch.no_grad():
            self.leaf.copy_(self._prior.code.held(self.leaf))
