"""In a download's process alone: FashionMNIST comes from where a test's file says.

Python imports this by its name when it starts, from a folder that the test puts on PYTHONPATH.
"""

import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace


def _redirected() -> None:
    import torchvision.datasets

    from replearn.data import downloads, torchvision_sets

    told = json.loads(Path(os.environ["TEST_MIRROR"]).read_text())
    fashion = torchvision.datasets.FashionMNIST
    fashion.mirrors = [f"{told['address']}/data/fashion/resolve/main/"]
    fashion.resources = [tuple(one) for one in told["resources"]]
    known = torchvision_sets.TORCHVISION["FashionMNIST"]
    ours = torchvision_sets.Known(told["megabytes"], told["address"], known.splits)
    torchvision_sets.TORCHVISION["FashionMNIST"] = ours
    if told["free"] is not None:
        downloads.shutil.disk_usage = lambda _: SimpleNamespace(free=told["free"])


if "download" in sys.orig_argv and "TEST_MIRROR" in os.environ:
    _redirected()
