"""How many pictures of shapes are rendered in a second: python -m benchmarks.shapes [n]."""

import os
import sys
import time

import numpy as np

from replearn.data.shapes import World, draw
from replearn.data.shapes.render import render


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4096
    scenes = draw(World(), np.arange(count))
    render(scenes.take(slice(0, 64)))
    start = time.perf_counter()
    render(scenes)
    rate = count / (time.perf_counter() - start)
    print(f"{rate:,.0f} pictures of 64 x 64 a second (n = {count}, {os.cpu_count()} cores)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
