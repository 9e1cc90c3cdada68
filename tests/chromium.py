"""A Chromium for the tests: how it is started, and what a visitor does first."""

import shutil

from replearn.data.photos import Photos

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
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
TABS = [
    "Zero-shot",
    "Heat maps",
    "Parts",
    "Map",
    "Distortions",
    "Shape",
    "Invariance",
    "Generalisation",
    "Training",
    "Many pictures",
    "Models",
]


def best(page):
    """Return the label that is answered first."""
    return page.locator("#answer tbody th").first


def example(page, name):
    """Click on an example photograph."""
    photos = Photos()
    page.locator("#examples button").nth(photos.index(name)).click()


def upload(page, path):
    """Upload a picture in place of the one that is there."""
    remove = page.locator("#picture").get_by_label("Remove Image")
    if remove.count():
        remove.click()
    page.locator("#picture input[type=file]").set_input_files(str(path))
