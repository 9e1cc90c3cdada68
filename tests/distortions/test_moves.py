"""Moves, turns and sizes against loops written from their definitions."""

import math

import numpy as np
import pytest
from scipy.ndimage import map_coordinates

from replearn.distortions import load_distortion

TOLERANCE = 1 / 255  # of the mean difference


def looked_up(picture, place, finer=1):
    """Each pixel is the mean of finer x finer look-ups of the picture, grey beyond its edge."""
    height, width = picture.shape[:2]
    offsets = (np.arange(finer) + 0.5) / finer - 0.5
    found = np.zeros(picture.shape)
    y, x = np.mgrid[:height, :width].astype(float)
    for dy in offsets:
        for dx in offsets:
            px, py = place(x + dx, y + dy)
            for c in range(3):
                found[..., c] += map_coordinates(
                    picture[..., c], [py, px], order=1, mode="grid-constant", cval=0.5
                )
    return found / finer**2


def differs(name, level, picture, slow):
    found = load_distortion(name).apply_values(picture[None], level, [0])[0]
    return np.abs(found - slow).mean()


@pytest.fixture
def picture(small):
    return small[0]


@pytest.mark.parametrize("level", [0.1, 0.5, -0.3, 1.0])
def test_translation(picture, level):
    slow = np.full_like(picture, 0.5)
    wrapped = np.zeros_like(picture)
    by = round(level * 63)
    for y in range(48):
        for x in range(63):
            wrapped[y, (x + by) % 63] = picture[y, x]
            if 0 <= x + by < 63:
                slow[y, x + by] = picture[y, x]
    assert differs("translation", level, picture, slow) == 0
    assert differs("translation-wrap", level, picture, wrapped) == 0


@pytest.mark.parametrize(("name", "level", "factor"), [("scale", 0.45, 0.45), ("scale", 0.8, 0.8)])
def test_a_smaller_picture_is_the_mean_of_what_it_covers(picture, name, level, factor):
    small = round(63 * factor), round(48 * factor)
    left, top = round((63 - small[0]) / 2), round((48 - small[1]) / 2)
    slow = covered(picture, small, left, top)
    assert differs(name, level, picture, slow) < TOLERANCE


def test_the_canvas_grows_and_the_picture_lies_at_its_right(picture):
    small = round(63 / 1.4), round(48 / 1.4)
    slow = covered(picture, small, 63 - small[0], round((48 - small[1]) / 2))
    assert differs("translation-canvas", 0.4, picture, slow) < TOLERANCE


def covered(picture, small, left, top):
    """Lay the picture on grey at a smaller size: each pixel the mean of the area below it."""
    height, width = picture.shape[:2]
    finer = 40
    tall = np.repeat(np.repeat(picture, finer, 0), finer, 1)
    slow = np.full_like(picture, 0.5)
    for y in range(small[1]):
        for x in range(small[0]):
            rows = slice(*(round(k * height * finer / small[1]) for k in (y, y + 1)))
            columns = slice(*(round(k * width * finer / small[0]) for k in (x, x + 1)))
            slow[top + y, left + x] = tall[rows, columns].mean((0, 1))
    return slow


def test_a_larger_picture_is_interpolated_about_its_centre(picture):
    slow = looked_up(picture, lambda x, y: (31 + (x - 31) / 1.7, 23.5 + (y - 23.5) / 1.7))
    assert differs("scale", 1.7, picture, slow) < TOLERANCE


@pytest.mark.parametrize("level", [20, -45, 75])
def test_perspective_is_a_ray_from_the_eye_to_the_turned_plane(picture, level):
    angle, far = math.radians(level), 2 * 63

    def place(x, y):
        # the ray (x, y, far) meets the plane spanned by (cos, 0, sin) and (0, 1, 0)
        x, y = x - 31, y - 23.5
        along = far * x / (far * math.cos(angle) - x * math.sin(angle))
        depth = far + along * math.sin(angle)
        return along + 31, y * depth / far + 23.5

    # it averages along the shrinking width alone: the look-ups are as fine as a pixel can be
    assert differs("perspective", level, picture, looked_up(picture, place, 4)) < 3 * TOLERANCE
    exact = looked_up_across(picture, place, round(1 / math.cos(angle)))
    assert differs("perspective", level, picture, exact) < TOLERANCE


def looked_up_across(picture, place, across):
    """The mean of look-ups in a row, side by side within a pixel."""
    parts = [
        looked_up(picture, lambda x, y, k=k: place(x + (k + 0.5) / across - 0.5, y))
        for k in range(across)
    ]
    return np.mean(parts, 0)


@pytest.mark.parametrize("level", [15, 100, -30])
def test_rotation_looks_back_by_the_opposite_turn(picture, level):
    cos, sin = math.cos(math.radians(level)), math.sin(math.radians(level))

    def place(x, y):
        x, y = x - 31, y - 23.5
        return cos * x - sin * y + 31, sin * x + cos * y + 23.5

    assert differs("rotation", level, picture, looked_up(picture, place)) < TOLERANCE


def test_a_whole_turn_is_none(small):
    turned = load_distortion("rotation")
    assert (turned.apply_values(small, 360, [0]) == turned.apply_values(small, 0, [0])).all()
    assert (turned.apply_values(small, -360, [0]) == small).all()


def test_brightness_is_a_product(picture):
    assert differs("brightness", 0.3, picture, 0.3 * picture) < 1e-6
    assert differs("brightness", 3, picture, np.minimum(1, 3 * picture)) < 1e-6
