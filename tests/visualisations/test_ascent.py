import pytest
import torch
from torch import nn

from replearn.encoders.tower import POOLED, ImageTower
from replearn.visualisations.ascent import AscentSettings, ascend
from replearn.visualisations.leaking import LEAK, leaking
from replearn.visualisations.mixed_objectives import Between
from replearn.visualisations.objectives import (
    OUTPUTS,
    Diversity,
    LayerEnergy,
    OutputScore,
    SameResponses,
    UnitMean,
    seen_by,
)
from replearn.visualisations.parametrisations import PlainPixels
from replearn.visualisations.wobble import Wobble


@pytest.fixture(scope="module")
def tower():
    torch.manual_seed(0)
    trunk = nn.Sequential(nn.Conv2d(3, 6, 3, stride=2), nn.ReLU(), nn.Conv2d(6, 8, 3))
    linear = nn.Linear(8, 4)
    head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), linear)
    return ImageTower(trunk, head, spatial=True, linear=linear).eval()


def same(pictures):
    return 2 * pictures - 1


def start(count=1, side=16):
    return PlainPixels.drawn(count, side, torch.Generator().manual_seed(1))


def climb(tower, objective, settings, seed=0):
    return list(
        ascend(tower, objective, start(), settings, same, torch.Generator().manual_seed(seed))
    )


FIRST = OutputScore(lambda outputs: outputs[:, 0])


def test_the_objective_rises_and_nothing_is_left_on_the_network(tower):
    before = {name: value.clone() for name, value in tower.state_dict().items()}
    steps = climb(tower, FIRST, AscentSettings(60, 0.05, Wobble(), (16,)))
    assert [step.done for step in steps] == list(range(1, 61))
    assert steps[-1].values[0] > steps[0].values[0] + 0.1
    assert all(part.grad is None for part in tower.parameters())
    assert all(torch.equal(value, before[name]) for name, value in tower.state_dict().items())
    assert not any(part._forward_hooks or part._forward_pre_hooks for part in tower.modules())


def test_it_is_what_adam_on_the_pixels_gives(tower):
    steps = climb(tower, FIRST, AscentSettings(5, 0.05, None, (16,)))
    pixels = start().leaf.detach().clone().requires_grad_(True)
    adam = torch.optim.Adam([pixels], lr=0.05)
    for _ in range(5):
        adam.zero_grad()
        (-tower(same(pixels))[:, 0].sum()).backward()
        adam.step()
        with torch.no_grad():
            pixels.clamp_(0, 1)
    for part in tower.parameters():
        part.grad = None
    torch.testing.assert_close(steps[-1].pictures, pixels.detach(), atol=1e-5, rtol=0)


def test_a_seed_gives_the_same_picture_and_another_seed_another(tower):
    settings = AscentSettings(8, 0.05, Wobble(), (16,))
    one, again, other = (climb(tower, FIRST, settings, seed)[-1].pictures for seed in (0, 0, 1))
    assert torch.equal(one, again)
    assert not torch.equal(one, other)


def test_pictures_grow_and_earlier_ones_stay_as_they_were(tower):
    steps = climb(tower, FIRST, AscentSettings(9, 0.05, None, (16, 24, 32)))
    assert [step.pictures.shape[-1] for step in steps] == [16] * 3 + [24] * 3 + [32] * 3
    assert not torch.equal(steps[0].pictures, steps[1].pictures)


def test_objectives_add_and_scale(tower):
    second = OutputScore(lambda outputs: outputs[:, 1])
    pixels = same(torch.rand(3, 3, 16, 16))
    seen = seen_by(tower, pixels, (FIRST - 0.5 * second).reads)
    wanted = tower(pixels)[:, 0] - 0.5 * tower(pixels)[:, 1]
    torch.testing.assert_close((FIRST - 0.5 * second).value(seen), wanted)
    mixed = 2 * UnitMean(POOLED, 3) + LayerEnergy("0") + LayerEnergy("0", 2)
    assert set(mixed.reads) == {POOLED, "0"}
    seen = seen_by(tower, pixels, mixed.reads)
    first = tower.trunk[0](pixels)
    wanted = 2 * tower.trunk(pixels)[:, 3].mean((1, 2)) + first.square().mean((1, 2, 3))
    wanted = wanted + first[:, 2].square().mean((1, 2))
    torch.testing.assert_close(mixed.value(seen), wanted)


