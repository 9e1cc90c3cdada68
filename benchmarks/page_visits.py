"""Visitors who open the page anew, beside a class that asks."""

import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

from benchmarks.own_app import ANSWERED, ARGUMENTS, PATIENCE, REMEMBERED

CONNECTIONS = 6  # that a browser has with one server
BETWEEN_BROWSERS, BETWEEN_READERS = 30.0, 10.0  # seconds


def served_files(address: str) -> list[str]:
    """Return what a browser asks for until the page shows its first answer, in its order."""
    from playwright.sync_api import sync_playwright

    files: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        page = browser.new_page()
        page.on(
            "request",
            lambda request: (
                files.append(request.url)
                if request.method == "GET" and "/gradio_api/" not in request.url
                else None
            ),
        )
        page.goto(address)
        page.wait_for_selector(ANSWERED, timeout=1000 * PATIENCE)
        browser.close()
    return [file for file in files if file.startswith(address)]


def read_all(files: list[str]) -> float:
    """Return the seconds of getting the page and all that it loads, as a browser elsewhere would.

    This is what the server has to do with it; drawing it is the visitor's own computer's work.
    """
    began = time.perf_counter()
    _read(files[0])
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(_read, files[1:]))
    return time.perf_counter() - began


def open_in_browser(address: str) -> dict[str, float]:
    """Return the seconds until the tabs can be pressed and until the first answer, in Chromium.

    The browser runs on the same cores as the app.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(REMEMBERED)
        began = time.perf_counter()
        page.goto(address)
        page.get_by_role("tab", name="Zero-shot").wait_for(timeout=1000 * PATIENCE)
        tabs = time.perf_counter() - began
        page.wait_for_selector(ANSWERED, timeout=1000 * PATIENCE)
        answered = time.perf_counter() - began
        browser.close()
    return {"page in Chromium, tabs": tabs, "page in Chromium, first answer": answered}


def reading(address: str, until: float, tell: Callable[[str, float], None]) -> threading.Thread:
    """Return a visitor, not yet begun, who gets all that the page loads again and again."""
    files = served_files(address)

    def reads() -> None:
        while time.time() < until:
            tell("page, all files read", read_all(files))
            time.sleep(BETWEEN_READERS)

    return threading.Thread(target=reads)


def opening(address: str, until: float, tell: Callable[[str, float], None]) -> threading.Thread:
    """Return a visitor, not yet begun, who opens the page in Chromium again and again."""

    def opens() -> None:
        while time.time() < until:
            for kind, seconds in open_in_browser(address).items():
                tell(kind, seconds)
            time.sleep(BETWEEN_BROWSERS)

    return threading.Thread(target=opens)


def _read(file: str) -> None:
    with urlopen(Request(file, headers={"Accept-Encoding": "br, gzip"})) as answer:
        answer.read()
