"""A Chromium for the tests: how it is started, and what a visitor does first."""

import shutil

import pytest

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
WAIT = 150_000  # milliseconds; the first answer imports torch on a busy machine
TABS = [
    "Training",
    "Zero-shot",
    "Many pictures",
    "Map",
    "Heat maps",
    "Parts",
    "Dreams",
    "Distortions",
    "Invariance",
    "Shape",
    "Generalisation",
    "Groups",
    "Models",
]


# a minute each and more, where everything there is gets pressed or changed
LONG = (
    *("Map", "Heat maps", "Parts", "Dreams", "Distortions", "Invariance", "Groups"),
    *("Training", "Generalisation"),
)


def each_tab(but=()):
    """Return the tabs as a test's parameters; those that take long aren't in the usual run."""
    return [
        pytest.param(tab, marks=[pytest.mark.long] if tab in LONG else [])
        for tab in TABS
        if tab not in but
    ]


def best(page):
    """Return the label that is answered first."""
    return page.locator("#answer tbody th").first


def unfold_subject(page):
    """Unfold the bar of picture, model and data set, if it isn't yet."""
    if page.locator("#subject.rl-open").count() == 0:
        page.locator("#subject-more").click()
        page.locator("#subject.rl-open").wait_for()


def choose(page, elem_id, text):
    """Type a name into a list and take it."""
    if not page.locator(f"#{elem_id}").is_visible():
        unfold_subject(page)  # on a phone
    box = page.locator(f"#{elem_id} input")
    box.click()
    box.fill(text)
    box.press("Enter")


def pick(page, elem_id, name):
    """Take a name from a list by mouse."""
    if not page.locator(f"#{elem_id}").is_visible():
        unfold_subject(page)  # on a phone
    page.locator(f"#{elem_id} input").first.click()
    page.get_by_role("option", name=name, exact=True).click()


def example(page, name):
    """Click on an example photograph."""
    photos = Photos()
    if not page.locator("#examples").is_visible():
        unfold_subject(page)  # on a phone
    page.locator("#examples button").nth(photos.index(name)).click()


def upload(page, path):
    """Upload a picture in place of the one that is there."""
    unfold_subject(page)
    remove = page.locator("#picture").get_by_label("Remove Image")
    if remove.count():
        remove.click()
    page.locator("#picture input[type=file]").set_input_files(str(path))
