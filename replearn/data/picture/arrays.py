"""Pictures as a notebook has them: arrays of NumPy, tensors of torch, and whatever else is one."""

from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.errors import InputError
from replearn.data.picture.size import check_size

_CHANNELS = (1, 2, 3, 4)  # grey, grey and alpha, RGB, RGB and alpha
_FIRST = (1, 3, 4)  # of these, what may come first
_WHITES = (1.0, 255.0, 65_535.0)
_HOW = "give height x width x 3, from 0 to 255, or from 0 to 1 as floats"


@runtime_checkable
class PictureArray(Protocol):
    """An array or tensor; none of the libraries that make them is imported for it."""

    @property
    def shape(self) -> Any:
        """Its sides."""
        ...

    def __array__(self) -> npt.NDArray[Any]:
        """Return it as NumPy has it."""
        ...


def from_array(array: PictureArray, name: str) -> Image.Image:
    """Return an array as a picture.

    Args:
        array: height x width, grey, or height x width x channels (1 to 4); channels come first
            where the array is torch's, or where they can't come last. Whole numbers go from 0 to
            255 (of 16 bits to 65,535), floats from 0 to 1 (or to 255 where one is larger).
        name: what an error calls the picture.

    Raises:
        InputError: its shape or its numbers aren't those of a picture.
    """
    shape = tuple(array.shape)
    said = " x ".join(map(str, shape)) or "a single number"
    if len(shape) == 4:
        raise InputError(
            f"{name} is an array of {said}, a batch of pictures; give one of them, array[0]."
        )
    if len(shape) not in {2, 3}:
        raise InputError(f"{name} is an array of {said}; {_HOW}.")
    first = len(shape) == 3 and _channels_first(array, shape)
    height, width = shape[1:] if first else shape[:2]
    check_size((width, height), name)
    values = _as_numpy(array, name)
    values = values.transpose(1, 2, 0) if first else values
    if values.ndim == 3 and values.shape[2] not in _CHANNELS:
        raise InputError(f"{name} is an array of {said}; {_HOW}.")
    if values.ndim == 3 and values.shape[2] == 1:
        values = values[:, :, 0]
    return Image.fromarray(_bytes(values, name))


def _channels_first(array: PictureArray, shape: tuple[int, ...]) -> bool:
    if type(array).__module__.partition(".")[0] == "torch":
        return shape[0] in _FIRST
    return shape[0] in _FIRST and shape[2] not in _CHANNELS


def _as_numpy(array: Any, name: str) -> npt.NDArray[Any]:
    if type(array).__module__.partition(".")[0] == "torch":
        array = array.detach().cpu()
        # NumPy has no bfloat16
        array = array.float() if array.is_floating_point() else array
    try:
        values = np.asarray(array)
    except (TypeError, ValueError, RuntimeError) as error:
        raise InputError(f"{name} can't be read as an array ({error}); {_HOW}.") from error
    if values.dtype.kind not in "buif":
        raise InputError(f"{name} is an array of {values.dtype}, not of numbers; {_HOW}.")
    return values


def _bytes(values: npt.NDArray[Any], name: str) -> npt.NDArray[np.uint8]:
    if values.dtype == np.uint8:
        return np.ascontiguousarray(values)
    if values.dtype == np.bool_:
        return np.where(values, 255, 0).astype(np.uint8)
    low, high = float(values.min()), float(values.max())
    whites = _WHITES[:2] if values.dtype.kind == "f" else _WHITES[1:]
    if not (low >= 0 and high <= whites[-1]):  # NaN too
        raise InputError(
            f"{name} is an array of numbers from {low:.4g} to {high:.4g}; {_HOW}, as they were "
            "before any normalisation."
        )
    white = next(white for white in whites if high <= white)
    scaled: npt.NDArray[np.float32] = values.astype(np.float32) * (255 / white)
    return np.rint(scaled).astype(np.uint8)
