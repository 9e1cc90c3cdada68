"""The page as a host serves it: an ordinary user, read-only code, a proxy, a frame."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import gradio
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is a development tool")
from playwright.sync_api import expect

from replearn.data.photos import Photos
from tests.chromium import TABS, example, upload

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
ROOT = Path(__file__).resolve().parents[2]
NGINX = shutil.which("nginx")
NOBODY = 65534  # a user who may read the code and write nothing of it
READ_ONLY = {"PYTHONDONTWRITEBYTECODE": "1"}
WAIT = 120_000  # milliseconds
OTHERS = [tab for tab in TABS if tab != "Zero-shot"]  # opened by one visitor of each way in


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def run(command, log, **how):
    """Run a program until the block ends; it takes its children along."""
    with log.open("w") as out:
        program = subprocess.Popen(command, stdout=out, stderr=out, **how)
        try:
            yield program
        finally:
            program.terminate()
            program.wait(30)


def listens(port, program, log):
    for _ in range(1200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        assert program.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@contextlib.contextmanager
def hosted(folder, prefix=""):
    """Run the app as a platform does, with its variables, by an ordinary user where we may.

    Args:
        folder: for the home, the cache and the log.
        prefix: below which a proxy will show the page.
    """
    found = ordinary_user()
    python, packages = found or (sys.executable, "")
    home, port, log = folder / "home of a user", free_port(), folder / "app.log"
    home.mkdir()
    (folder / "tmp").mkdir()
    if found:
        for one in (home, folder / "tmp"):
            os.chown(one, NOBODY, NOBODY)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(folder / "tmp"),
        "PYTHONUNBUFFERED": "1",
        **READ_ONLY,
        **({"PYTHONPATH": packages} if packages else {}),
        "GRADIO_SERVER_NAME": "0.0.0.0",
        "GRADIO_SERVER_PORT": str(port),
        **({"GRADIO_ROOT_PATH": prefix} if prefix else {}),
    }
    how = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if found else {}
    with run([python, "app.py"], log, cwd=ROOT, env=environment, **how) as program:
        listens(port, program, log)
        yield port, log


@contextlib.contextmanager
def proxy(folder, port, prefix, tells):
    """Show the app below a prefix by https, and a page that frames it; yield the address.

    Args:
        folder: for its files.
        port: of the app.
        prefix: a path.
        tells: whether it says the prefix with each request.
    """
    if NGINX is None or not shutil.which("openssl"):
        pytest.skip("there is no nginx here")
    there = free_port()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    pages = folder / "pages"
    pages.mkdir()
    (pages / "frame.html").write_text(
        f'<!doctype html><iframe src="{prefix}/" style="width:100%;height:95vh"></iframe>'
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(f"""
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes 1;
events {{}}
http {{
  access_log off; client_max_body_size 25m;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  types {{ text/html html; }}
  server {{
    listen 127.0.0.1:{there} ssl;
    ssl_certificate {certificate}; ssl_certificate_key {key};
    location = /favicon.ico {{ return 204; }}
    location = /frame.html {{ root {pages}; }}
    location {prefix}/ {{
      proxy_pass http://127.0.0.1:{port}/;
      proxy_http_version 1.1; proxy_buffering off;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Proto https;
      {f"proxy_set_header X-Forwarded-Prefix {prefix};" if tells else ""}
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";
    }}
  }}
}}
""")
    log = folder / "nginx.out"
    with run([NGINX, "-c", str(configuration), "-p", str(folder)], log) as program:
        listens(there, program, log)
        yield f"https://127.0.0.1:{there}"


def works(browser, address, tabs, framed=False):
    """Open the page as a visitor, use what a visitor uses first, and open tabs."""
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1440, "height": 900})
    whole = context.new_page()
    whole.set_default_timeout(WAIT)
    errors, failed = [], []
    whole.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    whole.on("pageerror", lambda error: errors.append(str(error)))
    whole.on("response", lambda r: failed.append((r.status, r.url)) if r.status >= 400 else None)
    whole.goto(address)
    page = whole.frame_locator("iframe") if framed else whole
    best = page.locator("#answer tbody th").first
    expect(best).to_have_text("cheetah", timeout=WAIT)
    photos = Photos()
    upload(page, photos.path(photos.index("rocket")))
    expect(best).to_have_text("rocket", timeout=WAIT)
    example(page, "coffee")
    expect(best).to_have_text("cup of coffee", timeout=WAIT)
    with whole.expect_download(timeout=WAIT) as download:
        page.locator("#figure-answer [data-tool=save]").click()
    assert download.value.suggested_filename == "replearn-answer.zip"
    assert Path(download.value.path()).stat().st_size > 1000
    for tab in tabs:
        page.get_by_role("tab", name=tab, exact=True).first.click()
        if tab == "Map":
            expect(page.locator("#map .js-plotly-plot")).to_be_visible(timeout=WAIT)
            expect(page.locator("#nearest img").first).to_be_visible(timeout=WAIT)
        elif tab == "Heat maps":
            expect(page.locator("#heat-map img")).to_be_visible(timeout=WAIT)
        else:
            expect(page.locator(".tabitem:visible").first).not_to_be_empty()
    page.get_by_role("tab", name="Zero-shot", exact=True).first.click()
    expect(best).to_have_text("cup of coffee", timeout=WAIT)
    context.close()
    assert failed == []
    assert errors == []


def no_fault(log):
    said = log.read_text(errors="replace")
    assert not re.search(r"Traceback|Error\\b|Exception", said), said[-4000:]


def ordinary_user():
    """Return a user without rights and a Python for them, or None where there is none."""
    if os.getuid() != 0:
        return None
    packages = str(Path(gradio.__file__).parents[1])
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            probe = subprocess.run(
                [python, "-c", "import gradio, torch, replearn"],
                cwd=ROOT,
                user=NOBODY,
                group=NOBODY,
                extra_groups=[],
                capture_output=True,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": packages, **READ_ONLY},
                check=False,
            )
        except PermissionError:  # it lies in somebody's home
            continue
        if probe.returncode == 0:
            return python, packages
    return None


@pytest.fixture(scope="module")
def place():
    """Return a folder that an ordinary user may reach: another pytest would close its own again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for one in (folder, *folder.parents):
            if one.stat().st_uid == os.getuid() and one != Path("/"):
                one.chmod(one.stat().st_mode | 0o011)
        yield folder


def test_two_visitors_of_a_host_that_sets_gradios_variables(chromium, place):
    folder = place / "plain"
    folder.mkdir(mode=0o755)
    with hosted(folder) as (port, log):
        first = socket.gethostbyname(socket.gethostname())
        with socket.create_connection((first, port), 5):
            pass  # reached from outside of the loopback address
        works(chromium, f"http://127.0.0.1:{port}/", OTHERS)
        works(chromium, f"http://127.0.0.1:{port}/?__theme=dark", ["Map"])
        no_fault(log)
        assert not (ROOT / ".gradio").exists()


@pytest.mark.parametrize(
    ("told", "tabs"), [(True, OTHERS), (False, ["Map"])], ids=["the app is told", "the proxy tells"]
)
def test_behind_a_proxy_under_a_prefix_and_in_a_frame(chromium, place, told, tabs):
    folder = place / f"proxied-{told}"
    folder.mkdir(mode=0o755)
    prefix = "/demo"
    with (
        hosted(folder, prefix if told else "") as (port, log),
        proxy(folder, port, prefix, tells=not told) as address,
    ):
        works(chromium, f"{address}{prefix}/", ["Map"])
        works(chromium, f"{address}/frame.html", tabs, framed=True)
        no_fault(log)
