import pytest
import torch
from torch import nn

from replearn.encoders.registry import load_model
from replearn.encoders.tower import POOLED, ImageTower
from replearn.visualisations.folded import folded
from replearn.visualisations.objectives import AS_IT_IS, OUTPUTS, UnitMean, seen_by

SIDE = 32


def tower(trunk):
    linear = nn.Linear(6, 4)
    head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), linear)
    made = ImageTower(trunk, head, spatial=True, linear=linear)
    for part in made.modules():
        if isinstance(part, nn.BatchNorm2d):
            nn.init.uniform_(part.weight, -1, 2)
            nn.init.normal_(part.bias)
            nn.init.normal_(part.running_mean)
            nn.init.uniform_(part.running_var, 0.5, 2)
    return made.eval()


class Twisted(nn.Module):
    """Registered in a row, run in another."""

    def __init__(self):
        super().__init__()
        self.conv, self.norm, self.other = nn.Conv2d(3, 6, 1), nn.BatchNorm2d(6), nn.Conv2d(3, 6, 1)

    def forward(self, pixels):
        return self.conv(pixels) + self.norm(self.other(pixels))


def test_a_folded_network_answers_alike_and_its_own_is_left_alone():
    torch.manual_seed(0)
    made = tower(nn.Sequential(nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6), nn.ReLU()))
    before = {name: value.clone() for name, value in made.state_dict().items()}
    found = folded(made, (OUTPUTS,), SIDE)
    assert found is not made
    assert not any(isinstance(part, nn.BatchNorm2d) for part in found.modules())
    pixels = torch.randn(2, 3, SIDE, SIDE, requires_grad=True)
    torch.testing.assert_close(found(pixels), made(pixels), atol=1e-5, rtol=1e-5)
    (ours,), (true,) = (
        torch.autograd.grad(one(pixels)[:, 1].sum(), pixels) for one in (found, made)
    )
    torch.testing.assert_close(ours, true, atol=1e-5, rtol=1e-5)
    assert all(torch.equal(value, before[name]) for name, value in made.state_dict().items())
    assert folded(made, (OUTPUTS,), SIDE) is found  # kept


def test_a_layer_that_would_give_something_else_is_asked_in_the_network_itself():
    made = tower(nn.Sequential(nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6), nn.ReLU()))
    assert folded(made, ("0",), SIDE) is made
    assert folded(made, (POOLED, f"{AS_IT_IS}0"), SIDE) is made
    assert folded(made, ("2", POOLED), SIDE) is not made


def test_what_runs_in_another_order_or_has_no_normalisation_is_left_as_it_is():
    twisted, plain = tower(Twisted()), tower(nn.Sequential(nn.Conv2d(3, 6, 3), nn.ReLU()))
    assert folded(twisted, (OUTPUTS,), SIDE) is twisted
    assert folded(plain, (OUTPUTS,), SIDE) is plain


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "layer"),
    [
        ("imagenet", "network.blocks.1.1"),
        ("photo-clip", "network.blocks.5.3"),
        ("shapes-supervised", "network.layer3.0"),
        ("shapes-supervised", "network.layer1.0.conv1"),
    ],
)
def test_units_of_shipped_networks_are_the_same(model, layer):
    encoder = load_model(model)
    made, side = encoder.tower(), encoder.preprocessing.crop
    objective = UnitMean(layer, 3)
    found = folded(made, objective.reads, side)
    assert (found is made) == layer.endswith(".conv1")
    pixels = torch.randn(1, 3, side, side, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        ours, true = (
            objective.value(seen_by(one, pixels, objective.reads)) for one in (found, made)
        )
    torch.testing.assert_close(ours, true, atol=1e-4, rtol=1e-3)
