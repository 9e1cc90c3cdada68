"""A class of thirty on one computer: python -m benchmarks.load [--minutes 5] [--without-pauses].

Each visitor has a picture of their own and asks by HTTP, mostly for an answer, sometimes for a heat
map, a distortion or neighbours, with pauses as a class has them. Every visitor's answers are known
from before, asked alone: an answer that is somebody else's is a crossing. Times are from asking to
having the answer, waiting included. One more visitor reads the page's files again and again, as a
browser on another computer would; with --chromium one opens it in a browser on the same cores,
which takes them from the app: such a run tells of the page alone.
"""

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.own_app import OwnApp, own_app
from benchmarks.page_visits import opening, reading
from benchmarks.record import keep

VISITORS = 30
MODEL = "photo-clip"
LABELS = "cube\nball\ncone\ntorus\ncylinder\ncat"
SHARES = {"zero_shot": 0.7, "explain": 0.15, "distort": 0.1, "neighbours": 0.05}
PAUSES = (2.0, 8.0)  # seconds between an answer and the next question
SAME = 1e-3  # in a probability or a map's value; batches of other sizes add up otherwise


@dataclass
class Told:
    """What all visitors saw."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    crossings: int = 0
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, kind: str, seconds: float) -> None:
        """Keep how long something took."""
        with self.lock:
            self.seconds[kind].append(seconds)


def pictures(folder: Path) -> list[Path]:
    """Render a picture for each visitor; no two are alike."""
    from replearn.data import load_dataset

    data = load_dataset("shapes", split="test", seed=3, size=VISITORS)
    places = [folder / f"{i}.png" for i in range(VISITORS)]
    for i, place in enumerate(places):
        data[i].image.save(place)
    return places


def questions(client: Any, picture: Path) -> dict[str, Callable[[], Any]]:
    """Return how each kind is asked; what comes back can be compared."""
    from gradio_client import handle_file

    def zero_shot() -> Any:
        found = client.predict(handle_file(str(picture)), LABELS, MODEL, api_name="/zero_shot")
        return found["probabilities"]

    def explain() -> Any:
        found = client.predict(
            handle_file(str(picture)), "a cube", MODEL, "cam", api_name="/explain"
        )
        return [value for row in found[1]["values"] for value in row]

    def distort() -> Any:
        found = client.predict(
            handle_file(str(picture)), LABELS, MODEL, "greyscale", 1.0, 0, api_name="/distort"
        )
        return [found[1]["cosine_to_clean"]]

    def neighbours() -> Any:
        found = client.predict(
            "emoji", MODEL, None, None, handle_file(str(picture)), 5, api_name="/neighbours"
        )
        return found["similarities"]

    return {
        "zero_shot": zero_shot,
        "explain": explain,
        "distort": distort,
        "neighbours": neighbours,
    }


def visit(
    asked: dict[str, Callable[[], Any]],
    known: dict[str, list[float]],
    told: Told,
    until: float,
    pauses: tuple[float, float],
    chance: random.Random,
) -> None:
    """Ask until the time is over."""
    time.sleep(chance.uniform(0, pauses[1]))
    while time.time() < until:
        kind = chance.choices(list(SHARES), list(SHARES.values()))[0]
        began = time.perf_counter()
        try:
            found = asked[kind]()
        except Exception as error:  # whatever a visitor would see
            with told.lock:
                told.errors.append(f"{kind}: {error}")
            continue
        seconds = time.perf_counter() - began
        same = all(abs(a - b) < SAME for a, b in zip(found, known[kind], strict=True))
        told.took(kind, seconds)
        with told.lock:
            told.crossings += not same
        time.sleep(chance.uniform(*pauses))


def measure(
    app: OwnApp,
    minutes: float,
    pauses: tuple[float, float],
    opens: Callable[[str, float, Callable[[str, float], None]], threading.Thread],
) -> dict[str, Any]:
    """Return medians, 95th percentiles, crossings, errors and memory."""
    from gradio_client import Client

    with tempfile.TemporaryDirectory() as folder:
        # gradio_client else reads all certificates for each request, on the app's cores here
        asked = [
            questions(Client(app.address, verbose=False, ssl_verify=False), place)
            for place in pictures(Path(folder))
        ]
        known = [{kind: ask() for kind, ask in one.items()} for one in asked]
        before, told = app.megabytes(), Told()
        until = time.time() + 60 * minutes
        visitors = [opens(app.address, until, told.took)]
        visitors += [
            threading.Thread(
                target=visit, args=(one, answers, told, until, pauses, random.Random(number))
            )
            for number, (one, answers) in enumerate(zip(asked, known, strict=True))
        ]
        for one in visitors:
            one.start()
        held: list[float] = []
        while any(one.is_alive() for one in visitors):
            held.append(app.megabytes())
            time.sleep(0.5)
    found: dict[str, Any] = {"visitors": VISITORS, "minutes": minutes}
    for kind, seconds in told.seconds.items():
        found[f"{kind}, n"] = len(seconds)
        found[f"{kind}, median s"] = round(statistics.median(seconds), 2)
        found[f"{kind}, 95 % s"] = round(statistics.quantiles(seconds, n=20)[-1], 2)
    found |= {"crossings": told.crossings, "errors": len(told.errors)}
    found |= {"MB before": round(before), "MB at most": round(max(held))}
    for part, name in enumerate(("first", "second", "third", "last")):
        quarter = held[part * len(held) // 4 : (part + 1) * len(held) // 4]
        found[f"MB, {name} quarter, mean"] = round(statistics.mean(quarter))
    for said in sorted(set(told.errors))[:5]:
        print(said)
    return found


def main() -> int:
    """Print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--without-pauses", action="store_true")
    parser.add_argument("--chromium", action="store_true")
    options = parser.parse_args()
    opens = opening if options.chromium else reading
    pauses = (0.0, 0.0) if options.without_pauses else PAUSES
    with own_app() as app:
        keep("load", {"pauses": str(pauses), **measure(app, options.minutes, pauses, opens)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
