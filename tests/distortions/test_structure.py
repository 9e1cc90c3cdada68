"""Filters, spectra, blocks and wandering pixels against loops written from their definitions."""

import itertools
import math

import numpy as np
import pytest
from scipy import fft
from scipy.ndimage import convolve, convolve1d, map_coordinates

from replearn.core.seeds import generator
from replearn.distortions import load_distortion

TOLERANCE = 1 / 255  # of the mean difference
SEED = 5


def differs(name, level, values, slow):
    found = load_distortion(name).apply_values(values, level, [SEED])[0]
    return np.abs(found - np.clip(slow, 0, 1)).mean()


def gaussian(picture, sigma, outside):
    """Convolve with a window cut at four standard deviations; beyond the edge lies one grey."""
    reach = np.arange(-int(4 * sigma + 0.5), int(4 * sigma + 0.5) + 1)
    window = np.exp(-(reach**2) / (2 * sigma**2))
    for axis in (0, 1):
        picture = convolve1d(
            picture, window / window.sum(), axis, mode="constant", cval=outside, output=float
        )
    return picture


@pytest.mark.parametrize("sigma", [0.7, 3, 7])
def test_low_pass_and_high_pass(small, sigma):
    blurred = gaussian(small[0], sigma, 0.4423)
    assert differs("low-pass", sigma, small, blurred) < TOLERANCE
    fine = small[0] - blurred
    for c in range(3):
        fine[..., c] += 0.4423 - fine[..., c].mean()
    assert differs("high-pass", sigma, small, fine) < TOLERANCE


@pytest.mark.parametrize("size", [(48, 64), (47, 63), (48, 63)])
def test_phase_noise_keeps_the_amplitude_spectrum(size):
    values = np.random.default_rng(0).random((1, *size, 3), dtype=np.float32)
    before, after = (
        fft.fft2(each[0].astype(float), axes=(0, 1))
        for each in (values, load_distortion("phase-noise").distorted(values, 60, [SEED]))
    )
    assert np.abs(np.abs(after) - np.abs(before)).max() < 1e-3 * np.abs(before).mean()
    turned = np.degrees(np.angle(after / before))
    assert np.abs(turned).max() <= 60.01
    assert np.abs(turned).mean() == pytest.approx(30, rel=0.05)
    assert np.abs(turned[..., 0] - turned[..., 1]).max() < 0.1  # the same for every colour


@pytest.mark.parametrize("radius", [1, 2.5, 8])
def test_blur_is_the_mean_over_a_disk(small, radius):
    reach = math.ceil(radius)
    disk = np.zeros((2 * reach + 1,) * 2)
    for y, x in itertools.product(range(2 * reach + 1), repeat=2):
        disk[y, x] = min(1, max(0, radius + 0.5 - math.hypot(y - reach, x - reach)))
    slow = np.stack(
        [convolve(small[0, ..., c], disk / disk.sum(), mode="mirror") for c in range(3)], -1
    )
    assert disk.sum() == pytest.approx(math.pi * radius**2, rel=0.1 / radius + 0.02)
    assert differs("blur", radius, small, slow) < TOLERANCE


def test_pixelate_gives_each_block_its_mean(small):
    slow = np.zeros_like(small[0])
    for top, left in itertools.product(range(0, 48, 10), range(0, 63, 10)):
        block = slice(top, top + 10), slice(left, left + 10)
        slow[block] = small[0][block].mean((0, 1))
    assert differs("pixelate", 10, small, slow) < 1e-6


def test_patch_shuffle_lays_tiles_in_the_drawn_order(small):
    order = generator(SEED, "patch-shuffle").permutation(25)
    slow = small[0].copy()
    for place, taken in enumerate(order):
        for y, x in itertools.product(range(9), range(12)):
            to = place // 5 * 9 + y, place % 5 * 12 + x
            slow[to] = small[0, taken // 5 * 9 + y, taken % 5 * 12 + x]
    assert differs("patch-shuffle", 5, small, slow) == 0
    found = load_distortion("patch-shuffle").apply_values(small, 5, [SEED])[0]
    assert (np.sort(found, axis=None) == np.sort(small[0], axis=None)).all()


@pytest.mark.parametrize("reach", [2, 16])
def test_eidolon_looks_up_wandering_places(small, reach):
    draws = generator(SEED, "eidolon").standard_normal((48, 63, 2), np.float32)
    window = np.exp(-(np.arange(-40, 41) ** 2) / (2 * 10**2))
    for axis in (0, 1):
        draws = convolve1d(draws, window / window.sum(), axis, mode="mirror")
    away = reach * draws / np.sqrt((draws**2).mean((0, 1)))
    y, x = np.mgrid[:48, :63]
    places = [y + away[..., 1], x + away[..., 0]]
    slow = np.stack(
        [map_coordinates(small[0, ..., c], places, order=1, mode="mirror") for c in range(3)], -1
    )
    assert differs("eidolon", reach, small, slow) < TOLERANCE


# the tables that the JPEG standard recommends, ITU-T T.81 Annex K
LIGHT = """16 11 10 16 24 40 51 61 12 12 14 19 26 58 60 55 14 13 16 24 40 57 69 56 14 17 22 29 51 87
80 62 18 22 37 56 68 109 103 77 24 35 55 64 81 104 113 92 49 64 78 87 103 121 120 101 72 92 95 98
112 100 103 99"""
COLOUR = (
    """17 18 24 47 99 99 99 99 18 21 26 66 99 99 99 99 24 26 56 99 99 99 99 99 47 66 99 99 99
99 99 99"""
    + 32 * " 99"
)


@pytest.mark.parametrize("level", [50, 90, 97])
def test_jpeg_rounds_the_cosines_of_each_block(small, level):
    quality = 100 - level
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    tables = [
        np.clip((np.array(text.split(), int) * scale + 50) // 100, 1, 255).reshape(8, 8)
        for text in (LIGHT, COLOUR, COLOUR)
    ]
    whole = np.pad(np.rint(small[0] * 255), ((0, 0), (0, 1), (0, 0)), "edge")
    to_ycc = np.array(
        [[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]]
    )
    grey = np.array([128, 0, 0])
    planes = np.rint(whole @ to_ycc.T) - grey
    for c, top, left in itertools.product(range(3), range(0, 48, 8), range(0, 64, 8)):
        block = planes[top : top + 8, left : left + 8, c]
        cosines = np.rint(fft.dctn(block, norm="ortho") / tables[c]) * tables[c]
        block[:] = fft.idctn(cosines, norm="ortho")
    slow = (np.rint(planes) + grey).clip([0, -128, -128], [255, 127, 127])
    slow = slow @ np.linalg.inv(to_ycc).T / 255
    assert differs("jpeg", level, small, slow[:, :63]) < TOLERANCE
