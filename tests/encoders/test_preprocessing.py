"""Preprocessing gives what torchvision's transforms give, as OpenCLIP uses them."""

import numpy as np
import pytest
from open_clip.transform import PreprocessCfg, image_transform_v2
from PIL import Image

from replearn.encoders.preprocessing import Preprocessing


@pytest.mark.parametrize("size", [(300, 200), (200, 300), (64, 64), (223, 517), (1024, 768)])
@pytest.mark.parametrize("interpolation", ["bicubic", "bilinear"])
@pytest.mark.parametrize("mode", ["shortest", "squash"])
def test_it_is_open_clips_own(size, interpolation, mode):
    values = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    picture = Image.fromarray(values)
    mean, std = (0.48, 0.46, 0.41), (0.27, 0.26, 0.28)
    config = PreprocessCfg(
        size=96, mean=mean, std=std, interpolation=interpolation, resize_mode=mode
    )
    theirs = image_transform_v2(config, is_train=False)(picture).numpy()
    ours = Preprocessing(96, 96, mean, std, interpolation, mode)([picture])[0]
    np.testing.assert_allclose(ours, theirs, atol=2e-6)


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1)])
def test_extreme_shapes_stay_small(size):
    pixels = Preprocessing(224, 256, (0.5,) * 3, (0.5,) * 3)([Image.new("RGB", size, "red")])
    assert pixels.shape == (1, 3, 224, 224)
    assert pixels[0, 0].min() == pytest.approx(1)
