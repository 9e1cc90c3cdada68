"""How soon the page follows its slider and an example: python -m benchmarks.slider [address]."""

import argparse
import statistics
import sys
from typing import Any

from benchmarks.own_app import opened

TRIES = 5
TABS = ("Heat maps", "Map", "Distortions", "Shape", "Invariance")
# resolves to the milliseconds from now until what is seen is something else
WATCH = """([what, limit]) => new Promise((resolve) => {
  const see = {
    picture: () => document.querySelector('#distorted img')?.src,
    answer: () => document.querySelector('#answer tbody th')?.innerText,
    accuracy: () => JSON.stringify(document.querySelector('#curve .rl-canvas').data
      ?.find((trace) => trace.marker?.symbol === 'circle-open')?.x),
  }[what];
  const began = performance.now(), old = see();
  (function look() {
    const passed = performance.now() - began;
    if (see() !== old || passed > limit) resolve(passed); else requestAnimationFrame(look);
  })();
})"""


def seconds_until(page: Any, what: str, act: Any) -> float:
    """Return the seconds from a click until what it should change looks different."""
    page.evaluate(f"() => {{ window.rlWait = ({WATCH})(['{what}', 60000]); }}")
    act()
    return float(page.evaluate("() => window.rlWait")) / 1000


def press(page: Any, share: float) -> None:
    """Press the slider at a share of its way."""
    slider = page.locator("#position input[type=range]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    page.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)


def examples(page: Any) -> list[float]:
    """Return the seconds until an example is answered, for several that differ."""
    found = []
    for index in (3, 0, 3, 0, 3):
        button = page.locator("#examples button").nth(index)
        found.append(seconds_until(page, "answer", button.click))
        page.wait_for_timeout(2000)
    return found


def main() -> int:
    """Print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:7860/")
    address = parser.parse_args().address
    with opened(address) as page:
        page.set_default_timeout(120_000)
        told = {"an example's answer": examples(page)}
        for tab in TABS:
            page.get_by_role("tab", name=tab, exact=True).first.click()
            page.wait_for_timeout(8000)
        page.get_by_role("tab", name="Zero-shot", exact=True).first.click()
        page.wait_for_timeout(2000)
        told["the same after five tabs"] = examples(page)
        page.get_by_role("tab", name="Distortions", exact=True).first.click()
        page.wait_for_timeout(6000)
        for what, name in (
            ("picture", "slider to picture"),
            ("accuracy", "slider to the accuracy of 200 pictures"),
        ):
            told[name] = []
            for i in range(TRIES):
                share = 0.1 + 0.16 * i
                told[name].append(seconds_until(page, what, lambda at=share: press(page, at)))
                page.wait_for_timeout(3000)
    for name, seconds in told.items():
        print(f"{name}: {statistics.median(seconds):.2f} s (median of {len(seconds)})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
