"""Does the app grow with what it is asked? python -m benchmarks.memory [--pictures 5000].

Every picture is another one, of noise. The app's memory is read after
the first tenth, when what it keeps for speed is full, and along the rest of the way.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.load import LABELS, MODEL
from benchmarks.own_app import OwnApp, own_app
from benchmarks.record import keep

SIDE = 128
POINTS = 10  # at which memory is read


def fresh(number: int) -> Image.Image:
    """Return a picture that no other number has."""
    noise = np.random.default_rng(number).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    return Image.fromarray(noise)


def measure(app: OwnApp, pictures: int) -> dict[str, float | int | str]:
    """Return the memory along the way, and the seconds of an answer."""
    from gradio_client import Client, handle_file

    client = Client(app.address, verbose=False)
    figures: dict[str, float | int | str] = {"pictures": pictures}
    grown: list[float] = []
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "fresh.png"
        for number in range(pictures):
            fresh(number).save(place)
            client.predict(handle_file(str(place)), LABELS, MODEL, api_name="/zero_shot")
            if (number + 1) % (pictures // POINTS) == 0:
                grown.append(app.megabytes())
                figures[f"MB after {number + 1}"] = round(grown[-1])
    figures["MB grown after the first tenth"] = round(grown[-1] - grown[0])
    figures["seconds an answer"] = round((time.perf_counter() - began) / pictures, 3)
    return figures


def main() -> int:
    """Print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=5000)
    options = parser.parse_args()
    with own_app() as app:
        keep("memory", measure(app, options.pictures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
