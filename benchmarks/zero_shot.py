"""An answer for a new picture with known labels, over a bare forward pass of the image tower.

    python -m benchmarks.zero_shot

Each answer is paired with a pass just after it, so that a busy machine slows both. The answer's
other parts are given in milliseconds of processor time, which others at work hardly change. They
come to 3.1 ms where this was last measured (on a busy machine): 2.4 are preprocessing (1.8 of them
Pillow's resizing, whose values the network's answer depends on), 0.4 the picture's fingerprint, by
which its vector is found again, 0.2 the probabilities and 0.1 the labels' vectors.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np
from PIL import Image

import replearn
from replearn.core import fingerprint
from replearn.data.images import open_image
from replearn.store.encoded import encode_picture
from replearn.studies.answering.prompts import answer, encode_prompts

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
    taken, bare = (statistics.median(one) * 1000 for one in (answers, passes))
    ratio = statistics.median(a / b for a, b in zip(answers, passes, strict=True))
    print(f"answer {taken:.1f} ms, bare forward pass {bare:.1f} ms; of pairs {ratio:.2f}")

    image = open_image(pictures[0])
    prompts, vector = encode_prompts(encoder, LABELS, None), encode_picture(encoder, image)
    for what, part in {
        "preprocessing": lambda: encoder.preprocess([image]),
        "  of it resizing and cropping": lambda: encoder.preview(image),
        "the picture's fingerprint": lambda: fingerprint.of_image(image),
        "probabilities": lambda: answer(encoder, prompts, vector, None, 0.0),
        "the labels' vectors": lambda: encode_prompts(encoder, LABELS, None),
        "a copy of the picture": lambda: open_image(pictures[0]),
    }.items():
        print(f"{what}: {processor_ms(part):.2f} ms of processor time")


def processor_ms(part: Callable[[], object]) -> float:
    """Return the median processor time of this thread."""
    found = []
    for _ in range(ROUNDS):
        start = time.thread_time()
        part()
        found.append(time.thread_time() - start)
    return statistics.median(found) * 1000


if __name__ == "__main__":
    main()
