"""Seconds of the Parts tab's first view, for models that ship: python -m benchmarks.parts_view.

Each model has a process of its own in which the page's first model is warm, as behind the page. The
first view opens the model in torch, splits the answer, draws bars and one map; the second is a
click later. Seconds of the processor stand beside those of the clock, for on a busy machine only
they compare. What the browser draws isn't in them.
"""

import json
import subprocess
import sys
import time

from replearn.core.question import Question

MODELS = {"photo-clip": "cheetah", "imagenet": "", "shapes-clip": "a red cube"}
FIRST = "photo-clip"


def view(model: str, target: str) -> None:
    from replearn.plotting.parts.bars import kind_bars, part_bars
    from replearn.plotting.parts.maps import part_view
    from replearn.studies.parts.answered import answer_of
    from replearn.studies.parts.decompose import decompose
    from replearn.ui.frame.examples import example

    found = decompose(example(2), model, target)
    kind_bars(found)
    part_bars(found)
    part_view(found, found.strongest(1)[0][0])
    answer_of(found, Question(labels=("cheetah", "lion")))


def measure(model: str) -> dict[str, float]:
    from replearn.ui.frame.launch import warm_up

    warm_up(FIRST)
    found = {}
    for name in ("first", "second"):
        clock, processor = time.perf_counter(), time.process_time()
        view(model, MODELS[model])
        found[name] = time.perf_counter() - clock
        found[f"{name}, processor"] = time.process_time() - processor
    return found


def main(arguments: list[str]) -> None:
    if arguments:
        print(json.dumps(measure(arguments[0])))
        return
    from benchmarks.record import keep

    figures: dict[str, float | int | str] = {}
    for model in MODELS:
        command = [sys.executable, "-m", "benchmarks.parts_view", model]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for name, seconds in json.loads(said.strip().splitlines()[-1]).items():
            figures[f"{model}, {name}"] = round(seconds, 2)
    keep("parts_view", figures)


if __name__ == "__main__":
    main(sys.argv[1:])
