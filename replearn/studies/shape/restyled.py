"""A picture in the texture of another, through the layers of a network.

Gatys, Ecker and Bethge 2016, https://arxiv.org/abs/1508.06576.
"""

from dataclasses import dataclass

from PIL import Image

from replearn.core.progress import Progress, silent
from replearn.studies.answering.opened_network import OpenedNetwork, as_picture, as_tensor

MAKER = "imagenet"
STYLE_LAYERS = tuple(f"network.blocks.{number}" for number in range(5))
FORM_LAYER = "network.blocks.3"
RATE = 0.04


@dataclass(frozen=True)
class StyleChoice:
    """How a picture takes the texture of another.

    Attributes:
        steps: of Adam, from the photograph of the form.
        weight: of the texture beside the form.
        side: of the picture, in pixels.
    """

    steps: int = 40
    weight: float = 40.0
    side: int = 224


def restyled(
    network: OpenedNetwork,
    form: Image.Image,
    texture: Image.Image,
    choice: StyleChoice,
    progress: Progress = silent,
) -> Image.Image:
    """Return a picture with the form of one and the texture of another.

    Adam moves the pixels of the first, seen through a small blur: what one layer gives stays near
    what it gave, and the Gram matrices of five layers come near those of the second; each distance
    is a share of what is wanted.

    Args:
        network: whose layers are asked.
        form, texture: RGB, of the side of the choice.
        choice: how.
        progress: told before each step; may raise `StoppedError`.
    """
    import torch

    from replearn.visualisations.ascent import AscentSettings, ascend
    from replearn.visualisations.objectives import SameResponses, Sum, seen_by
    from replearn.visualisations.parametrisations import SoftPixels
    from replearn.visualisations.style import SameStyle, gram

    with torch.inference_mode():
        shaped, textured = (
            seen_by(network.tower, network.normalise(as_tensor(one)), layers)
            for one, layers in ((form, [FORM_LAYER]), (texture, STYLE_LAYERS))
        )
    share = choice.weight / len(STYLE_LAYERS)
    styles = [(share, SameStyle(name, gram(textured[name]).clone())) for name in STYLE_LAYERS]
    objective = Sum(((1.0, SameResponses(FORM_LAYER, shaped[FORM_LAYER].clone())), *styles))
    last = None
    for last in ascend(  # noqa: B007  (only where it ends counts)
        network.climbed(objective),
        objective,
        SoftPixels(as_tensor(form)),
        AscentSettings(choice.steps, RATE, None, (choice.side,), every=choice.steps),
        network.normalise,
        torch.Generator(),
        progress,
    ):
        pass
    assert last is not None  # there is a step at least
    return as_picture(last.pictures[0])
