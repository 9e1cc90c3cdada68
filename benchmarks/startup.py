"""How soon the page is there, as ratios to the time that importing gradio alone takes.

python -m benchmarks.startup
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]


def importing_gradio() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import gradio"], check=True)
    return time.perf_counter() - start


def starting(port: int) -> dict[str, float]:
    start = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    found = {}
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if address := re.search(r"http://[\d.:]+", line):
                break
        else:
            raise SystemExit("the app did not start")
        with urlopen(address[0]) as answer:
            answer.read(1)
        found["first byte"] = time.perf_counter() - start
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        if chromium:
            found |= in_browser(chromium, address[0], start)
    finally:
        server.terminate()
        server.wait()
    return found


def in_browser(chromium: str, address: str, start: float) -> dict[str, float]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        before = time.perf_counter()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        start += time.perf_counter() - before  # a user's browser is open already
        page = browser.new_page()
        page.goto(address)
        page.get_by_role("tab", name="Zero-shot").wait_for()
        interactive = time.perf_counter() - start
        page.locator("#answer tbody th").first.wait_for(timeout=120_000)
        answered = time.perf_counter() - start
        browser.close()
    return {"interactive": interactive, "first answer": answered}


if __name__ == "__main__":
    unit = min(importing_gradio() for _ in range(3))
    print(f"importing gradio: {unit:.2f} s")
    starting(
        7871
    )  # the disk's cache and the converted networks are warm then, as on a second start
    runs = [starting(7872 + i) for i in range(3)]
    for what in runs[0]:
        seconds = min(run[what] for run in runs)
        print(f"{what}: {seconds:.2f} s = {seconds / unit:.2f} x importing gradio")
