"""How fast heat maps are, each as a ratio in one run, and how near grad-cam is to its library.

    python -m benchmarks.explainers [--pictures FOLDER] [--rounds 10]

`--pictures` is a folder of photographs; without it the shipped ones are used.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import torch

from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.encoders.tower import ImageTower
from replearn.explainers import load_explainer
from replearn.explainers.scores import ClassScore

MODEL = "imagenet"
FIFTY = 50  # pictures on which grad-cam is compared with its library


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def ratio(slow: Callable[[], object], fast: Callable[[], object], rounds: int) -> float:
    """Return the median of slow / fast, the two taken in turn so that both meet the same noise."""
    slow(), fast()
    return statistics.median(seconds(slow) / seconds(fast) for _ in range(rounds))


def forward(tower: ImageTower, pixels: torch.Tensor) -> torch.Tensor:
    with torch.inference_mode():
        return tower(pixels)


def forward_and_backward(tower: ImageTower, pixels: torch.Tensor, score: ClassScore) -> None:
    leaf = pixels.clone().requires_grad_(True)
    torch.autograd.grad(score(tower(leaf)).sum(), leaf)


def one_by_one(tower: ImageTower, picture: np.ndarray, score: ClassScore) -> list[float]:
    """Cover 14 x 14 patches and run each picture by itself, as a plain script does."""
    found = []
    side = picture.shape[1] // 14
    for row in range(14):
        for column in range(14):
            covered = torch.from_numpy(picture[None].copy())
            covered[:, :, row * side : (row + 1) * side, column * side : (column + 1) * side] = 0
            found.append(float(score(forward(tower, covered))))
    return found


def library_map(tower: ImageTower, pixels: np.ndarray, index: int) -> np.ndarray:
    from pytorch_grad_cam import GradCAM
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

    with GradCAM(model=tower, target_layers=[tower.trunk]) as library:
        tensor = torch.from_numpy(pixels).requires_grad_(True)
        return library(input_tensor=tensor, targets=[ClassifierOutputTarget(index)])[0]


def correlation_with_library(dataset: str) -> tuple[float, int]:
    """Return the least correlation over the pictures, and how many there were."""
    import cv2

    encoder, data, worst = load_model(MODEL), load_dataset(dataset), 1.0
    rows = range(0, len(data), max(1, len(data) // FIFTY))[:FIFTY]
    for row in rows:
        pixels = encoder.preprocess([data[row].image])
        index = int(encoder.outputs(pixels).argmax())
        score = ClassScore(index, "its answer")
        ours = load_explainer("grad-cam").explain(encoder, pixels, score)[0]
        theirs = library_map(encoder.tower(), pixels, index)
        enlarged = cv2.resize(ours, theirs.shape[::-1])
        worst = min(worst, float(np.corrcoef(enlarged.ravel(), theirs.ravel())[0, 1]))
    return worst, len(rows)


def first_picture(name: str, pixels: np.ndarray, score: ClassScore) -> float:
    """Return the seconds until a method that grows has something to show."""
    method, encoder = load_explainer(name), load_model(MODEL)
    return seconds(lambda: next(method.grow(encoder, pixels[0], score)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", help="a folder of photographs")
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    dataset = f"folder:{options.pictures}" if options.pictures else "photos"
    encoder, rounds = load_model(MODEL), options.rounds
    tower = encoder.tower()
    pixels = encoder.preprocess([load_dataset("photos")[2].image])
    score = ClassScore(int(encoder.outputs(pixels).argmax()), "its answer")
    tensor = torch.from_numpy(pixels)

    def explained(name: str) -> Callable[[], object]:
        method = load_explainer(name)
        return lambda: method.explain(encoder, pixels, score)

    both = lambda: forward_and_backward(tower, tensor, score)  # noqa: E731
    library = lambda: library_map(tower, pixels, score.index)  # noqa: E731
    loop = lambda: one_by_one(tower, pixels[0], score)  # noqa: E731
    cam = ratio(explained("cam"), lambda: forward(tower, tensor), rounds)
    print(f"cam / a bare forward pass: {cam:.2f} (at most 1.15)")
    grad = ratio(explained("grad-cam"), both, rounds)
    print(f"grad-cam / a bare forward and backward pass: {grad:.2f} (at most 1.15)")
    known = ratio(library, explained("grad-cam"), rounds)
    print(f"pytorch-grad-cam / grad-cam: {known:.2f} (more than 1)")
    covered = ratio(loop, explained("occlusion"), max(2, rounds // 5))
    print(f"one by one in eager torch / occlusion, 196 masks: {covered:.1f} (at least 4)")
    print(f"rise's first picture: {first_picture('rise', pixels, score):.2f} s (at most 1)")
    worst, count = correlation_with_library(dataset)
    print(f"grad-cam against pytorch-grad-cam, least correlation of {count}: {worst:.5f} (0.999)")


if __name__ == "__main__":
    main()
