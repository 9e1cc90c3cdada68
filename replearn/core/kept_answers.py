"""Answers of the web, kept while they come: who asks again goes on where the last one broke off."""

import contextlib
import http.client
import io
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from replearn.core import fingerprint

_TAG, _WHOLE = ".tag", ".whole"


@contextlib.contextmanager
def kept_answers(folder: Path, told: Callable[[int], None]) -> Iterator[None]:
    """Keep what `urllib.request.urlopen` reads until the block ends, and go on from what is there.

    An answer that its server doesn't mark by an ETag or a date is asked for anew each time.

    Args:
        folder: where answers lie, a file each.
        told: is told how many bytes are in the folder, as they come.
    """
    folder.mkdir(parents=True, exist_ok=True)
    urllib.request.install_opener(urllib.request.build_opener(_Keeper(folder, told)))
    try:
        yield
    finally:
        urllib.request.install_opener(urllib.request.build_opener())


def forget_whole(folder: Path) -> None:
    """Remove the answers that came to their end, for example because a checksum isn't theirs."""
    for mark in folder.glob(f"*{_WHOLE}"):
        for path in (mark, mark.with_suffix(_TAG), mark.with_suffix("")):
            path.unlink(missing_ok=True)


class _Keeper(urllib.request.BaseHandler):
    """Asks for the rest of what is here already, and keeps what comes."""

    handler_order = 490  # before answers are checked for errors

    def __init__(self, folder: Path, told: Callable[[int], None]) -> None:
        self._folder = folder
        self._told = told
        self._came()

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        path = self._path(request)
        tag, begin = path.with_suffix(_TAG), _begin(path)
        if begin and tag.exists():
            request.add_unredirected_header("Range", f"bytes={begin}-")
            request.add_unredirected_header("If-Range", tag.read_text("ascii"))
        return request

    def http_response(self, request: urllib.request.Request, response: Any) -> Any:
        if response.code not in (200, 206):
            return response
        path = self._path(request)
        begin = _begin(path) if response.code == 206 else 0
        _note(path.with_suffix(_TAG), response.headers)
        return _Answer(response, path, begin, self._came)

    https_request, https_response = http_request, http_response

    def _path(self, request: urllib.request.Request) -> Path:
        # who fails by https may ask by http, and what is asked for may be signed anew each time
        parts = urlsplit(request.full_url)
        return self._folder / fingerprint.of_parts([parts.netloc, parts.path])

    def _came(self) -> None:
        self._told(sum(path.stat().st_size for path in self._folder.glob("*") if not path.suffix))


def _begin(path: Path) -> int:
    """Return where to go on: the last byte is asked for again, so that there is always one."""
    return max(0, path.stat().st_size - 1) if path.exists() else 0


def _note(tag: Path, headers: http.client.HTTPMessage) -> None:
    marks = [headers.get("ETag", ""), headers.get("Last-Modified", "")]
    mark = next((one for one in marks if one and not one.startswith("W/")), "")
    if mark:
        tag.write_text(mark, encoding="ascii")
    else:
        tag.unlink(missing_ok=True)


class _Answer(io.RawIOBase):
    """An answer as `urlopen` gives it: first what is kept of it, then what comes, which is kept."""

    def __init__(
        self, response: http.client.HTTPResponse, path: Path, begin: int, came: Callable[[], None]
    ) -> None:
        super().__init__()
        self.url, self.code, self.msg = response.url, response.status, response.msg
        self.headers = response.headers
        self.length = None if response.length is None else begin + response.length
        self._response, self._path, self._came = response, path, came
        self._at, self._begin = 0, begin
        self._kept = path.open("r+b" if begin else "w+b")

    def info(self) -> http.client.HTTPMessage:
        return self.headers

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        if self._at < self._begin:
            count = self._kept.readinto(view[: self._begin - self._at])
        else:
            count = self._response.readinto(view)
            self._kept.write(view[:count])
            self._kept.flush()
            self._came()
        self._at += count
        self._end_reached(ended=not count and len(view) > 0)
        return count

    def _end_reached(self, *, ended: bool) -> None:
        if self._at == self.length:
            self._path.with_suffix(_WHOLE).touch()
        elif ended and self.length is not None:
            came, whole = self._at / 1e6, self.length / 1e6
            raise ConnectionError(f"the connection was closed after {came:.1f} of {whole:.1f} MB")

    def close(self) -> None:
        if not self.closed:
            self._kept.close()
            self._response.close()
        super().close()
