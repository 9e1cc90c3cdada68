"""OpenVINO reports its use over the network unless it is kept from it."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import socket, sys
import numpy as np, torch
from replearn.encoders.engines import OpenVinoEngine

def refused(*asked):
    print("asked for", asked)
    raise OSError

socket.getaddrinfo = refused  # a process that is forked inherits it
engine = OpenVinoEngine(None, "float32")
example = np.zeros((2, 3), np.float32)
run = engine.compile(lambda: torch.nn.Linear(3, 2), example, frozenset({0}), "linear")
print(run(np.ones((4, 3), np.float32)).shape, sys.modules.get("openvino_telemetry"))
"""


@pytest.mark.slow
def test_converting_a_network_asks_for_no_host():
    environment = {key: value for key, value in os.environ.items() if key != "CI"}
    found = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert found.stdout.splitlines() == ["(4, 2) None"], found.stdout
