"""An app in a process of its own, and a browser's page on it."""

import contextlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
ANSWERED = "#answer tbody th"
PATIENCE = 300  # seconds
ROOT = Path(__file__).resolve().parents[1]
REMEMBERED = "try { localStorage.setItem('replearn-welcomed', 'yes'); } catch {}"


@dataclass(frozen=True)
class OwnApp:
    """An app that runs.

    Attributes:
        address: of its page.
        process: its number.
    """

    address: str
    process: int

    def megabytes(self) -> float:
        """Return the memory that the process holds (Linux)."""
        told = Path(f"/proc/{self.process}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", told)
        return int(found[1]) / 1000 if found else float("nan")


@contextlib.contextmanager
def own_app(options: Sequence[str] = ()) -> Iterator[OwnApp]:
    """Run the app from the checkout."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryFile("w+") as log:
        command = [sys.executable, "app.py", "--port", str(port), *options]
        app = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            for _ in range(10 * PATIENCE):
                log.seek(0)
                if found := re.search(r"http://127\.0\.0\.1:\d+", told := log.read()):
                    break
                if app.poll() is not None:
                    raise SystemExit(f"The app didn't start:\n{told}")
                time.sleep(0.1)
            else:
                raise SystemExit(f"The app didn't start within {PATIENCE} s.")
            yield OwnApp(found[0] + "/", app.pid)
        finally:
            app.terminate()
            app.wait()


@contextlib.contextmanager
def opened(address: str, width: int = 1440, theme: str = "light") -> Iterator[Any]:
    """Open the page as somebody who was welcomed before; give it when its first answer is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
        context.add_init_script(REMEMBERED)
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector(ANSWERED, timeout=1000 * PATIENCE)
        page.wait_for_timeout(4000)  # plotly's script and the examples come after the answer
        yield page
        browser.close()


def seconds_to_rest(page: Any, act: Any, calm: float = 0.5) -> float:
    """Return the seconds from an act until nothing is being drawn any more.

    Args:
        page: Playwright's.
        act: what is done.
        calm: for how many seconds nothing may be drawn; they don't count.
    """
    began = time.perf_counter()
    act()
    page.wait_for_timeout(150)  # a turn is given after a moment
    rested = time.perf_counter()
    while (now := time.perf_counter()) - rested < calm and now - began < PATIENCE:
        if page.evaluate("replearn.busy().length"):
            rested = time.perf_counter()
        page.wait_for_timeout(20)
    return rested - began
