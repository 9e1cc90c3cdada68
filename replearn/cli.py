"""The command line: the same studies as the page, one command each."""

import argparse
import errno
import importlib
import os
import sys
from collections.abc import Sequence

from replearn.core.errors import ReplearnError, StoppedError

# The hub's client reads these once, when it is first imported; only `download` switches it on.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

# what a disk says that takes nothing
REFUSED = {errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG}

# name -> what it does, and the module whose `add_options` and `run` are the command
COMMANDS = {
    "app": ("start the page, as `python app.py` does", "replearn.ui.frame.launch"),
    "link": ("a link to a state of the page", "replearn.ui.links.command"),
    "zero-shot": ("compare pictures with labels", "replearn.commands.zero_shot"),
    "evaluate": (
        "accuracy, shape bias, fall under distortions",
        "replearn.commands.evaluate",
    ),
    "suggest": ("suggest labels for a folder", "replearn.commands.suggest"),
    "explain": ("a heat map", "replearn.commands.explain"),
    "decompose": ("what each part adds to the answer", "replearn.commands.parts.decompose"),
    "concepts": ("a picture's vector in words", "replearn.commands.parts.concepts"),
    "head-texts": ("words for each attention head", "replearn.commands.parts.head_texts"),
    "head-factors": ("what of shapes each head carries", "replearn.commands.parts.head_factors"),
    "feature-factors": (
        "a dictionary's features beside the neurons",
        "replearn.commands.parts.feature_factors",
    ),
    "unit": ("what one unit responds to", "replearn.commands.parts.unit"),
    "filters": ("the first layer's filters", "replearn.commands.parts.filters"),
    "visualise": ("a picture for a class, text or unit", "replearn.commands.dreams.visualise"),
    "interpolate": ("pictures from one target to another", "replearn.commands.dreams.interpolate"),
    "dream": ("DeepDream: a picture dreamt on", "replearn.commands.dreams.dream"),
    "invert": ("pictures that a layer can't tell apart", "replearn.commands.dreams.invert"),
    "fool": ("a picture that fools a model", "replearn.commands.dreams.fool"),
    "smallest-change": (
        "how little flips the answer",
        "replearn.commands.dreams.smallest_change",
    ),
    "evolve": ("patterns that a model is sure of", "replearn.commands.dreams.evolve"),
    "benchmark": ("compare the heat maps' methods", "replearn.commands.benchmark"),
    "embed": ("embed a data set, or what is new of it", "replearn.commands.embed"),
    "neighbours": ("nearest pictures", "replearn.commands.neighbours"),
    "map": ("a data set's map: one offline page, or CSV", "replearn.commands.map"),
    "distort": ("distort a picture and ask again", "replearn.commands.distort"),
    "robustness": ("accuracy over a distortion's levels", "replearn.commands.robustness"),
    "sweep": ("models on distortions: a row for each answer", "replearn.commands.sweep"),
    "invariance": ("what leaves a model's features unmoved", "replearn.commands.invariance"),
    "matrix": ("train on one manipulation, test on all", "replearn.commands.matrix"),
    "shift": ("supervised against zero-shot when the data drift away", "replearn.commands.shift"),
    "audit": ("what prompts give away about pairs of pictures", "replearn.commands.groups.audit"),
    "groups": ("for whom does it work: accuracy by group", "replearn.commands.groups.groups"),
    "slices": ("blind spots that nobody labelled", "replearn.commands.groups.slices"),
    "models": ("list the models", "replearn.commands.models"),
    "download": (
        "fetch an OpenCLIP model's weights, or a data set",
        "replearn.commands.download",
    ),
    "train": ("train a model, or go on where a run was cut off", "replearn.commands.train"),
    "build": ("train, measure and write a shipped model, or all", "replearn.commands.build"),
    "probe": ("which factors of shapes a model keeps", "replearn.commands.probe"),
    "checksums": ("record those of the weights that ship", "replearn.commands.project.checksums"),
    "licences": ("list those of everything that is used", "replearn.commands.project.licences"),
    "assets": ("compute the maps, curves and rows that ship", "replearn.commands.assets"),
}


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m replearn", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (text, module) in COMMANDS.items():
        added = commands.add_parser(name, help=text, description=text)
        if name in arguments:  # the others are only listed
            command = importlib.import_module(module)
            command.add_options(added)
            added.set_defaults(run=command.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; an error that a user can mend is one sentence and exit status 2."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        options = _parser(given).parse_args(given)
        status: int = options.run(options)
    except (StoppedError, KeyboardInterrupt):
        print("stopped", file=sys.stderr)
        return 130
    except ReplearnError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        if error.errno not in REFUSED:
            raise
        what = error.filename or "A file"
        print(f"{what}: {error.strerror}; free some space, or name another place.", file=sys.stderr)
        return 2
    return status
