"""`shapes-tied:SHARE`: test pictures of `shapes` whose background mostly tells the solid."""

from replearn.core.errors import InputError
from replearn.data.shapes.dataset import Shapes


class ShapesTied(Shapes):
    """The scenes of `shapes` test with floor and backdrop tied to the solid in a share of them.

    A network that took the background for the solid looks good here, and fails in the rest. No
    column says which pictures those are: what tells is solid and backdrop together.

    Args:
        share: of the pictures whose floor and backdrop are the solid's, from 0 to 1.
        seed: of the scenes.
        size: how many pictures.
        side: of the pictures, in pixels.

    Raises:
        InputError: the share is no number from 0 to 1, or a setting doesn't fit.
    """

    def __init__(self, share: str, seed: int = 0, size: int = 2000, side: int = 64) -> None:
        try:
            tied = float(share)
        except ValueError:
            tied = -1.0
        if not 0 <= tied <= 1:
            raise InputError(f"{share!r} is no share from 0 to 1; write shapes-tied:0.8.")
        super().__init__("test", seed, size, side=side, background_bias=tied)
        self.name = f"shapes-tied:{share}"
