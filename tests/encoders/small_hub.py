"""A hub on 127.0.0.1 with the few routes that its client asks for, and what may go wrong."""

import contextlib
import hashlib
import http.server
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import open_clip
import torch
from safetensors.torch import save_file

COMMIT = "0123456789abcdef0123456789abcdef01234567"
TINY = {
    "embed_dim": 32,
    "vision_cfg": {"image_size": 32, "layers": 2, "width": 64, "patch_size": 8, "head_width": 32},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 64, "heads": 2, "layers": 2},
}


@dataclass
class SmallHub:
    """Repositories by name, each with its files; and how the hub misbehaves.

    Attributes:
        cut: after so many bytes of a large file the connection is closed.
        answers: how many requests for bytes are answered before it stays closed.
        wrong: the checksum that is told isn't that of what is sent.
        pause: seconds between two pieces of a file.
    """

    repositories: dict[str, dict[str, bytes]]
    address: str = ""
    cut: int | None = None
    answers: int | None = None
    wrong: bool = False
    pause: float = 0.0
    ranges: list[int] = field(default_factory=list)  # where each request for bytes began
    closed: threading.Event = field(default_factory=threading.Event)


def tiny_files(seed: int = 0) -> dict[str, bytes]:
    """Return a tiny OpenCLIP model as its hub repository holds it, 13 MB."""
    config = {"model_cfg": TINY, "preprocess_cfg": {"mean": [0.5] * 3, "std": [0.5] * 3}}
    return {
        "open_clip_config.json": json.dumps(config).encode(),
        "open_clip_model.safetensors": _weights(seed),
        "README.md": b"tiny",
    }


def _weights(seed: int) -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "open_clip_config.json").write_text(json.dumps({"model_cfg": TINY}))
        torch.manual_seed(seed)
        model = open_clip.create_model(f"local-dir:{folder}", load_weights=False)
        save_file(model.state_dict(), f"{folder}/weights.safetensors")
        return Path(f"{folder}/weights.safetensors").read_bytes()


@contextlib.contextmanager
def small_hub(repositories: dict[str, dict[str, bytes]]) -> Iterator[SmallHub]:
    """Serve repositories until the block ends."""
    hub = SmallHub(repositories)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(hub))
    server.daemon_threads = True
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.closed.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(hub: SmallHub) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def log_message(self, *_: Any) -> None:
            pass

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def _answer(self, with_body: bool) -> None:
            if found := re.fullmatch(r"/api/models/([^/]+/[^/?]+)(\?.*)?", self.path):
                self._listing(found[1])
                return
            found = re.fullmatch(r"/([^/]+/[^/]+)/resolve/[^/]+/(.+)", self.path)
            content = hub.repositories.get(found[1], {}).get(found[2]) if found else None
            if content is None:
                known = found and found[1] in hub.repositories
                self._refused("EntryNotFound" if known else "RepoNotFound")
                return
            self._file(content, with_body)

        def _listing(self, repository: str) -> None:
            if repository not in hub.repositories:
                self._refused("RepoNotFound")
                return
            files = hub.repositories[repository]
            siblings = [{"rfilename": name, "size": len(data)} for name, data in files.items()]
            body = {"id": repository, "sha": COMMIT, "siblings": siblings}
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def _refused(self, code: str) -> None:
            self.send_response(404)
            self.send_header("X-Error-Code", code)
            self.end_headers()

        def _file(self, content: bytes, with_body: bool) -> None:
            large = len(content) > 100_000
            told = hashlib.sha256(content + (b"!" if hub.wrong and large else b""))
            begin = int((re.match(r"bytes=(\d+)-", self.headers.get("Range", "")) or [0, 0])[1])
            if self.headers.get("If-Range", f'"{told.hexdigest()}"') != f'"{told.hexdigest()}"':
                begin = 0  # the part that is asked for is of another file
            if with_body and large:
                hub.ranges.append(begin)
                if hub.answers is not None and len(hub.ranges) > hub.answers:
                    self.close_connection = True
                    return
            self.send_response(206 if begin else 200)
            self.send_header("ETag", f'"{told.hexdigest()}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("Content-Length", str(len(content) - begin))
            self.end_headers()
            if with_body:
                self._send(content[begin:], hub.cut if large else None)

        def _send(self, content: bytes, cut: int | None) -> None:
            with contextlib.suppress(OSError):
                for at in range(0, len(content[:cut]), 1 << 18):
                    self.wfile.write(content[at : min(at + (1 << 18), cut or len(content))])
                    if hub.pause:
                        hub.closed.wait(hub.pause)

    return Handler
