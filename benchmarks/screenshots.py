"""Pictures of the page for the README and the documentation: make screenshots."""

import sys
from pathlib import Path

from benchmarks.own_app import opened, own_app, seconds_to_rest

FOLDER = Path(__file__).resolve().parents[1] / "assets"
# file -> tab, example, width of the window, theme
SHOTS = {
    "screenshot.png": ("Zero-shot", 3, 1440, "light"),
    "screenshot-heat-maps.png": ("Heat maps", 3, 1440, "dark"),
}


def main() -> int:
    """Write each picture anew."""
    with own_app() as app:
        for file, (tab, example, width, theme) in SHOTS.items():
            with opened(app.address, width, theme) as page:
                page.locator("#examples button").nth(example).click()
                button = page.get_by_role("tab", name=tab, exact=True).first
                seconds_to_rest(page, button.click, calm=3.0)
                page.mouse.move(5, 5)
                page.screenshot(path=FOLDER / file)
                print(FOLDER / file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
