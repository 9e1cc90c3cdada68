"""The channels and cells of a network that pools add up to its score."""

import pytest
import torch

from replearn.core.errors import CapabilityError
from replearn.data import load_dataset
from replearn.decompositions.channels import channel_parts
from replearn.encoders.registry import load_model


@pytest.mark.parametrize("name", ["imagenet", "shapes-supervised", "shapes-bagnet"])
def test_channels_and_cells_add_up_to_the_outputs(name):
    encoder, photos = load_model(name), load_dataset("photos")
    pixels = torch.from_numpy(encoder.preprocess([photos[i].image for i in range(3)]))
    tower = encoder.tower()
    with torch.inference_mode():
        wanted = tower(pixels)
    parts = channel_parts(tower, name, pixels)
    torch.testing.assert_close(parts.sum(), wanted, atol=1e-4, rtol=1e-4)
    direction = torch.zeros_like(wanted)
    direction[:, 1] = 1
    shares = parts.channels(direction)  # (n, c, h, w)
    torch.testing.assert_close(
        shares.sum((1, 2, 3)) + parts.bias[1], wanted[:, 1], atol=1e-4, rtol=1e-4
    )


def test_a_transformer_is_refused():
    encoder = load_model("shapes-clip")
    with pytest.raises(CapabilityError, match="imagenet and the shapes networks do"):
        channel_parts(encoder.tower(), "shapes-clip", torch.zeros(1, 3, 64, 64))
