"""Fetching a model from a hub of our own on 127.0.0.1: whole, cut off, resumed, refused."""

import hashlib
import os
import subprocess
import sys
import time
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from replearn.core.errors import InputError, ModelError, OfflineError
from replearn.encoders import downloads
from replearn.encoders.catalogue import CATALOGUE
from replearn.encoders.hub.cache import cached_models
from replearn.encoders.hub.fetching import HubFile
from replearn.encoders.registry import load_model, models
from replearn.encoders.transfers import Transfer, transfer
from tests.encoders.small_hub import SmallHub, small_hub, tiny_files

pytestmark = pytest.mark.slow

NAME = "hf-hub:someone/tiny"
OURS = f"open_clip:{NAME}"
FILES = tiny_files()
WEIGHTS = FILES["open_clip_model.safetensors"]


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallHub]:
    """A hub and an empty cache of its own; here and in the downloads' processes."""
    from huggingface_hub import constants

    cache = tmp_path / "hub-cache"
    catalogued = {CATALOGUE[0].hub.rstrip("/"): {**FILES}}
    with small_hub({"someone/tiny": FILES, "someone/text": {"a.txt": b"a"}, **catalogued}) as found:
        for name, value in {
            "HF_ENDPOINT": found.address,
            "HF_HUB_CACHE": str(cache),
            "HF_HUB_DISABLE_XET": "1",
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(cache))
        yield found


def fetched(name: str = NAME) -> tuple[int, str]:
    """Run the command that fetches a model; return its status and its last line."""
    done = subprocess.run(
        [sys.executable, "-m", "replearn", "download", name, "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HF_HUB_OFFLINE": "0"},
    )
    return done.returncode, (done.stdout + done.stderr).strip().splitlines()[-1]


def part(hub_cache: Path) -> Path:
    return next(hub_cache.rglob("*.replearn-part"))


def ended(one: Transfer) -> Transfer:
    while not one.state.ended:
        time.sleep(0.05)
    return one


def test_a_model_is_fetched_listed_and_opened(hub: SmallHub) -> None:
    with pytest.raises(OfflineError, match=f"python -m replearn download {OURS}"):
        load_model(NAME)
    assert fetched() == (0, f"{OURS} is on this computer now.")
    assert cached_models() == [OURS]
    assert OURS in {row.name for row in models() if row.on_disk}
    encoder = load_model(f"https://huggingface.co/{NAME.removeprefix('hf-hub:')}")
    assert encoder.name == OURS
    assert encoder.encode_text(["a cat"]).shape == (1, 32)
    np.testing.assert_allclose(encoder.preprocessing.mean, 0.5)  # as its configuration says


def test_what_was_cut_off_goes_on_where_it_was(hub: SmallHub, tmp_path: Path) -> None:
    hub.cut, hub.answers = 5_000_000, 1
    status, said = fetched()
    assert status == 2
    assert said == (
        f"The connection broke off after 5.0 of {len(WEIGHTS) / 1e6:.1f} MB; go on when there is a "
        "network, what is here is kept."
    )
    assert part(tmp_path).read_bytes() == WEIGHTS[:5_000_000]
    assert cached_models() == []
    hub.answers = None
    hub.ranges.clear()
    assert fetched()[0] == 0
    assert hub.ranges == list(range(5_000_000, len(WEIGHTS), 5_000_000))  # never what is here
    blob = (tmp_path / "hub-cache").rglob("open_clip_model.safetensors")
    assert hashlib.sha256(next(blob).read_bytes()).digest() == hashlib.sha256(WEIGHTS).digest()
    assert not list(tmp_path.rglob("*.replearn-part*"))


def test_a_wrong_checksum_is_removed_and_said(hub: SmallHub, tmp_path: Path) -> None:
    hub.wrong = True
    status, said = fetched()
    assert (status, "came damaged" in said) == (2, True)
    assert not list(tmp_path.rglob("*.replearn-part"))
    assert cached_models() == []


def test_a_full_disk_is_said_and_what_is_here_is_kept(
    hub: SmallHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = tmp_path / "hub-cache" / "models--someone--tiny" / "blobs"
    blobs.mkdir(parents=True)
    name = hashlib.sha256(WEIGHTS).hexdigest()
    (blobs / f"{name}.replearn-part").symlink_to("/dev/full")
    status, said = fetched()
    assert (status, said[:28]) == (2, "The disk is full: 14 MB more")


def test_a_model_that_does_not_fit_on_the_disk_is_refused_before(
    hub: SmallHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = namedtuple("free", "free")
    monkeypatch.setattr(downloads.shutil, "disk_usage", lambda _: free(1_000_000))
    files = [HubFile("someone/tiny", "open_clip_model.safetensors", 13_000_000)]
    with pytest.raises(InputError, match=r"someone/tiny takes 13 MB and 1 MB are free; .*HF_HOME"):
        downloads.need_space("someone/tiny", files)


def test_no_network_is_one_sentence(hub: SmallHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert fetched() == (
        2,
        "There is no network; photo-clip and imagenet work without one, everything else waits.",
    )
    monkeypatch.setenv("REPLEARN_OFFLINE", "1")
    assert "--offline" in fetched()[1]


def test_what_the_hub_does_not_have_is_one_sentence(hub: SmallHub) -> None:
    assert "no model called someone/nothing" in fetched("hf-hub:someone/nothing")[1]
    assert "neither an OpenCLIP model" in fetched("hf-hub:someone/text")[1]
    assert "OpenCLIP has no weights called ViT-B-32/nothing" in fetched("ViT-B-32/nothing")[1]
    assert "needs no download" in fetched("photo-clip")[1]


def test_a_model_of_the_catalogue_comes_by_its_short_name(hub: SmallHub) -> None:
    assert fetched("ViT-B-32") == (0, f"{CATALOGUE[0].name} is on this computer now.")
    assert cached_models() == [CATALOGUE[0].name]
    with pytest.raises(ModelError, match="doesn't fit ViT-B-32: its position"):
        load_model("ViT-B-32")  # the tiny weights lie in its place


def test_two_who_ask_share_a_download_that_can_be_stopped(hub: SmallHub, tmp_path: Path) -> None:
    hub.pause = 0.05
    one = transfer(OURS)
    assert transfer(OURS) is one
    while one.state.done < 2_000_000:
        assert not one.state.ended, one.state
        time.sleep(0.05)
    assert one.state.total == len(WEIGHTS) + len(FILES["open_clip_config.json"])
    one.stop()
    assert one.state.kind == "stopped"
    kept = part(tmp_path).stat().st_size
    assert kept >= 2_000_000
    hub.pause = 0
    hub.ranges.clear()
    again = ended(transfer(OURS))
    assert again is not one
    assert (again.state.kind, hub.ranges) == ("here", [kept])


def test_a_transfer_that_fails_says_why(hub: SmallHub) -> None:
    state = ended(transfer("open_clip:hf-hub:someone/nothing")).state
    assert state.kind == "failed"
    assert "no model called someone/nothing" in state.said
