"""photo-clip's two sides in one file, as `encoders.photo_clip` opens them."""

from pathlib import Path

import numpy as np

from replearn.encoders.lab import HEADS
from replearn.encoders.photo_clip.text_kernel import Floats, TextKernel


def write_heads(folder: Path, projection: Floats, kernel: TextKernel, temperature: float) -> None:
    """Write heads.safetensors, in half precision.

    Args:
        folder: where it goes.
        projection: the image map, (512, 1280).
        kernel: the text side.
        temperature: of the model.
    """
    from safetensors.numpy import save_file

    arrays = {
        "visual.head.proj.weight": projection,
        "text.names": kernel.names,
        "text.kinds": kernel.kinds,
        "text.coefficients": kernel.coefficients,
    }
    stored = {name: np.ascontiguousarray(v.astype(np.float16)) for name, v in arrays.items()}
    stored["text.kind_weight"] = np.array(kernel.kind_weight, np.float32)
    stored["text.width"] = np.array(kernel.width, np.float32)
    stored["logit_scale"] = np.array(np.log(1 / temperature), np.float32)
    save_file(stored, folder / HEADS)
