"""The map in a real browser: from the first click on its tab to points, from a click to neighbours.

python -m benchmarks.map [ADDRESS]    starts the app unless an address is given
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.record import keep

ROOT = Path(__file__).resolve().parents[1]
WAIT = 120_000  # milliseconds
CLICKS = 10
DRAWN = """() => { const g = document.querySelector('#map .rl-canvas');
  return !!(g && g._fullLayout && g.data && g.data.length && g.querySelector('canvas')); }"""
SPOT = """([g, part]) => {
  const trace = g._fullData.filter(t => t.customdata)[part % 5], a = g._fullLayout;
  const box = g.getBoundingClientRect(), i = Math.floor(trace.x.length * (part + 1) / 12);
  return {x: box.left + a.xaxis._offset + a.xaxis.c2p(trace.x[i]),
          y: box.top + a.yaxis._offset + a.yaxis.c2p(trace.y[i])}; }"""


@contextmanager
def app() -> Iterator[str]:
    server = subprocess.Popen(
        [sys.executable, "app.py", "--port", "7873"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if address := re.search(r"http://[\d.:]+", line):
                yield address[0]
                return
        raise SystemExit("the app did not start")
    finally:
        server.terminate()
        server.wait()


def first_points(page: Page, address: str) -> float:
    page.goto(address)
    page.locator("#answer tbody th").first.wait_for(timeout=WAIT)
    page.wait_for_timeout(3000)  # a reader looks at the first answer before the next tab
    start = time.perf_counter()
    page.get_by_role("tab", name="Map", exact=True).click()
    page.wait_for_function(DRAWN, timeout=WAIT)
    return time.perf_counter() - start


def clicks(page: Page) -> list[float]:
    said, times = page.locator("#nearest-stamp"), []
    expect(said).to_contain_text("cosine", timeout=WAIT)
    canvas = page.locator("#map .rl-canvas")
    for part in range(CLICKS):
        before = said.inner_text()
        spot = page.evaluate(SPOT, [canvas.element_handle(), part])
        page.mouse.move(spot["x"], spot["y"])
        start = time.perf_counter()
        page.mouse.click(spot["x"], spot["y"])
        expect(said).not_to_have_text(before, timeout=WAIT)
        times.append(time.perf_counter() - start)
    return times


def main(address: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        opened = []
        for _ in range(3):  # a new context has an empty cache each time
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            opened.append(first_points(page, address))
        answered = clicks(page)
        browser.close()
    keep(
        "map",
        {
            "seconds from the first click on the tab to points, best of 3 (aim 1.5)": min(opened),
            "seconds from a click to neighbours, median of 10 (aim 0.4)": statistics.median(
                answered
            ),
            "load of the machine": os.getloadavg()[0],
        },
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with app() as started:
            main(started)
