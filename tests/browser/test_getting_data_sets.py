"""A data set of torchvision's, fetched by clicks from a server of ours, then answered about."""

import gzip
import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest
import torchvision.datasets
from playwright.sync_api import expect

from replearn.data.torchvision_sets import TORCHVISION
from tests.browser.conftest import ROOT, served
from tests.chromium import WAIT, best, choose, unfold_subject
from tests.data.tiny_mnist import mnist_files
from tests.encoders.small_hub import small_hub

NAME = "torchvision:FashionMNIST"
MEGABYTES = 3  # of 4,000 pictures of noise
NOWHERE = "http://127.0.0.1:9"  # nobody listens there


class Mirror:
    """A hub that holds the data set, and a file that tells downloads where to get it from."""

    def __init__(self, hub, told, files):
        self.hub, self.told = hub, told
        self.sums = [(name, hashlib.md5(content).hexdigest()) for name, content in files.items()]
        self.tell()

    def tell(self, **changed):
        """Say how the next download finds things."""
        usual = {"address": self.hub.address, "resources": self.sums, "free": None}
        self.told.write_text(json.dumps({**usual, "megabytes": MEGABYTES, **changed}))


@pytest.fixture(scope="module")
def mirror(tmp_path_factory):
    unpacked = mnist_files(train=4000, test=20)
    names = [name for name, _ in torchvision.datasets.FashionMNIST.resources]
    files = {name: gzip.compress(unpacked[name.removesuffix(".gz")]) for name in names}
    with small_hub({"data/fashion": files}) as hub:
        yield Mirror(hub, tmp_path_factory.mktemp("mirror") / "mirror.json", files)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def site(mirror, cache, tmp_path_factory):
    here = Path(__file__).parent / "redirected"
    environment = {
        "TEST_MIRROR": str(mirror.told),
        "PYTHONPATH": os.pathsep.join([str(here), ROOT]),
        "REPLEARN_CACHE_DIR": str(cache),
    }
    with served(tmp_path_factory.mktemp("site"), **environment) as found:
        yield found


@pytest.fixture(autouse=True)
def _nothing_fetched(mirror, cache):
    shutil.rmtree(cache / "datasets", ignore_errors=True)
    mirror.tell()


def press(panel, button):
    panel.get_by_role("button", name=button).click()


@pytest.mark.browser
@pytest.mark.parametrize(
    "opened", [(1440, "light"), (390, "dark")], indirect=True, ids=["1440", "390"]
)
def test_a_data_set_is_fetched_stopped_gone_on_with_and_answered_about(mirror, site, opened):
    page, panel = opened.page, opened.page.locator("#get-dataset section")
    page.goto(site.address)
    expect(best(page)).not_to_be_empty(timeout=WAIT)
    unfold_subject(page)
    page.locator("#dataset input").click()
    page.get_by_role("option", name="get another…").click()
    expect(panel.get_by_role("listitem")).to_have_count(len(TORCHVISION))
    press(panel, "FashionMNIST")
    expect(panel).to_contain_text(f"{NAME} isn't on this computer yet.")
    mirror.hub.pause = 0.5
    press(panel, f"download {TORCHVISION['FashionMNIST'].megabytes} MB")
    expect(panel).to_contain_text("MB/s", timeout=WAIT)
    expect(panel.get_by_role("progressbar")).to_be_visible()
    press(panel, "stop")
    expect(panel).to_contain_text("what is here is kept", timeout=WAIT)
    asked = len(mirror.hub.ranges)
    mirror.hub.pause = 0.0
    press(panel, "go on")
    expect(page.locator("#dataset input")).to_have_value(NAME, timeout=WAIT)
    assert mirror.hub.ranges[asked] > 0, "it began anew"
    expect(panel).to_be_hidden()
    page.locator("#dataset input").click()
    expect(page.get_by_role("option", name=NAME)).to_be_visible()
    page.keyboard.press("Escape")
    opened.tab("Many pictures")
    opened.unfold("button:has-text('Accuracy on a labelled folder')")
    opened.typed("evaluate-data", NAME)
    page.locator("#evaluate-run").click()
    summary = page.locator("#evaluate-summary")
    expect(summary).to_contain_text("n = 20", timeout=WAIT)
    expect(summary).to_contain_text("over 10 labels")
    assert not opened.errors
    assert not opened.outside
    assert not site.faults()


@pytest.mark.browser
def test_what_goes_wrong_is_said_and_the_next_try_brings_it(mirror, site, opened):
    page, panel = opened.page, opened.page.locator("#get-dataset section")
    page.goto(site.address)
    expect(best(page)).not_to_be_empty(timeout=WAIT)
    mirror.tell(address=NOWHERE)
    choose(page, "dataset", NAME)
    press(panel, "download")
    expect(panel).to_contain_text(f"There is no way to {NOWHERE} from here", timeout=WAIT)
    mirror.tell(free=1_000_000)
    press(panel, "go on")
    expect(panel).to_contain_text("takes about 9 MB until it is unpacked", timeout=WAIT)
    expect(panel).to_contain_text("1 MB are free")
    mirror.tell(resources=[(name, "0" * 32) for name, _ in mirror.sums])
    press(panel, "go on")
    expect(panel).to_contain_text("corrupted", timeout=WAIT)
    mirror.tell()
    mirror.hub.cut = 1_000_000
    press(panel, "go on")
    expect(panel).to_contain_text("the connection was closed after 1.0 of 3", timeout=WAIT)
    expect(page.locator("#dataset input")).to_have_value("emoji")
    mirror.hub.cut, asked = None, len(mirror.hub.ranges)
    press(panel, "go on")
    expect(page.locator("#dataset input")).to_have_value(NAME, timeout=WAIT)
    assert mirror.hub.ranges[asked] > 0, "it began anew"
    assert not opened.errors
    assert not site.faults()
