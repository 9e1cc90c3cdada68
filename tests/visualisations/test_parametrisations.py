import numpy as np
import pytest
import torch

from replearn.visualisations.natural import natural_statistics
from replearn.visualisations.parametrisations import (
    FixedMagnitudes,
    Frequencies,
    PlainPixels,
    SoftPixels,
    magnitudes_at,
)

SIDE = 16


@pytest.fixture(scope="module")
def pictures():
    rng = np.random.default_rng(0)
    smooth = rng.integers(0, 256, (12, 4, 4, 3)).repeat(4, 1).repeat(4, 2)
    return (0.7 * smooth + 0.3 * smooth[..., :1]).astype(np.uint8)


@pytest.fixture(scope="module")
def statistics(pictures):
    return natural_statistics(pictures)


def draws():
    return torch.Generator().manual_seed(3)


def made(statistics):
    return [
        PlainPixels.drawn(2, SIDE, draws()),
        SoftPixels.drawn(2, SIDE, draws()),
        Frequencies.drawn(2, SIDE, statistics, draws()),
        FixedMagnitudes.drawn(2, SIDE, statistics, draws()),
    ]


def test_the_colours_of_pictures_are_measured(pictures, statistics):
    values = pictures.reshape(-1, 3).astype(np.float64) / 255
    covariance = np.cov(values.T, bias=True)
    np.testing.assert_allclose(statistics.mean, values.mean(0), atol=1e-5)
    np.testing.assert_allclose(statistics.colours @ statistics.colours.T, covariance, atol=1e-5)


def test_the_magnitudes_hold_all_of_the_variance(pictures, statistics):
    # each channel has unit variance; the mean of magnitudes is at most the root of the mean square
    doubled = np.full(SIDE // 2 + 1, 2.0)
    doubled[[0, -1]] = 1  # what rfft leaves out once
    power = (statistics.magnitudes.astype(np.float64) ** 2 * doubled).sum((1, 2)) / SIDE**2
    assert (power > 0.6).all()
    assert (power <= 1 + 1e-4).all()


def test_pictures_lie_between_0_and_1_and_differ_by_draw(statistics):
    for one in made(statistics):
        shown = one.pictures().detach()
        assert shown.shape == (2, 3, SIDE, SIDE)
        assert shown.min() >= 0
        assert shown.max() <= 1
        assert (shown[0] - shown[1]).abs().max() > 0.01


def test_frequencies_are_waves_that_are_weaker_the_shorter_they_are(statistics):
    one = Frequencies.drawn(1, 6, statistics, draws())
    leaf = one.leaf.detach().double().numpy()[0]
    spectrum = leaf[..., 0] + 1j * leaf[..., 1]  # (3, 6, 4)
    for row in range(6):
        for column in range(4):
            length = np.hypot(min(row, 6 - row), column) / 6
            spectrum[:, row, column] /= max(length, 1 / 6)
    channels = np.fft.irfft2(spectrum, s=(6, 6), norm="ortho")
    wanted = np.zeros((3, 6, 6))
    for colour in range(3):
        mixed = sum(statistics.colours[colour, part] * channels[part] for part in range(3))
        wanted[colour] = 1 / (1 + np.exp(-mixed))
    np.testing.assert_allclose(one.pictures().detach().numpy()[0], wanted, atol=1e-5)


def test_enlarged_pictures_are_the_same_pictures(statistics):
    # how strong a frequency is in a larger picture is the data set's to say, not this picture's
    for one, least in zip(made(statistics), (0.9, 0.85, 0.9, 0.5), strict=True):
        large = one.enlarged(2 * SIDE)
        assert large.side == 2 * SIDE
        small = torch.nn.functional.avg_pool2d(large.pictures().detach(), 2)
        before = one.pictures().detach()
        likeness = np.corrcoef(small.flatten(), before.flatten())[0, 1]
        assert likeness > least, type(one).__name__


def test_phases_leave_the_magnitudes_as_they_are(statistics):
    one = FixedMagnitudes.drawn(1, SIDE, statistics, draws())
    with torch.no_grad():
        one.leaf += torch.randn(one.leaf.shape)
    spectrum = torch.polar(magnitudes_at(statistics, SIDE), one.leaf.detach()[0])
    np.testing.assert_allclose(spectrum.abs(), statistics.magnitudes, rtol=1e-4, atol=1e-5)


def test_every_number_has_a_gradient(statistics):
    for one in made(statistics):
        target = torch.rand(2, 3, SIDE, SIDE, generator=draws())
        loss = (one.pictures() - target).square().sum()
        (gradient,) = torch.autograd.grad(loss, one.leaf)
        assert gradient.abs().max() > 0
        assert torch.isfinite(gradient).all()


def test_soft_pixels_are_blurred_and_have_no_noise_from_one_to_the_next():
    from scipy.ndimage import correlate1d

    values = torch.rand(2, 3, SIDE, SIDE, generator=draws())
    kernel = np.array([1, 4, 6, 4, 1]) / 16
    expected = values.numpy()
    for axis in (2, 3):
        expected = correlate1d(expected, kernel, axis, mode="mirror")
    found = SoftPixels(values)
    np.testing.assert_allclose(found.pictures().detach().numpy(), expected, atol=1e-6)
    board = (torch.arange(SIDE)[:, None] + torch.arange(SIDE)) % 2
    seen = SoftPixels(board.float().expand(1, 3, SIDE, SIDE)).pictures()
    torch.testing.assert_close(seen, torch.full_like(seen, 0.5))
    assert isinstance(found.enlarged(2 * SIDE), SoftPixels)
