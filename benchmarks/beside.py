"""Does a short question wait behind a long job? python -m benchmarks.beside.

One visitor asks for an answer again and again, alone and then beside each kind of long job of
another visitor; every picture is another one, so that no answer is kept. Seconds from asking to
having the answer.
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.load import pictures, questions
from benchmarks.own_app import OwnApp, own_app
from benchmarks.record import keep

PAUSE = 0.3  # seconds between an answer and the next question
LEAST = 20  # answers, alone
TRAINED = 40  # seconds
CLASSES = ("tabby cat", "castle", "espresso", "goldfish", "volcano", "umbrella")
# what is asked by HTTP, one after another, with its inputs
JOBS: dict[str, list[dict[str, Any]]] = {
    "embedding all emoji": [
        {"dataset": "emoji", "model": "imagenet-lite2", "api_name": "/embed"},
    ],
    "class pictures": [
        {"target": name, "model": "imagenet", "api_name": "/visualise"} for name in CLASSES
    ],
}


def asked(ask: list[Callable[[], Any]], job: threading.Thread | None) -> list[float]:
    """Return the seconds of answers, one picture after another, while a job goes on."""
    found: list[float] = []
    while job.is_alive() if job and found else len(found) < (1 if job else LEAST):
        began = time.perf_counter()
        ask[len(found) % len(ask)]()
        found.append(time.perf_counter() - began)
        time.sleep(PAUSE)
    return found


def measure(app: OwnApp) -> dict[str, float | int | str]:
    """Return the medians, alone and beside each job, and how many times as long that is."""
    from gradio_client import Client

    figures: dict[str, float | int | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        client = Client(app.address, verbose=False, ssl_verify=False)
        ask = [questions(client, place)["zero_shot"] for place in pictures(Path(folder))]
        for one in ask:
            one()
        alone = statistics.median(asked(ask, None))
        figures["alone, median s"] = round(alone, 3)
        jobs = {name: (_run, (app.address, job)) for name, job in JOBS.items()}
        for name, (work, inputs) in {**jobs, "a training run": (_train, ())}.items():
            going = threading.Thread(target=work, args=inputs)
            going.start()
            time.sleep(2)  # opening what it needs
            beside = asked(ask, going)
            going.join()
            figures[f"{name}, n"] = len(beside)
            figures[f"{name}, median s"] = round(statistics.median(beside), 3)
            figures[f"{name}, times alone"] = round(statistics.median(beside) / alone, 2)
    return figures


def _run(address: str, job: list[dict[str, Any]]) -> None:
    from gradio_client import Client

    client = Client(address, verbose=False, ssl_verify=False)
    for inputs in job:
        client.predict(**inputs)


def _train() -> None:
    """Train for a while, as the page does it."""
    from replearn.studies.training.runs import going_run, start_run, stop_run

    start_run("supcon", "beside", {"dataset": "shapes-easy"})
    time.sleep(TRAINED)
    stop_run("beside")
    while going_run():
        time.sleep(0.5)


def main() -> int:
    """Print and keep the figures."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ["REPLEARN_CACHE_DIR"] = cache  # the app's: nothing is embedded yet
        with own_app() as app:
            keep("beside", measure(app))
    return 0


if __name__ == "__main__":
    sys.exit(main())
