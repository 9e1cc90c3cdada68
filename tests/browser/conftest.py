"""The app in a process of its own and a Chromium that may reach nothing but it."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ROOT = __file__.rsplit("/tests/", 1)[0]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
WAIT = 90_000  # milliseconds; the first answer imports torch on a busy machine


@pytest.fixture(scope="package")
def address(tmp_path_factory):
    log = (tmp_path_factory.mktemp("server") / "log").open("w+")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)],
        cwd=ROOT,
        stdout=log,
        stderr=log,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        for _ in range(600):
            log.seek(0)
            text = log.read()
            if found := re.search(r"http://127\.0\.0\.1:\d+", text):
                break
            assert server.poll() is None, text
            time.sleep(0.1)
        yield found[0] + "/"
    finally:
        server.terminate()
        server.wait(20)
        log.close()


@pytest.fixture(scope="package")
def chromium():
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Opened:
    """A page with what it asked for outside and what its console said."""

    def __init__(self, chromium, width, theme):
        self.context = chromium.new_context(
            viewport={"width": width, "height": 900}, service_workers="block", color_scheme=theme
        )
        self.outside, self.errors = [], []
        self.context.route("**/*", self._route)
        self.page = self.context.new_page()
        self.page.set_default_timeout(WAIT)
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def tab(self, name):
        """Open a tab; on a phone the row of tabs scrolls to it."""
        self.page.get_by_role("tab", name=name, exact=True).first.click()

    def _route(self, route):
        if re.match(r"(https?|wss?)://127\.0\.0\.1|data:|blob:", route.request.url):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()


@pytest.fixture
def opened(chromium, request):
    width, theme = getattr(request, "param", (1440, "light"))
    one = Opened(chromium, width, theme)
    yield one
    with contextlib.suppress(Exception):
        one.context.close()
