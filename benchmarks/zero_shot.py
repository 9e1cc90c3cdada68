"""An answer for a new picture with known labels, over a bare forward pass of the image tower.

python -m benchmarks.zero_shot
"""

import statistics
import time

import numpy as np
from PIL import Image

import replearn

LABELS = ["cat", "dog", "tower", "cheetah", "cup of coffee", "rocket", "horse", "lion"]
ROUNDS = 200


def main() -> None:
    encoder = replearn.load_model("photo-clip")
    random = np.random.default_rng(0)
    pictures = [
        Image.fromarray(random.integers(0, 256, (224, 224, 3), dtype=np.uint8))
        for _ in range(ROUNDS)
    ]
    replearn.zero_shot(pictures[0], LABELS)
    pixels = encoder.preprocess(pictures[:1])
    answers, passes = [], []
    for picture in pictures[1:]:
        start = time.perf_counter()
        replearn.zero_shot(picture, LABELS)
        middle = time.perf_counter()
        encoder.outputs(pixels)
        answers.append(middle - start)
        passes.append(time.perf_counter() - middle)
    answer, bare = statistics.median(answers) * 1000, statistics.median(passes) * 1000
    print(f"answer {answer:.1f} ms, bare forward pass {bare:.1f} ms: {answer / bare:.2f}")


if __name__ == "__main__":
    main()
