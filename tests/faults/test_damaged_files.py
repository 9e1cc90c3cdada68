"""Files that are cut off, empty, or of something else: made anew, or one sentence."""

import json
import shutil

import numpy as np
import pytest
import torch

from replearn.core.assets import asset_path
from replearn.core.errors import InputError, ModelError, TrainingError
from replearn.data.lexicon import table as lexicon
from replearn.encoders import lab
from replearn.encoders.engines import OpenVinoEngine, TorchEngine, choose_engine
from replearn.encoders.registry import models
from replearn.results.rows.training import read_rows
from replearn.store import layouts
from replearn.store.vector_cache import VectorCache
from replearn.studies.training.run_state import run_state
from replearn.training.checkpoint import read_checkpoint, write_checkpoint
from replearn.training.live import read_live


def ways(whole: bytes) -> dict[str, bytes]:
    """Return what may stand in a file's place."""
    middle = len(whole) // 2
    turned = whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]
    return {"empty": b"", "half": whole[:middle], "text": b"something else", "turned": turned}


@pytest.mark.parametrize("way", ["empty", "half", "text", "array", "foreign"])
def test_a_layout_is_computed_anew(own_cache, way, caplog):
    folder = own_cache / "layouts"
    folder.mkdir(parents=True)
    layout = layouts.Layout(np.zeros((3, 2), np.float32), {}, np.zeros(3, np.float32))
    layouts.keep_layout(layout, "pca-3.npz", folder)
    path = folder / "pca-3.npz"
    if way == "array":
        with path.open("wb") as file:
            np.save(file, np.zeros(3))
    elif way == "foreign":
        np.savez(path, something=np.zeros(3))
    else:
        path.write_bytes(ways(path.read_bytes())[way])
    assert layouts.find_layout("pca-3.npz") is None
    assert "computed anew" in caplog.text


@pytest.mark.parametrize("way", ["empty", "half", "text", "foreign", "list", "of others"])
def test_a_checkpoint_is_one_sentence(tmp_path, way):
    state = {"method": {}, "optimizer": {}, "epochs": 1, "settings": "mine"}
    write_checkpoint(tmp_path, state)
    path = tmp_path / "checkpoint.pt"
    if way in {"foreign", "list"}:
        torch.save({"settings": "mine"} if way == "foreign" else [1], path)
    elif way != "of others":
        path.write_bytes(ways(path.read_bytes())[way])
    said = "other settings" if way == "of others" else "remove it to start anew"
    with pytest.raises((TrainingError, InputError), match=said):
        read_checkpoint(tmp_path, "others" if way == "of others" else "mine", "cpu")


CARDS = {
    "cut off": '{"summary": ',
    "list": "[1]",
    "texts for numbers": json.dumps(
        {
            **dict.fromkeys(("summary", "trained_on", "licence", "published", "paper"), ""),
            **{"image_parameters": "many", "text_parameters": "", "capabilities": []},
        }
    ),
    "other keys": '{"capabilities": ["image"]}',
    "no text": b"\xff\xfe".decode("latin-1"),
}


@pytest.mark.parametrize("way", CARDS)
def test_a_run_folder_is_left_out_of_the_list_and_refused(own_cache, way):
    folder = own_cache / "runs" / "odd"
    folder.mkdir(parents=True)
    (folder / "card.json").write_text(CARDS[way], encoding="utf-8")
    assert "run:odd" not in {row.name for row in models()}
    with pytest.raises(ModelError, match="isn't a model's card"):
        lab.load("run:odd", folder)


def test_files_of_a_run_that_are_damaged_leave_the_rest(own_cache):
    folder = own_cache / "runs" / "odd"
    shutil.copytree(asset_path("shapes-simclr"), folder)
    (folder / "batch.npz").write_bytes(b"PK cut off")
    (folder / "maps.npz").write_bytes(b"")
    (folder / "recipe.json").write_text('{"recipe": ')
    assert read_live(folder / "batch.npz") is None
    found = run_state("odd")
    assert found.rows
    assert found.cosines is None
    (folder / "rows.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="isn't the curve of a run; remove it"):
        read_rows(folder)


@pytest.mark.parametrize("way", ["empty", "half", "text"])
def test_the_lexicon_is_one_sentence(tmp_path, monkeypatch, way):
    path = tmp_path / "nouns.tsv.gz"
    path.write_bytes(ways(lexicon.lexicon_path().read_bytes())[way])
    monkeypatch.setattr(lexicon, "lexicon_path", lambda: path)
    lexicon.lexicon.cache_clear()
    try:
        if way == "empty":  # an empty file is an empty table to gzip
            assert lexicon.lexicon().rows == {}
        else:
            with pytest.raises(ModelError, match=r"nouns\.tsv\.gz is damaged"):
                lexicon.lexicon()
    finally:
        lexicon.lexicon.cache_clear()


def test_vectors_of_texts_that_are_cut_off_are_computed_anew(tmp_path):
    cache = VectorCache(tmp_path / "v.sqlite")
    cache.put("m", {"a": np.ones(2, np.float32), "b": np.ones(2, np.float32)})
    cache._file.execute("UPDATE vectors SET vector = x'0102' WHERE key = 'a'")
    cache._file.commit()
    assert set(VectorCache(tmp_path / "v.sqlite").get("m", ["a", "b"])) == {"b"}


def small_network() -> torch.nn.Module:
    torch.manual_seed(0)
    layers = torch.nn.Conv2d(3, 4, 3), torch.nn.Flatten(), torch.nn.Linear(4 * 36, 5)
    return torch.nn.Sequential(*layers).eval()


PIXELS = np.random.default_rng(0).normal(size=(2, 3, 8, 8)).astype(np.float32)
FREE = frozenset({0})


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".xml", ".bin"])
def test_a_converted_network_is_made_anew(tmp_path, suffix):
    pytest.importorskip("openvino", reason="OpenVINO runs networks where it is installed")
    engine = OpenVinoEngine(tmp_path, "float32")
    true = engine.compile(small_network, PIXELS, FREE, "k")(PIXELS)
    (path,) = tmp_path.glob(f"*{suffix}")
    whole = path.read_bytes()
    for way in ("half", "text"):
        path.write_bytes(ways(whole)[way])
        found = engine.compile(small_network, PIXELS, FREE, "k")(PIXELS)
        np.testing.assert_allclose(found, true, atol=1e-4)


def test_without_openvino_torch_gives_the_answers(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("replearn.encoders.engines._accelerator", lambda: None)
    with monkeypatch.context() as patch:
        patch.setattr("importlib.util.find_spec", lambda name: None)
        assert isinstance(choose_engine("auto", "float32", tmp_path), TorchEngine)

    def broken():
        raise ImportError("libopenvino.so can't be loaded")

    monkeypatch.setattr("replearn.encoders.engines._openvino", broken)
    run = OpenVinoEngine(tmp_path, "float32").compile(small_network, PIXELS, FREE, "k")
    with torch.inference_mode():
        np.testing.assert_allclose(
            run(PIXELS), small_network()(torch.from_numpy(PIXELS)), atol=1e-4
        )
    assert "torch runs the network instead" in caplog.text
