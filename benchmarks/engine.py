"""How much faster the engine runs EfficientNet-Lite0 than eager torch, batch 32, in one run.

python -m benchmarks.engine
"""

import statistics
import time
from collections.abc import Callable

import numpy as np

from replearn.encoders.engines import TorchEngine, default_engine
from replearn.encoders.imagenet import ImagenetEncoder

BATCH = 32
ROUNDS = 10


def milliseconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000 / BATCH


def main() -> None:
    import timm
    import torch

    from replearn.encoders.efficientnet_lite import load_state_dict

    network = timm.create_model("tf_efficientnet_lite0", pretrained=False)
    network.load_state_dict(load_state_dict())
    network.eval()
    engine = ImagenetEncoder(default_engine())
    channels_last = ImagenetEncoder(TorchEngine("cpu", "float32"))
    pixels = np.random.default_rng(0).uniform(-1, 1, (BATCH, 3, 224, 224)).astype(np.float32)
    tensor = torch.from_numpy(pixels)

    def eager() -> np.ndarray:
        with torch.inference_mode():
            return network(tensor).numpy()

    worst = np.abs(engine.outputs(pixels) - eager()).max()
    channels_last.outputs(pixels)
    rounds = [
        (
            milliseconds(eager),
            milliseconds(lambda: channels_last.outputs(pixels)),
            milliseconds(lambda: engine.outputs(pixels)),
        )
        for _ in range(ROUNDS)
    ]
    plain, last, fast = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"eager torch {plain:.1f} ms an image, channels_last {last:.1f}, engine {fast:.1f}")
    print(f"{default_engine().name}: {plain / fast:.1f} x eager torch, batch {BATCH}")
    print(f"largest difference of a logit: {worst:.1e}")


if __name__ == "__main__":
    main()
