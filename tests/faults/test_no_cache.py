"""A cache that can't be written to: the app works from memory, and says what it can't do."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from replearn.core.errors import InputError, OfflineError, ReplearnError
from replearn.data import downloads
from replearn.data.folder import Folder
from replearn.encoders import engines
from replearn.store import encoded, layouts, table
from replearn.studies.answering import kept_trials
from replearn.studies.training.runs import all_runs, start_run
from replearn.training import train

MeanColour = runpy.run_path(str(Path(__file__).parents[1] / "store" / "mean_colour.py"))[
    "MeanColour"
]


def test_what_is_computed_stays_in_memory(nowhere, pictures):
    encoder = MeanColour()
    table._open.clear()
    found = table.embed(Folder(pictures), encoder)
    assert table.embed(Folder(pictures), encoder) is found
    assert encoder.passes == 12
    encoded.text_cache.cache_clear()
    assert encoded.text_cache()._file is None
    encoded.text_cache.cache_clear()
    layouts.keep_layout(layouts.Layout(np.zeros((3, 2)), {}, np.zeros(3)), "pca-3.npz")
    assert layouts.find_layout("pca-3.npz") is None
    drawn, condition = kept_trials.Drawn("a", "1", 1, 0), kept_trials.Condition("contrast", 0.5)
    kept_trials._keep(drawn, condition, [])
    engine = engines.choose_engine("auto", "float32", nowhere)
    assert getattr(engine, "folder", None) is None
    assert all_runs() == []


def test_what_must_be_kept_is_refused_in_one_sentence(nowhere, monkeypatch):
    from replearn.distortions.geirhos2018 import MANIPULATIONS
    from replearn.training.matrix.pictures import manipulated

    with pytest.raises(InputError, match=r"no place to keep a run.*--cache-dir"):
        start_run("simclr", "mine", {})
    with pytest.raises(InputError, match=r"can't be made .*choose another --out"):
        train("simclr", name="mine")
    monkeypatch.setattr(downloads, "reachable", lambda _: True)
    with pytest.raises(OfflineError, match="broke off"):
        downloads.download_dataset("torchvision:MNIST", say=lambda _: None)
    with pytest.raises(ReplearnError, match=r"can't be kept in .*--cache-dir"):
        manipulated(MANIPULATIONS[0], "test")
