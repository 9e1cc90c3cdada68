import numpy as np
import pytest

from replearn.core.errors import InputError
from replearn.distortions import load_distortion
from replearn.distortions.stack import MOST, Layer, Stack


def test_layers_work_in_order(small):
    stack = Stack((Layer("contrast", 0.3), Layer("salt-and-pepper", 0.2)))
    first = load_distortion("contrast").apply_values(small, 0.3, [4])
    second = load_distortion("salt-and-pepper").apply_values(first, 0.2, [4])
    assert (stack.apply_values(small, [4]) == second).all()
    other_order = Stack(stack.layers[::-1]).apply_values(small, [4])
    assert np.abs(other_order - second).max() > 0.3


def test_an_empty_stack_and_one_of_identities_leave_every_byte(noise_picture):
    for stack in (Stack(), Stack((Layer("contrast", 1), Layer("rotation", 0)))):
        assert stack.apply(noise_picture, 0).tobytes() == noise_picture.tobytes()


@pytest.mark.parametrize(
    ("layers", "says"),
    [
        ((MOST + 1) * (Layer("contrast", 0.5),), "at most 6"),
        ((Layer("contrst", 0.5),), "Did you mean contrast"),
        ((Layer("rotation", 400),), "from -360 to 360"),
    ],
)
def test_a_stack_that_cannot_be_is_one_sentence(layers, says):
    with pytest.raises(InputError, match=says) as refused:
        Stack(layers)
    assert "\n" not in str(refused.value)


def test_one_more_layer_goes_on_top():
    assert str(Stack().then("rotation", 90).then("greyscale", 1)) == "rotation 90, greyscale 1"
