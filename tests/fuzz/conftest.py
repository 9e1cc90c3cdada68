"""How much memory, and how many: `REPLEARN_FUZZ=25` is what `make fuzz` runs."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

MEMORY = 2 << 30  # bytes beyond what is there before


@pytest.fixture(scope="session")
def times() -> int:
    """Return by how much more than the usual run is tried."""
    return int(os.environ.get("REPLEARN_FUZZ", "1"))


@pytest.fixture
def bounded() -> Iterator[None]:
    """Let a test have little more memory than there is."""
    resource = pytest.importorskip("resource", reason="Windows sets no limits")
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("the memory of a process is read from /proc")
    before = resource.getrlimit(resource.RLIMIT_AS)
    here = int(statm.read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (here + MEMORY, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)