def test_diversity_is_the_mean_likeness_of_gram_matrices(tower):
    pixels = same(torch.rand(3, 3, 16, 16))
    maps = tower.trunk(pixels).detach()
    grams = []
    for one in maps:
        gram = torch.zeros(8, 8)
        for i in range(8):
            for j in range(8):
                gram[i, j] = (one[i] * one[j]).sum()
        grams.append(gram.flatten() / gram.norm())
    for i, value in enumerate(Diversity(POOLED).value({POOLED: maps})):
        others = [float(grams[i] @ grams[j]) for j in range(3) if j != i]
        assert float(value) == pytest.approx(-sum(others) / 2, abs=1e-5)
    assert float(Diversity(POOLED).value({POOLED: maps[:1]})[0]) == pytest.approx(0)


def test_the_same_responses_are_at_distance_nothing(tower):
    pixels = same(torch.rand(2, 3, 16, 16))
    for layer in ("0", POOLED, OUTPUTS):
        seen = seen_by(tower, pixels, [layer])
        seen = {layer: seen[layer].detach()}
        found = SameResponses(layer, seen[layer][:1]).value(seen)
        assert float(found[0]) == pytest.approx(0, abs=1e-6)
        apart = (seen[layer][1] - seen[layer][0]).square().sum() / seen[layer][0].square().sum()
        assert float(found[1]) == pytest.approx(-float(apart), rel=1e-4)


def test_a_closed_rectifier_leaks_a_gradient_and_no_value():
    network = nn.Sequential(nn.Linear(3, 4), nn.ReLU(inplace=True))
    with torch.no_grad():
        network[0].weight.fill_(0.5)
        network[0].bias.fill_(-10)
    given = torch.ones(1, 3, requires_grad=True)
    assert float(torch.autograd.grad(network(given).sum(), given)[0].abs().max()) == 0
    with leaking(network):
        found = network(given)
        (gradient,) = torch.autograd.grad(found.sum(), given)
    assert float(found.detach().abs().max()) == pytest.approx(0)
    torch.testing.assert_close(gradient, torch.full((1, 3), 4 * 0.5 * LEAK))
    assert not network[1]._forward_hooks


def test_a_unit_that_never_responds_is_woken(tower):
    silent = ImageTower(
        nn.Sequential(nn.Conv2d(3, 2, 3), nn.ReLU()), nn.Flatten(), spatial=True, linear=None
    ).eval()
    with torch.no_grad():
        silent.trunk[0].bias.fill_(-3)
    steps = climb(silent, UnitMean(POOLED, 0), AscentSettings(80, 0.05, None, (16,)))
    assert float(steps[0].values[0]) == 0
    assert not torch.equal(steps[0].pictures, steps[-1].pictures)


def test_pictures_are_moved_as_far_as_they_say():
    picture = torch.rand(1, 3, 20, 20)
    still = Wobble(0, 0, 0)(picture, torch.Generator().manual_seed(0))
    torch.testing.assert_close(still, picture, atol=1e-4, rtol=0)
    ramp = torch.linspace(0, 1, 100).expand(64, 1, 100, 100)
    moved = Wobble(0.1, 0, 0)(ramp, torch.Generator().manual_seed(0))
    shifts = (moved - ramp)[:, 0, 50, 50] * 99  # pixels
    assert shifts.abs().max() <= 10.1
    assert shifts.abs().max() > 7
    assert shifts.std() == pytest.approx(20 / 12**0.5, rel=0.3)


@pytest.mark.parametrize("stopped_at", [1, 2, 3, 5])
def test_a_climb_goes_on_from_where_it_stood(tower, stopped_at):
    settings = AscentSettings(7, 0.05, Wobble(), (16, 24, 32))
    through = climb(tower, FIRST, settings)
    standing = through[stopped_at - 1].standing
    rest = list(ascend(tower, FIRST, standing, settings, same, torch.Generator()))
    assert [step.done for step in rest] == list(range(stopped_at + 1, 8))
    for one, other in zip(rest, through[stopped_at:], strict=True):
        assert torch.equal(one.pictures, other.pictures)


def test_each_picture_of_a_row_has_its_own_share(tower):
    second = OutputScore(lambda outputs: outputs[:, 1])
    pixels = same(torch.rand(3, 3, 16, 16))
    shares = torch.tensor([0.0, 0.25, 1.0])
    row = Between(FIRST, second + LayerEnergy("0"), shares)
    assert set(row.reads) == {OUTPUTS, "0"}
    seen = seen_by(tower, pixels, row.reads)
    ends = [
        tower(pixels)[:, 0],
        tower(pixels)[:, 1] + tower.trunk[0](pixels).square().mean((1, 2, 3)),
    ]
    torch.testing.assert_close(row.value(seen), (1 - shares) * ends[0] + shares * ends[1])
