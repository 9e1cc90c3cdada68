"""The map in a real browser: from the first click on its tab to points, from a click to neighbours.

python -m benchmarks.map [ADDRESS]    starts the app unless an address is given

A file of 100,000 vectors with coordinates is given to the page too: of these it draws a stratified
sample and says so. The drawing alone of all 100,000 is timed on the page that `map --out` writes.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.record import keep
from replearn.plotting.map.page import map_page
from replearn.results.map import EmbeddingMap
from replearn.results.stamp import Stamp
from replearn.studies.map.colour import categories

ROOT = Path(__file__).resolve().parents[1]
WAIT = 120_000  # milliseconds
CLICKS = 10
MANY = 100_000
DRAWN = """() => { const g = document.querySelector('#map .rl-canvas');
  return !!(g && g._fullLayout && g.data && g.data.length && g.querySelector('canvas')); }"""
TOTAL = """(n) => { const g = document.querySelector('#map .rl-canvas, [data-map=map] .rl-canvas');
  return !!(g && g._fullData && g.querySelector('canvas'))
    && n === g._fullData.reduce((sum, t) => sum + (t.customdata || []).length, 0); }"""
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


def many() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return vectors (MANY, 16) around 40 centres, coordinates (MANY, 2) alike, and centres."""
    random = np.random.default_rng(0)
    of = random.integers(0, 40, MANY)
    vectors = random.normal(size=(40, 16))[of] + 0.3 * random.normal(size=(MANY, 16))
    coordinates = 4 * random.normal(size=(40, 2))[of] + random.normal(size=(MANY, 2))
    return vectors.astype(np.float32), coordinates.astype(np.float32), of


def uploaded(page: Page, folder: Path) -> dict[str, float]:
    """Give the page a file of 100,000 vectors with coordinates, and click a point."""
    vectors, coordinates, of = many()
    labels = np.array([f"group {i % 8}" for i in of])
    np.savez(folder / "many.npz", vectors=vectors, coordinates=coordinates, label=labels)
    page.get_by_text("your own vectors or coordinates").click()
    start = time.perf_counter()
    page.locator("#own-vectors input[type=file]").set_input_files(folder / "many.npz")
    expect(page.locator("#map-stamp")).to_contain_text("of 100,000", timeout=5 * WAIT)
    page.wait_for_function(TOTAL, arg=20_000, timeout=WAIT)
    drawn = time.perf_counter() - start
    page.wait_for_timeout(1000)
    canvas, said = page.locator("#map .rl-canvas"), page.locator("#nearest-stamp")
    canvas.scroll_into_view_if_needed()
    spot = page.evaluate(SPOT, [canvas.element_handle(), 2])
    before = said.inner_text()
    page.mouse.move(spot["x"], spot["y"])
    start = time.perf_counter()
    page.mouse.click(spot["x"], spot["y"])
    expect(said).not_to_have_text(before, timeout=WAIT)
    return {
        "100,000 own vectors, from the file to points (s)": drawn,
        "click to neighbours among them (s)": time.perf_counter() - start,
    }


def all_at_once(browser: Browser, folder: Path) -> dict[str, float]:
    """Draw 100,000 points at once, and hover one."""
    _, coordinates, of = many()
    ids = tuple(map(str, range(MANY)))
    groups = tuple(f"group {i % 8}" for i in of)
    unmeasured, near = np.full(MANY, np.nan, np.float32), np.arange(MANY)[:, None]
    found = EmbeddingMap(
        dataset="drawn",
        projection="pca",
        coordinates=coordinates,
        rows=np.arange(MANY),
        ids=ids,
        captions=ids,
        groups=groups,
        preservation={},
        misplaced=unmeasured,
        stamp=Stamp("no model", "benchmark", 0.0, n=MANY),
    )
    file = folder / "many.html"
    file.write_text(map_page(found, [categories("label", groups)], near, ""), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    start = time.perf_counter()
    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_function(TOTAL, arg=MANY, timeout=WAIT)
    drawn = time.perf_counter() - start
    spot = page.evaluate(SPOT, [page.locator("[data-map=map] .rl-canvas").element_handle(), 2])
    start = time.perf_counter()
    page.mouse.move(spot["x"], spot["y"])
    expect(page.locator("[data-map=map] .rl-tip")).to_be_visible(timeout=WAIT)
    return {
        "100,000 points at once, from opening a page to points (s)": drawn,
        "hover to name among them (s)": time.perf_counter() - start,
    }


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
        with tempfile.TemporaryDirectory() as scratch:
            large = uploaded(page, Path(scratch)) | all_at_once(browser, Path(scratch))
        browser.close()
    keep(
        "map",
        {
            "seconds from the first click on the tab to points, best of 3 (aim 1.5)": min(opened),
            "seconds from a click to neighbours, median of 10 (aim 0.4)": statistics.median(
                answered
            ),
            **large,
            "load of the machine": os.getloadavg()[0],
        },
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with app() as started:
            main(started)
