"""A process that gives way."""

import os
import subprocess
import sys

import pytest

from replearn.core.processes import behind_others, is_alive


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="Windows has classes of its own")
def test_it_takes_the_time_that_others_leave():
    waits = "import sys; sys.stdin.read()"
    process = behind_others([sys.executable, "-c", waits], stdin=subprocess.PIPE)
    try:
        own = os.getpriority(os.PRIO_PROCESS, 0)
        assert is_alive(process.pid)
        assert os.getpriority(os.PRIO_PROCESS, process.pid) > own
    finally:
        process.communicate(b"")


def test_one_that_ended_at_once_is_no_error():
    assert behind_others([sys.executable, "-c", ""]).wait() == 0
