import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import convolve1d

from replearn.core.errors import InputError
from replearn.data.photos import Photos
from replearn.distortions import DISTORTIONS, load_distortion


@pytest.fixture(params=DISTORTIONS)
def method(request):
    return load_distortion(request.param)


@pytest.fixture(scope="module")
def photo():
    image = Photos()[0].image
    image.thumbnail((128, 128))
    return image


def test_the_identity_level_is_byte_for_byte_and_nothing_else_is_changed(method, photo):
    before = photo.tobytes()
    same = method.apply(photo, method.identity_level, 0)
    assert same.tobytes() == before
    assert same is not photo
    method.apply(photo, method.levels[-1], 0)
    assert photo.tobytes() == before


def test_a_seed_gives_the_same_picture(method, photo):
    level = method.levels[-1]
    once, again = (method.apply(photo, level, 3).tobytes() for _ in range(2))
    assert once == again


def test_a_picture_comes_out_the_same_alone_and_in_a_batch(method):
    values = np.random.default_rng(0).random((5, 24, 31, 3), dtype=np.float32)
    before = values.copy()
    for level in method.levels:
        together = method.apply_values(values, level, range(5))
        alone = method.apply_values(values[3:4], level, [3])
        assert np.abs(together[3] - alone[0]).max() < 1e-6
        assert together.min() >= 0
        assert together.max() <= 1
        assert together.dtype == np.float32
    assert (values == before).all()


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (37, 91)])
def test_size_and_mode_are_kept(method, size):
    image = Image.new("RGB", size, (10, 200, 90))
    for level in method.levels:
        found = method.apply(image, level, 0)
        assert (found.size, found.mode) == (size, "RGB")


def test_levels_that_cannot_be_are_refused(method, photo):
    for level in (float("nan"), float("-inf"), -1e9, 1e9):
        with pytest.raises(InputError, match=method.name):
            method.apply(photo, level, 0)


def test_the_first_level_is_the_identity_and_the_last_is_far_from_it(method, photo):
    clean = np.asarray(photo, float)
    assert method.levels[0] == method.identity_level
    far = [
        np.abs(np.asarray(method.apply(photo, level, 0), float) - clean).mean()
        for level in method.levels
    ]
    assert far[0] == 0
    assert max(far) > 8
    assert all(value > 0 for value in far[1:])


def test_places_between_the_levels_go_there_and_back(method):
    assert [method.level_at(i) for i in range(len(method.levels))] == pytest.approx(method.levels)
    for position in np.linspace(0, len(method.levels) - 1, 23):
        level = method.level_at(position)
        method.check(level)
        assert method.position_of(level) == pytest.approx(position)
    assert method.level_at(-1) == method.identity_level
    assert method.level_at(99) == pytest.approx(method.levels[-1])


def test_noise_has_the_width_it_says_and_another_seed_differs():
    grey = Image.new("RGB", (64, 64), (128, 128, 128))
    noise = load_distortion("uniform-noise")
    found = np.asarray(noise.apply(grey, 0.2, 1), float) / 255 - 128 / 255
    assert np.abs(found).max() <= 0.2 + 1 / 255
    assert found.std() == pytest.approx(0.2 / 3**0.5, rel=0.05)
    assert noise.apply(grey, 0.2, 1).tobytes() != noise.apply(grey, 0.2, 2).tobytes()


def test_contrast_equals_a_slow_loop(photo):
    found = np.asarray(load_distortion("contrast").apply(photo, 0.3, 0))
    values = np.asarray(photo)
    for y in range(0, values.shape[0], 17):
        for x in range(0, values.shape[1], 13):
            for c in range(3):
                exact = 0.3 * values[y, x, c] / 255 + 0.7 / 2
                assert abs(found[y, x, c] - exact * 255) <= 0.51


def test_low_pass_equals_a_hand_written_convolution():
    values = np.random.default_rng(0).integers(0, 256, (224, 224, 3), dtype=np.uint8)
    found = np.asarray(load_distortion("low-pass").apply(Image.fromarray(values), 3, 0), float)
    reach = np.arange(-12, 13)
    kernel = np.exp(-(reach**2) / (2 * 3.0**2))
    kernel /= kernel.sum()
    slow = values.astype(float)
    for axis in (0, 1):
        slow = convolve1d(slow, kernel, axis=axis, mode="reflect")
    inner = slice(20, -20)
    assert np.abs(found[inner, inner] - slow[inner, inner]).max() < 1.0


def test_a_quarter_turn_is_exact_inside():
    values = np.random.default_rng(0).integers(0, 256, (65, 65, 3), dtype=np.uint8)
    turned = np.asarray(load_distortion("rotation").apply(Image.fromarray(values), 90, 0), int)
    inner = slice(8, -8)
    either = [np.rot90(values, k).astype(int)[inner, inner] for k in (1, 3)]
    assert min(np.abs(turned[inner, inner] - e).max() for e in either) <= 1
