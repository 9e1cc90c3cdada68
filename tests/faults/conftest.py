"""Faults as a computer has them: a disk that takes nothing more, and a cache without a place."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PIL import Image


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name a cache folder that can't be made, whoever asks: it lies below a file."""
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "file" / "cache"))
    return tmp_path / "file" / "cache"


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name an empty cache folder."""
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def full_disk() -> Callable[[int], AbstractContextManager[None]]:
    """Return what lets no file grow beyond so many bytes: the system itself refuses."""
    resource = pytest.importorskip("resource", reason="Windows sets no limits")

    @contextlib.contextmanager
    def full(size: int = 0) -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        was = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, was)

    return full


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Return a folder of twelve pictures in two classes."""
    for number in range(12):
        path = tmp_path / "pictures" / ("even", "odd")[number % 2] / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 6), (20 * number, 0, 0)).save(path)
    return tmp_path / "pictures"
