"""A generator from a short code to a picture, as Dosovitskiy and Brox 2016 invert a network.

https://arxiv.org/abs/1602.02644; theirs has an adversary, this one hasn't.
"""

from torch import Tensor, nn

DOUBLINGS = 4


class Decoder(nn.Module):
    """A code (n, components) to pictures (n, 3, side, side), from 0 to 1.

    Most of the work is done at a quarter of the side, where a convolution costs little; the last
    two doublings lay channels out as pixels (Shi et al. 2016, https://arxiv.org/abs/1609.05158).

    Args:
        components: of the code.
        side: of the pictures in pixels, a multiple of 16.
        width: of the network; it has up to four times as many channels.
    """

    def __init__(self, components: int, side: int, width: int) -> None:
        super().__init__()
        self.side, self.width = side, width
        cells = side >> DOUBLINGS
        self.layers = nn.Sequential(
            nn.Linear(components, 4 * width * cells**2),
            nn.Unflatten(1, (4 * width, cells, cells)),
            *_convolved(4 * width, 4 * width),  # at a sixteenth of the side
            nn.Upsample(scale_factor=2),
            *_convolved(4 * width, 4 * width),
            nn.Upsample(scale_factor=2),
            *_convolved(4 * width, 2 * width),
            *_convolved(2 * width, 2 * width),
            *_convolved(2 * width, 3 * width),
            nn.PixelShuffle(2),  # (n, 3 * width / 4, side / 2, side / 2)
            *_convolved(3 * width // 4, 3 * width // 4),
            nn.Conv2d(3 * width // 4, 12, 3, padding=1),
            nn.PixelShuffle(2),  # (n, 3, side, side)
            nn.Sigmoid(),
        )

    def forward(self, code: Tensor) -> Tensor:
        """Return pictures."""
        pictures: Tensor = self.layers(code)
        return pictures


def _convolved(channels: int, into: int) -> list[nn.Module]:
    return [
        nn.Conv2d(channels, into, 3, padding=1, bias=False),
        nn.BatchNorm2d(into),
        nn.LeakyReLU(0.1),
    ]
