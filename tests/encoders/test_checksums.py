"""Weights that ship are what was recorded of them."""

import shutil

import pytest

from replearn.core.assets import asset_path, assets_folder
from replearn.core.errors import ModelError
from replearn.encoders import checksums, lab
from replearn.encoders.photo_clip import model as photo_clip
from replearn.visualisations.decoders.opened import load_decoder


@pytest.fixture
def own_assets(tmp_path, monkeypatch):
    for name in ("shapes-simclr", "shapes-supervised-decoder", "photo-clip"):
        shutil.copytree(asset_path(name), tmp_path / name)
    shutil.copy(assets_folder() / checksums.FILE, tmp_path)
    monkeypatch.setenv("REPLEARN_ASSETS", str(tmp_path))
    checksums._checked.cache_clear()
    yield tmp_path
    checksums._checked.cache_clear()


def test_all_that_ships_is_recorded_and_right():
    known = checksums.read_checksums(assets_folder() / checksums.FILE)
    there = {f"{one.parent.name}/{one.name}" for one in assets_folder().glob("*/*.safetensors")}
    assert set(known) == there
    for folder in {one.parent for one in assets_folder().glob("*/*.safetensors")}:
        checksums.check_weights(folder)


def test_weights_that_differ_are_one_sentence(own_assets):
    for path in own_assets.glob("*/*.safetensors"):
        whole = bytearray(path.read_bytes())
        whole[-1] ^= 1
        path.write_bytes(whole)
    opened = (
        lambda: lab.load("shapes-simclr", own_assets / "shapes-simclr"),
        photo_clip.load,
        lambda: load_decoder("shapes-supervised-decoder"),
    )
    for one in opened:
        with pytest.raises(ModelError, match=r"isn't what was shipped .*install replearn again"):
            one()


def test_they_are_read_once_in_a_process_and_runs_of_ones_own_never(own_assets, monkeypatch):
    folder = own_assets / "shapes-simclr"
    checksums.check_weights(folder)
    monkeypatch.setattr(checksums, "_sha256", lambda path: pytest.fail("it was read again"))
    checksums.check_weights(folder)
    checksums.check_weights(own_assets / "runs" / "mine")


def test_what_is_built_is_recorded(own_assets):
    folder = own_assets / "shapes-simclr"
    (folder / "model.safetensors").write_bytes(b"other weights")
    checksums.record_weights(folder)
    checksums.check_weights(folder)
    text = (own_assets / checksums.FILE).read_text()
    assert text.count("\n") == len(checksums.read_checksums(own_assets / checksums.FILE))
