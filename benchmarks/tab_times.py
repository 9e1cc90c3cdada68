"""Seconds from a click until each tab's first view rests: python -m benchmarks.tab_times.

Twice on a page of its own in one app: when nothing was opened before, and as another visitor's
first view. The panels that open with what ships are unfolded too.
"""

import sys
from typing import Any

from benchmarks.own_app import opened, own_app, seconds_to_rest
from benchmarks.record import keep

TABS = {
    "Training": "",
    "Many pictures": "",
    "Map": "",
    "Heat maps": "",
    "Parts": "",
    "Dreams": "",
    "Distortions": "",
    "Invariance": "",
    "Shape": "",
    "Generalisation": "",
    "Groups": "By prompt",  # the audit
}


def measured(page: Any) -> dict[str, float]:
    """Return the seconds of each tab, and of the panel that is unfolded in it."""
    found = {}
    for tab, panel in TABS.items():
        button = page.get_by_role("tab", name=tab, exact=True).first
        found[tab] = seconds_to_rest(page, button.click)
        if panel:
            heading = page.locator(f"button.label-wrap:has-text('{panel}')").first
            found[f"{tab}: {panel}"] = seconds_to_rest(page, heading.click)
    return found


def main() -> int:
    """Print and keep the table."""
    figures: dict[str, float | int | str] = {}
    with own_app() as app:
        for visitor in ("first", "second"):
            with opened(app.address) as page:
                for name, seconds in measured(page).items():
                    figures[f"{name}, {visitor}"] = round(seconds, 2)
    keep("tab_times", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
