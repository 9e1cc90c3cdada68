"""A generator and its loss: the same pixels, and the same responses in the network it inverts."""

import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.training.recipes.method import Method, Views
from replearn.visualisations.decoders.code import Code, Watched
from replearn.visualisations.decoders.network import Decoder
from replearn.visualisations.objectives import Seen


class DecoderMethod(Method):
    """Learns to give pictures back (Dosovitskiy and Brox 2016, https://arxiv.org/abs/1602.02644).

    The loss is the mean absolute difference of pixels, and, behind the first steps, plus `early`
    times that of the first layer's map over its mean size, plus `same` times the mean square
    difference of codes.

    Args:
        network: whose responses are inverted; it stays as it is.
        code: from its mean responses to what the generator gets.
        decoder: the generator.
        early: weight of the first layer's difference.
        same: weight of the codes' difference.
        noise: standard deviation of what is added to a code, so that near codes give near pictures.
        alone: how many steps pixels are compared alone, which costs half as much.
    """

    steps: Tensor  # (), how many are done

    view_count = 1

    def __init__(
        self,
        network: Watched,
        code: Code,
        decoder: Decoder,
        early: float,
        same: float,
        noise: float,
        alone: int,
    ) -> None:
        super().__init__()
        self._network = (network,)  # not a part of what is trained, moved to a mode, or kept
        self.code, self.decoder = code, decoder
        self._early, self._same, self._noise, self._alone = early, same, noise, alone
        self.register_buffer("steps", torch.zeros((), dtype=torch.int64))

    @property
    def network(self) -> Watched:
        """The network whose responses are inverted."""
        return self._network[0]

    def rebuilt(self, pictures: Tensor) -> Tensor:
        """Return pictures (n, 3, s, s), from 0 to 1, made of the codes of pictures."""
        made: Tensor = self.decoder(self._code(self.network.seen(pictures)))
        return made

    def features(self, pixels: Tensor) -> Tensor:
        """Return the network's responses to rebuilt pictures: what of a label has come through."""
        seen = self.network.seen(self.rebuilt((pixels + 1) / 2))
        return self.network.means(seen)

    def loss(self, views: Views) -> tuple[Tensor, Tensor, Tensor]:
        """Return the loss, and pictures and rebuilt ones as unit vectors about mid-grey."""
        pictures = (views.pixels[0] + 1) / 2
        with torch.no_grad():
            wanted = self.network.seen(pictures)
            code = self._code(wanted)
        made = self.decoder(code + self._noise * torch.randn_like(code))
        loss = (made - pictures).abs().mean()
        if self.steps >= self._alone:
            seen, first = self.network.seen(made), self.network.layers[0]
            early = (seen[first] - wanted[first]).abs().mean() / wanted[first].abs().mean()
            same = (self._code(seen) - code).square().mean()
            loss = loss + self._early * early + self._same * same
        return loss, _unit(pictures), _unit(made)

    @torch.no_grad()
    def after_step(self) -> None:
        """Count the step."""
        self.steps += 1

    def _code(self, seen: Seen) -> Tensor:
        found: Tensor = self.code(self.network.means(seen))
        return found


def _unit(pictures: Tensor) -> Tensor:
    return F.normalize((pictures - 0.5).flatten(1), dim=1)
