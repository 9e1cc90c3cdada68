"""Light, colour and noise against loops written from their definitions."""

import colorsys
import itertools
import math

import numpy as np
import pytest
import torch
from torchvision.transforms.v2 import functional

from replearn.core.seeds import generator
from replearn.distortions import load_distortion

TOLERANCE = 1 / 255  # of the mean difference
SEED = 5
REC_709 = (0.2125, 0.7154, 0.0721)


def differs(name, level, values, slow):
    found = load_distortion(name).apply_values(values, level, [SEED])[0]
    return np.abs(found - np.clip(slow, 0, 1)).mean()


def by_pixel(values, change):
    """Apply a function of (y, x, (r, g, b)) to every pixel."""
    slow = np.zeros_like(values[0])
    for y, x in itertools.product(range(48), range(63)):
        slow[y, x] = change(y, x, values[0, y, x].tolist())
    return slow


def test_greyscale(small):
    def grey(_y, _x, colour):
        lightness = sum(share * value for share, value in zip(REC_709, colour, strict=True))
        return [value + 0.7 * (lightness - value) for value in colour]

    assert differs("greyscale", 0.7, small, by_pixel(small, grey)) < 1e-6


def test_gamma(small):
    slow = by_pixel(small, lambda _y, _x, colour: [value**2.5 for value in colour])
    assert differs("gamma", 2.5, small, slow) < 1e-6


def test_false_colour_inverts_both_opponent_axes_and_keeps_the_lightness(small):
    opponent = np.array([REC_709, (1, -1, 0), (-0.5, -0.5, 1)])
    inverted = np.linalg.inv(opponent) @ np.diag([1, -1, -1]) @ opponent
    slow = by_pixel(small, lambda _y, _x, colour: inverted @ colour)
    assert differs("false-colour", 180, small, slow) < 1e-6
    dull = 0.4 + 0.2 * small  # so that nothing is cut
    for level in (30, 90, -150):
        turned = load_distortion("false-colour").apply_values(dull, level, [0])
        assert np.abs((turned - dull) @ np.array(REC_709)).max() < 1e-6
        back = load_distortion("false-colour").apply_values(turned, -level, [0])
        assert np.abs(back - dull).max() < 1e-6


def test_coloured_light_is_a_product_with_the_light(small):
    light = colorsys.hsv_to_rgb(generator(SEED, "coloured-light").random(), 0.6, 1)
    slow = by_pixel(
        small, lambda _y, _x, c: [part * value for part, value in zip(light, c, strict=True)]
    )
    assert max(light) == 1
    assert min(light) == pytest.approx(0.4)
    assert differs("coloured-light", 0.6, small, slow) < 1e-6


def test_directional_shadow_falls_evenly_from_one_corner_to_the_other(small):
    angle = 2 * math.pi * generator(SEED, "directional-shadow").random()
    cos, sin = math.cos(angle), math.sin(angle)
    corners = [x * cos + y * sin for x in (-1, 1) for y in (-1, 1)]

    def shade(y, x, colour):
        along = (2 * x / 62 - 1) * cos + (2 * y / 47 - 1) * sin
        far = (along - min(corners)) / (max(corners) - min(corners))
        return [(1 - 0.8 * far) * value for value in colour]

    assert differs("directional-shadow", 0.8, small, by_pixel(small, shade)) < 1e-6


def test_grey_patch_covers_its_share(small):
    found = load_distortion("grey-patch").apply_values(small, 0.3, [SEED])[0]
    covered = (found == 0.5).all(-1)
    assert covered.mean() == pytest.approx(0.3, abs=0.02)
    rows, columns = np.flatnonzero(covered.any(1)), np.flatnonzero(covered.any(0))
    assert covered[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].all()
    assert (found[~covered] == small[0][~covered]).all()
    assert load_distortion("grey-patch").apply_values(small, 1, [SEED]) == pytest.approx(0.5)


@pytest.mark.parametrize("level", [0.3, 1.0])
def test_colour_jitter_is_what_torchvision_makes_of_the_same_draw(small, level):
    method = load_distortion("colour-jitter")
    drawn = method.draw(level, SEED)
    for factor in (drawn.brightness, drawn.contrast, drawn.saturation):
        assert abs(factor - 1) <= 0.8 * level
    assert abs(drawn.hue) <= 0.2 * level
    picture = torch.from_numpy(small[0]).permute(2, 0, 1)
    picture = functional.adjust_brightness(picture, drawn.brightness)
    picture = functional.adjust_contrast(picture, drawn.contrast)
    picture = functional.adjust_saturation(picture, drawn.saturation)
    picture = functional.adjust_hue(picture, drawn.hue)
    slow = picture.permute(1, 2, 0).numpy()
    assert differs("colour-jitter", level, small, slow) < TOLERANCE


def test_salt_and_pepper_replaces_a_pixel_in_all_its_colours(small):
    draws = generator(SEED, "salt-and-pepper").random((48, 63, 1), np.float32)

    def strew(y, x, colour):
        draw = draws[y, x, 0]
        return [1.0] * 3 if draw < 0.15 else [0.0] * 3 if draw >= 0.85 else colour

    assert differs("salt-and-pepper", 0.3, small, by_pixel(small, strew)) < 1e-6


def test_uniform_noise_adds_one_draw_to_the_three_colours(small):
    draws = generator(SEED, "uniform-noise").random((48, 63, 1), np.float32)

    def add(y, x, colour):
        return [value + 0.2 * (2 * float(draws[y, x, 0]) - 1) for value in colour]

    assert differs("uniform-noise", 0.2, small, by_pixel(small, add)) < 1e-6
