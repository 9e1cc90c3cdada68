"""Vectors computed before, by (model fingerprint, key): in memory, and on disk if it can."""

import contextlib
import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

log = logging.getLogger(__name__)
Vector = npt.NDArray[np.float32]
IN_MEMORY = 50_000  # vectors; 512 numbers each come to 100 MB
SQL_BATCH = 500


class VectorCache:
    """A least-recently-used cache in memory over an SQLite file.

    A file that can't be written (no space, no permission, damaged) is left alone after the first
    failure: the cache then works from memory and says so once in the log.

    Args:
        path: the SQLite file, or None for memory only.
        in_memory: how many vectors are kept in memory.
    """

    def __init__(self, path: Path | None, in_memory: int = IN_MEMORY) -> None:
        self._memory: OrderedDict[tuple[str, str], Vector] = OrderedDict()
        self._in_memory = in_memory
        self._lock = threading.Lock()
        self._file: sqlite3.Connection | None = None
        if path is not None:
            with self._file_failures_are_survived():
                path.parent.mkdir(parents=True, exist_ok=True)
                file = sqlite3.connect(path, check_same_thread=False, timeout=5)
                file.execute("PRAGMA journal_mode=WAL")
                file.execute("PRAGMA synchronous=OFF")
                file.execute(
                    "CREATE TABLE IF NOT EXISTS vectors "
                    "(model TEXT, key TEXT, vector BLOB, PRIMARY KEY (model, key)) WITHOUT ROWID"
                )
                file.commit()
                self._file = file

    @contextlib.contextmanager
    def _file_failures_are_survived(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            log.warning(
                "Vectors aren't kept on disk (%s); they are computed anew next time.", error
            )
            self._file = None

    def get(self, model: str, keys: Iterable[str]) -> dict[str, Vector]:
        """Return what is known of `keys` under a model's fingerprint."""
        found: dict[str, Vector] = {}
        missing = []
        with self._lock:
            for key in keys:
                vector = self._memory.get((model, key))
                if vector is None:
                    missing.append(key)
                else:
                    self._memory.move_to_end((model, key))
                    found[key] = vector
            for start in range(0, len(missing), SQL_BATCH):
                from_file = self._read(model, missing[start : start + SQL_BATCH])
                self._remember(model, from_file)
                found |= from_file
        return found

    def put(self, model: str, vectors: Mapping[str, Vector]) -> None:
        """Keep vectors under a model's fingerprint."""
        with self._lock:
            self._remember(model, vectors)
            if self._file is None:
                return
            with self._file_failures_are_survived():
                rows = [
                    (model, key, np.asarray(vector, np.float32).tobytes())
                    for key, vector in vectors.items()
                ]
                self._file.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
                self._file.commit()

    def _read(self, model: str, keys: list[str]) -> dict[str, Vector]:
        rows: list[tuple[str, bytes]] = []
        if self._file is not None:
            with self._file_failures_are_survived():
                marks = ",".join("?" * len(keys))
                query = f"SELECT key, vector FROM vectors WHERE model = ? AND key IN ({marks})"
                rows = self._file.execute(query, [model, *keys]).fetchall()
        whole = (row for row in rows if row[1] and len(row[1]) % 4 == 0)
        return {key: np.frombuffer(blob, np.float32) for key, blob in whole}

    def _remember(self, model: str, vectors: Mapping[str, Vector]) -> None:
        for key, vector in vectors.items():
            self._memory[(model, key)] = np.asarray(vector, np.float32)
        while len(self._memory) > self._in_memory:
            self._memory.popitem(last=False)
