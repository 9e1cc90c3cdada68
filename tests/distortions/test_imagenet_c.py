import importlib.util

import numpy as np
import pytest

from replearn.core.errors import InputError
from replearn.distortions import load_distortion
from replearn.distortions.imagenet_c import imagenet_c_names

there = importlib.util.find_spec("imagecorruptions") is not None
wanted = pytest.mark.skipif(not there, reason="imagecorruptions-imaug is an extra")


@wanted
@pytest.mark.parametrize("name", imagenet_c_names())
def test_a_seed_fixes_each_and_it_grows_worse(name, small):
    values = np.repeat(small, 2, 0)
    method = load_distortion(name)
    before = np.random.get_state()[1].copy()
    found = [method.apply_values(values, level, [1, 1])[0] for level in (0, 1, 5, 5)]
    assert (np.random.get_state()[1] == before).all()
    assert (found[0] == small[0]).all()
    assert (found[2] == found[3]).all()
    assert np.abs(found[2] - small[0]).mean() > np.abs(found[1] - small[0]).mean() > 0


@wanted
def test_there_are_nineteen_and_severities_are_whole(small):
    assert len(imagenet_c_names()) == 19
    with pytest.raises(InputError, match="give 0, 1"):
        load_distortion("imagenet-c:fog").apply_values(small, 2.5, [0])
    with pytest.raises(InputError, match="Did you mean fog"):
        load_distortion("imagenet-c:fogg")
    with pytest.raises(InputError, match="at least 32"):
        load_distortion("imagenet-c:fog").apply_values(small[:, :20], 2, [0])


@pytest.mark.skipif(there, reason="the extra is installed")
def test_without_the_library_the_sentence_says_how_to_get_it():
    assert imagenet_c_names() == ()
    with pytest.raises(InputError, match="pip install --no-deps"):
        load_distortion("imagenet-c:fog")
