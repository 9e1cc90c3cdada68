"""What every test needs: an empty cache of its own, the network refused, small pictures."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.chromium import ARGUMENTS, CHROMIUM
from tests.everyday import EVERYDAY
from tests.ray_cluster import ray_cluster  # noqa: F401  (a fixture for several rooms)

ROOT = Path(__file__).resolve().parents[1]
LONGEST = ("test_walk", "test_grows_old")  # whose tests may go to any process
if "PYTEST_XDIST_WORKER" in os.environ:  # a core each; torch reads it when it is first imported
    os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give each process its share of what takes long, first: else one ends long after the rest.

    pytest-xdist deals out as many neighbouring tests to each; who is idle takes from others.
    """
    for one in items:
        if one.get_closest_marker("browser") and not any(name in one.nodeid for name in EVERYDAY):
            one.add_marker(pytest.mark.long)
    count = getattr(config, "workerinput", {}).get("workercount", 1)
    if count == 1:
        return
    long = [one for one in items if one.get_closest_marker("browser")]
    # the others of a file share what they fetched, or a server of their own
    dealt: list[list[pytest.Item]] = [[] for _ in range(count)]
    alone = [[one] for one in long if any(name in one.nodeid for name in LONGEST)]
    files: dict[str, list[pytest.Item]] = {}
    for one in long:
        if [one] not in alone:
            files.setdefault(str(one.path), []).append(one)
    for some in [*alone, *sorted(files.values(), key=len, reverse=True)]:
        min(dealt, key=len).extend(some)
    rest = [one for one in items if not one.get_closest_marker("browser")]
    share = -(-len(rest) // count)
    items[:] = [
        one
        for process in range(count)
        for one in (*dealt[process], *rest[process * share : (process + 1) * share])
    ]


@pytest.fixture(scope="session", autouse=True)
def _environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    if "REPLEARN_CACHE_DIR" not in os.environ:
        patch.setenv("REPLEARN_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    patch.setenv("GRADIO_TEMP_DIR", str(tmp_path_factory.mktemp("gradio")))
    patch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
    patch.setenv("HF_HUB_OFFLINE", "1")
    patch.setenv("HF_HUB_DISABLE_TELEMETRY", "1")
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def outside_lookups() -> Iterator[list[str]]:
    """Record and refuse every look-up of a host that isn't this machine."""
    real = socket.getaddrinfo
    asked: list[str] = []

    def guarded(host, *args, **kwargs):  # type: ignore[no-untyped-def]
        if host not in (None, "localhost", "127.0.0.1", "::1", "0.0.0.0", b"localhost"):
            asked.append(str(host))
            raise socket.gaierror(f"tests may not reach {host}")
        return real(host, *args, **kwargs)

    socket.getaddrinfo = guarded
    yield asked
    socket.getaddrinfo = real


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with data for development, or skip."""
    folder = Path(os.environ.get("REPLEARN_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("data for development is absent; set REPLEARN_SHARED to its folder")
    return folder


@pytest.fixture(scope="session")
def chromium():
    """Start one Chromium for all tests: Playwright can be started once in a process."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def noise_picture() -> Image.Image:
    """Return a picture of coloured noise, 96 x 64."""
    values = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
    return Image.fromarray(values)
