"""Arrays and tensors as pictures."""

import subprocess
import sys

import numpy as np
import pytest

from replearn.core.errors import InputError
from replearn.data.images import open_image

RED = np.zeros((5, 6, 3), np.uint8)
RED[..., 0] = 255


def refusal(array: object) -> str:
    with pytest.raises(InputError) as caught:
        open_image(array)  # type: ignore[arg-type]
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    "array",
    [
        RED,
        RED.astype(np.int64),
        RED.astype(np.uint16) * 257,
        RED / 255,
        (RED / 255).astype(np.float16),
        RED.astype(np.float32),
        RED > 0,
        RED.transpose(2, 0, 1),
        RED[::-1, ::-1],
        np.dstack([RED, np.full((5, 6), 255, np.uint8)]),
    ],
)
def test_arrays_of_any_usual_kind_are_the_same_red(array: np.ndarray) -> None:
    image = open_image(array)
    assert image.mode == "RGB"
    assert image.size == (6, 5)
    assert image.getpixel((5, 3)) == (255, 0, 0)


def test_grey_arrays_and_clear_ones() -> None:
    grey = np.full((4, 6), 100, np.uint8)
    for array in (grey, grey[..., None], np.dstack([grey, np.full_like(grey, 255)])):
        assert open_image(array).getpixel((0, 0)) == (100, 100, 100)
    clear = np.zeros((4, 6, 4), np.uint8)
    assert open_image(clear).getpixel((0, 0)) == (255, 255, 255)


def test_the_array_isn_t_changed() -> None:
    given = RED.copy()
    open_image(given).putpixel((0, 0), (1, 2, 3))
    assert (given == RED).all()


@pytest.mark.parametrize(
    ("array", "said"),
    [
        (np.zeros((1, 3, 4, 6), np.uint8), "1 x 3 x 4 x 6, a batch of pictures; give one of them"),
        (np.zeros(5), "is an array of 5; give height x width x 3"),
        (np.float64(3), "is an array of a single number"),
        (np.zeros((9, 9, 7)), "is an array of 9 x 9 x 7; give height x width x 3"),
        (np.full((4, 4, 3), -1.5), "numbers from -1.5 to -1.5"),
        (np.full((4, 4, 3), np.nan), "numbers from nan to nan"),
        (np.full((4, 4, 3), 1000.0), "numbers from 1000 to 1000"),
        (np.full((4, 4), 70_000), "numbers from 7e+04 to 7e+04"),
        (np.zeros((4, 4, 3), complex), "is an array of complex128, not of numbers"),
        (np.array([["a", "b"]]), "not of numbers"),
        (np.zeros((0, 4, 3), np.uint8), "has no pixels"),
        (np.broadcast_to(np.uint8(0), (30_000, 30_000)), "30,000 x 30,000 pixels (900 million)"),
    ],
)
def test_arrays_that_are_no_pictures(array: object, said: str) -> None:
    assert said in refusal(array)


def test_tensors_as_torch_has_them() -> None:
    torch = pytest.importorskip("torch")
    red = torch.from_numpy(RED.transpose(2, 0, 1).copy())  # (3, h, w)
    assert open_image(red).size == (6, 5)
    for tensor in (
        red,
        red / 255,
        (red / 255).bfloat16(),
        (red / 255).requires_grad_(),
        red.permute(1, 2, 0),
    ):
        assert open_image(tensor).getpixel((5, 3)) == (255, 0, 0)
    narrow = torch.zeros(3, 5, 3)  # channels first, however narrow it is
    assert open_image(narrow).size == (3, 5)
    assert "a batch of pictures" in refusal(torch.zeros(1, 3, 4, 4))
    assert "before any normalisation" in refusal(torch.full((3, 4, 4), -2.1))


def test_torch_isn_t_imported_for_an_array() -> None:
    code = (
        "import sys, numpy as np\n"
        "from replearn.data.images import open_image\n"
        "open_image(np.zeros((4, 4, 3), np.uint8))\n"
        "assert 'torch' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
