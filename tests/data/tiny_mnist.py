"""The four files of a tiny data set in MNIST's format."""

import struct

import numpy as np


def mnist_files(train: int, test: int) -> dict[str, bytes]:
    """Return the files of pictures of noise by their names, unpacked; labels count up to 9."""
    random = np.random.default_rng(0)
    found = {}
    for part, count in (("train", train), ("t10k", test)):
        pixels = random.integers(0, 256, (count, 28, 28), dtype=np.uint8)
        labels = np.arange(count, dtype=np.uint8) % 10
        head = struct.pack(">iiii", 2051, count, 28, 28)
        found[f"{part}-images-idx3-ubyte"] = head + pixels.tobytes()
        found[f"{part}-labels-idx1-ubyte"] = struct.pack(">ii", 2049, count) + labels.tobytes()
    return found
