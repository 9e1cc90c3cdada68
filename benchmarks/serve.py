"""What an answer and an embedded picture cost: python -m benchmarks.serve [--answers 100].

Costs are core-seconds (processor time of user and system), which other programs on the computer
hardly change, as they would change seconds; an hour of a core buys 3,600 of them. Measured are

- answers over HTTP, of each kind that `benchmarks.load` asks, each about another picture: of a page
  alone, and of one whose networks run on two replicas (page, replicas and the rest of Ray apart);
- pictures embedded by one process, decoding and writing to disk included.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from gradio_client import Client

from benchmarks.embed import end_to_end, fill
from benchmarks.load import MODEL, SHARES, questions
from benchmarks.own_app import own_app
from benchmarks.record import keep

VISITORS = 8


def core_seconds(process: psutil.Process) -> float:
    """Return the processor time that a process took so far."""
    try:
        spent = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(spent.user + spent.system)


def spent(page: psutil.Process) -> dict[str, float]:
    """Return the core-seconds so far of the page, its replicas and the rest of Ray."""
    found = {"page": core_seconds(page), "replicas": 0.0, "rest of Ray": 0.0}
    for one in page.children(recursive=True):
        with_name = "replicas" if one.name().startswith("ray::ServeR") else "rest of Ray"
        found[with_name] += core_seconds(one)
    return found


def rendered(folder: Path, count: int) -> list[Path]:
    """Render as many pictures; no two are alike."""
    from replearn.data import load_dataset

    data = load_dataset("shapes", split="test", seed=5, size=count)
    places = [folder / f"{i}.png" for i in range(count)]
    for i, place in enumerate(places):
        data[i].image.save(place)
    return places


def answers(options: list[str], count: int) -> dict[str, Any]:
    """Return what an answer of each kind cost, by process, and how many came in a second."""
    found: dict[str, Any] = {"answers of each kind": count}
    with own_app(options) as app, tempfile.TemporaryDirectory() as folder:
        page = psutil.Process(app.process)
        pictures = rendered(Path(folder), count + VISITORS)
        clients = [Client(app.address, verbose=False) for _ in range(VISITORS)]
        for kind in SHARES:
            for client, picture in zip(clients, pictures, strict=False):
                questions(client, picture)[kind]()  # every replica has its networks, then
            before, began = spent(page), time.perf_counter()
            ask_all(kind, clients, pictures[VISITORS:])
            seconds, after = time.perf_counter() - began, spent(page)
            found[f"{kind}, answers a second"] = count / seconds
            for what, cost in after.items():
                found[f"{kind}, core-ms, {what}"] = 1000 * (cost - before[what]) / count
    return found


def ask_all(kind: str, clients: list[Client], pictures: list[Path]) -> None:
    """Ask once about each picture; the clients share them."""
    left: Iterator[Path] = iter(pictures)

    def visit(client: Client) -> None:
        for picture in left:
            questions(client, picture)[kind]()

    visitors = [threading.Thread(target=visit, args=(client,)) for client in clients]
    for one in visitors:
        one.start()
    for one in visitors:
        one.join()


def embedding(source: Path | None, count: int) -> dict[str, Any]:
    """Return what an embedded picture cost."""
    from replearn.encoders.registry import load_model

    with tempfile.TemporaryDirectory() as scratch:
        folder, cache = Path(scratch) / "pictures", Path(scratch) / "cache"
        folder.mkdir()
        what = fill(folder, source, count)
        os.environ["REPLEARN_CACHE_DIR"] = str(cache)
        encoder = load_model(MODEL)
        end_to_end(folder, encoder, cache)  # imports are paid for
        before = core_seconds(psutil.Process())
        end_to_end(folder, encoder, cache)
        cost = core_seconds(psutil.Process()) - before
        kept = sum(one.stat().st_size for one in cache.rglob("tables/**/*") if one.is_file())
    return {
        "embedded": f"{count}, {what}",
        "core-ms a picture": 1000 * cost / count,
        "kB kept a picture": kept / count / 1000,
    }


def main() -> int:
    """Print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=100)
    parser.add_argument("--only", choices=("alone", "replicas", "embedding"))
    parser.add_argument("--embedded", type=int, default=1000)
    parser.add_argument("--pictures", type=Path, help="a folder of JPEG photographs")
    options = parser.parse_args()
    if options.only in {None, "alone"}:
        keep("serve", {"page": "alone", **answers([], options.answers)})
    if options.only in {None, "replicas"}:
        keep("serve", {"page": "two replicas", **answers(["--serve", "ray"], options.answers)})
    if options.only in {None, "embedding"}:
        keep("serve", embedding(options.pictures, options.embedded))
    return 0


if __name__ == "__main__":
    sys.exit(main())
