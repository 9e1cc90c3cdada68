"""The app in a process of its own and a Chromium that may reach nothing but it."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.chromium import WAIT

with contextlib.suppress(ImportError):  # a development tool
    from playwright.sync_api import expect

    expect.set_options(timeout=WAIT)  # five seconds are little on a busy machine

ROOT = __file__.rsplit("/tests/", 1)[0]
STEP = 0.25  # seconds: what `rests` counts of a pause between two looks, at most
OF_TESTS = {"GRADIO_TEMP_DIR", "OMP_NUM_THREADS"}


@dataclass
class Server:
    """The app in a process of its own, and what it says."""

    address: str
    log: Path

    def faults(self) -> str:
        """Return what stands in the log that a good day doesn't write."""
        text = self.log.read_text(errors="replace")
        return text if re.search(r"Traceback|Error|Exception|WARNING", text) else ""


@contextlib.contextmanager
def served(folder: Path, arguments: tuple[str, ...] = (), **environment: str) -> Iterator[Server]:
    """Run the app from the checkout until the block ends."""
    path = folder / "server.log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with path.open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "app.py", "--port", str(port), *arguments],
            cwd=ROOT,
            stdout=log,
            stderr=log,
            # without what the tests set for themselves: users' apps have none of it
            env={
                **{name: text for name, text in os.environ.items() if name not in OF_TESTS},
                "PYTHONUNBUFFERED": "1",
                **environment,
            },
        )
        try:
            for _ in range(1200):
                if found := re.search(r"http://127\.0\.0\.1:\d+", path.read_text()):
                    break
                assert server.poll() is None, path.read_text()
                time.sleep(0.1)
            yield Server(found[0] + "/", path)
        finally:
            server.terminate()
            server.wait(90)


@pytest.fixture(scope="package")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(scope="package")
def address(server):
    return server.address


@pytest.fixture(autouse=True)
def quiet_log(request):
    """Fail a test after which the server's log holds a fault that wasn't there before."""
    if "server" not in request.fixturenames and "address" not in request.fixturenames:
        yield
        return
    server = request.getfixturevalue("server")
    before = len(server.log.read_text(errors="replace"))
    yield
    said = server.log.read_text(errors="replace")[before:]
    assert not re.search(r"Traceback|Error\b|Exception", said), said[-4000:]


class Opened:
    """A page with what it asked for outside and what its console said."""

    def __init__(self, chromium, width, theme):
        self.context = chromium.new_context(
            viewport={"width": width, "height": 900}, service_workers="block", color_scheme=theme
        )
        self.outside, self.errors, self.asked, self.downloads = [], [], [], []
        self.asked_last = []  # what `rests` counted, to be read where it is too much
        # a route would send every request through the test, and switch off the browser's cache
        self.context.on("request", self._look)
        self.page = self.context.new_page()
        self.page.set_default_timeout(WAIT)
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("request", self._note)
        self.page.on("download", self._keep)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def tab(self, name):
        """Open a tab; on a phone the row of tabs scrolls to it."""
        self.page.get_by_role("tab", name=name, exact=True).first.click()

    def unfold(self, panel):
        """Open a folded panel, by a selector of it or of its heading, and wait until it rests.

        What stands in it is mounted late, with its first values: what was typed before is lost.
        """
        heading = self.page.locator(f"{panel} button.label-wrap, {panel}.label-wrap").first
        heading.click()
        expect(heading).to_have_class(re.compile(r"\bopen\b"))
        self.rests(quiet=1.0, limit=2 * WAIT / 1000)  # some compute when they are opened

    def typed(self, field, text):
        """Type into a field, by its `elem_id`, and make sure that it stays."""
        box = self.page.locator(f"#{field} textarea, #{field} input").first
        box.fill(text)
        self.rests(quiet=0.5)
        expect(box).to_have_value(text)

    def _note(self, request):
        if re.search(r"/queue/join|/run/", request.url):
            self.asked.append((time.monotonic(), request.post_data or ""))

    def _keep(self, download):
        self.downloads.append(download)

    def rests(self, quiet=2.0, limit=WAIT / 1000):
        """Wait until nothing is asked or drawn for `quiet` seconds; return how much was asked."""
        began = then = time.monotonic()
        calm, counted = 0.0, len(self.asked)
        while time.monotonic() - began < limit:
            busy = self.page.evaluate("window.replearn ? replearn.busy().length : 0")
            now = time.monotonic()
            # a page that doesn't even reply is at work, so that pause counts as one step alone
            calm = 0.0 if busy or len(self.asked) > counted else calm + min(now - then, STEP)
            then, counted = now, len(self.asked)
            if calm > quiet:
                self.asked_last = [said[:300] for _, said in self.asked]
                self.asked.clear()
                return len(self.asked_last)
            self.page.wait_for_timeout(100)
        busy = self.page.evaluate("replearn.busy()")
        said = f"{len(self.asked)} requests in {limit:.0f} s, being drawn: {busy}"
        raise AssertionError(f"the page doesn't rest: {said}")

    def _look(self, request):
        # the browser itself finds no host but this one (`tests.chromium.ARGUMENTS`)
        if not re.match(r"(https?|wss?)://127\.0\.0\.1|data:|blob:", request.url):
            self.outside.append(request.url)


@pytest.fixture
def beside(chromium):
    """Yield another visitor's page."""
    other = Opened(chromium, 1440, "light")
    yield other
    other.context.close()


@pytest.fixture
def opened(chromium, request):
    width, theme = getattr(request, "param", (1440, "light"))
    one = Opened(chromium, width, theme)
    yield one
    with contextlib.suppress(Exception):
        one.context.close()
