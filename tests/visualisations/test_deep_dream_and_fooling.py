import numpy as np
import pytest
import torch
from torch import nn

from replearn.core.errors import StoppedError
from replearn.encoders.tower import POOLED, ImageTower
from replearn.visualisations.deep_dream import (
    DreamSettings,
    deep_dream,
    octave_sizes,
    tiled_gradient,
)
from replearn.visualisations.fooling import FoolingSettings, fooling
from replearn.visualisations.objectives import LayerEnergy


@pytest.fixture(scope="module")
def tower():
    torch.manual_seed(0)
    trunk = nn.Sequential(nn.Conv2d(3, 6, 3, padding=1), nn.Tanh(), nn.Conv2d(6, 8, 1))
    linear = nn.Linear(8, 5)
    head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), linear)
    return ImageTower(trunk, head, spatial=True, linear=linear).eval()


def same(pictures):
    return pictures


def draws():
    return torch.Generator().manual_seed(0)


def test_one_tile_gives_the_gradient_itself(tower):
    picture = torch.rand(1, 3, 20, 30)
    found = tiled_gradient(tower, LayerEnergy(POOLED), picture, 64, same, draws())
    leaf = picture.clone().requires_grad_(True)
    value = tower.trunk(leaf).square().mean()
    (wanted,) = torch.autograd.grad(value, leaf)
    torch.testing.assert_close(found, wanted, atol=1e-7, rtol=1e-4)


def test_tiles_cover_the_whole_and_are_never_larger_than_they_say(tower):
    seen = []

    def watched(pixels):
        seen.append(tuple(pixels.shape[2:]))
        return pixels

    picture = torch.rand(1, 3, 100, 70)
    found = tiled_gradient(tower, LayerEnergy(POOLED), picture, 32, watched, draws())
    assert set(seen) == {(32, 32)}
    assert (found.abs().sum(1) > 0).all()
    # away from the tiles' edges it is the gradient itself, of the mean over a map of that size
    leaf = picture.clone().requires_grad_(True)
    (whole,) = torch.autograd.grad(tower.trunk(leaf).square().sum() / (8 * 32 * 32), leaf)
    apart = (found - whole).abs().amax(1)
    assert (apart < 1e-6).float().mean() > 0.5


def test_octaves_end_with_the_picture_itself():
    sizes = octave_sizes(300, 200, DreamSettings(octaves=4, ratio=2, smallest=40))
    assert sizes == [(75, 50), (150, 100), (300, 200)]
    assert octave_sizes(30, 20, DreamSettings()) == [(30, 20)]


def test_a_dream_raises_the_layer_and_keeps_size_and_range(tower):
    picture = torch.rand(1, 3, 90, 120)
    settings = DreamSettings(octaves=2, steps=4, smallest=40, tile=64)
    told = []
    pictures = list(
        deep_dream(
            tower,
            LayerEnergy(POOLED),
            picture,
            settings,
            same,
            draws(),
            lambda *now: told.append(now),
        )
    )
    assert len(pictures) == len(told) == 8
    assert all(one.shape == picture.shape for one in pictures)
    assert pictures[-1].min() >= 0
    assert pictures[-1].max() <= 1
    with torch.no_grad():
        before, after = (tower.trunk(one).square().mean() for one in (picture, pictures[-1]))
    assert after > before
    assert all(part.grad is None for part in tower.parameters())


def log_probability(outputs):
    return outputs.log_softmax(1)[:, 3]


def test_a_fooled_picture_stays_within_its_bounds_as_a_file_keeps_it(tower):
    picture = torch.rand(1, 3, 12, 12, generator=draws())
    settings = FoolingSettings(epsilon=3, step=1, steps=6, enough=-0.001)
    steps = list(fooling(tower, log_probability, picture, settings, same))
    assert [step.done for step in steps] == list(range(7))
    assert steps[-1].value > steps[0].value
    for step in steps:
        levels = step.picture * 255
        torch.testing.assert_close(levels, levels.round(), atol=1e-3, rtol=0)
        assert float((step.picture - picture).abs().max()) <= 3.01 / 255
    outputs = tower(steps[-1].picture).detach()
    assert steps[-1].value == pytest.approx(float(log_probability(outputs)[0]), rel=1e-4)


def test_it_is_projected_gradient_descent_step_by_step(tower):
    picture = (torch.rand(1, 3, 8, 8, generator=draws()) * 255).round() / 255
    settings = FoolingSettings(epsilon=4, step=1, steps=6, enough=0)
    found = list(fooling(tower, log_probability, picture, settings, same))[-1].picture
    changed, original = picture.numpy().astype(np.float64), picture.numpy()
    for _ in range(6):
        leaf = torch.tensor(changed, dtype=torch.float32, requires_grad=True)
        (gradient,) = torch.autograd.grad(log_probability(tower(leaf)).sum(), leaf)
        for place in np.ndindex(changed.shape):
            moved = changed[place] + np.sign(float(gradient[place])) / 255
            low, high = original[place] - 4 / 255, original[place] + 4 / 255
            changed[place] = min(max(moved, low, 0), high, 1)
    np.testing.assert_allclose(found.numpy(), changed, atol=1e-5)


@pytest.mark.filterwarnings("ignore:Input Tensor")  # Captum asks for the gradient itself
def test_it_is_what_captum_makes_of_the_same_start(tower):
    captum = pytest.importorskip("captum.robust", reason="captum is a development tool")
    picture = (torch.rand(1, 3, 8, 8, generator=draws()) * 255).round() / 255
    attack = captum.PGD(
        tower, lambda outputs, _: -log_probability(outputs), lower_bound=0, upper_bound=1
    )
    for epsilon, step, count in ((4, 1, 6), (2, 0.75, 5), (255, 8, 4)):
        # of 16 bits: what ours rounds away is then smaller than the tolerance
        settings = FoolingSettings(epsilon, step, count, enough=0, levels=65535)
        ours = list(fooling(tower, log_probability, picture, settings, same))[-1].picture
        theirs = attack.perturb(
            picture, epsilon / 255, step / 255, count, target=None, targeted=True
        )
        assert (ours - picture).abs().max() > 0
        torch.testing.assert_close(ours, theirs, atol=2e-5, rtol=0)


def test_a_file_of_more_bits_keeps_smaller_changes(tower):
    picture = (torch.rand(1, 3, 8, 8, generator=draws()) * 255).round() / 255
    coarse, fine = (
        list(fooling(tower, log_probability, picture, settings, same))[-1].picture
        for settings in (
            FoolingSettings(0.4, 0.1, 5, 0),
            FoolingSettings(0.4, 0.1, 5, 0, levels=65535),
        )
    )
    assert torch.equal(coarse, picture)
    assert 0 < float((fine - picture).abs().max()) * 255 <= 0.4 + 1e-3


def test_it_ends_as_soon_as_it_is_enough_and_can_be_stopped(tower):
    picture = torch.rand(1, 3, 8, 8, generator=draws())
    settings = FoolingSettings(steps=50, enough=-9)
    assert len(list(fooling(tower, log_probability, picture, settings, same))) == 1

    def stop(done, total, what):
        if done == 2:
            raise StoppedError("stopped")

    with pytest.raises(StoppedError):
        list(fooling(tower, log_probability, picture, FoolingSettings(enough=0), same, stop))
