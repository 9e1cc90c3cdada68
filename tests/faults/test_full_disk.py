"""What is said, and kept, where the disk takes nothing more."""

import errno
import runpy
from pathlib import Path

import gradio as gr
import numpy as np
import pytest

from replearn import cli
from replearn.core.errors import InputError, TrainingError
from replearn.data.folder import Folder
from replearn.results.distortions import Trial
from replearn.store import lance_shelf, layouts, local_rows, table
from replearn.studies.answering import kept_trials
from replearn.studies.distortions.journal import Journal
from replearn.ui.frame import saving

MeanColour = runpy.run_path(str(Path(__file__).parents[1] / "store" / "mean_colour.py"))[
    "MeanColour"
]
TRIAL = Trial("a.png", "pixels", "1", "contrast", 0.5, "cat", "cat", 0.5, 0)


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "rows.csv")


def test_a_sweep_says_so_and_goes_on_from_what_is_there(tmp_path, full_disk):
    about = {"data": "shapes", "seed": 0}
    journal = Journal(tmp_path / "rows.csv", about)
    journal.append([TRIAL])
    size = journal.path.stat().st_size
    with full_disk(size + 10), pytest.raises(InputError, match=r"free some space and start"):
        journal.append([TRIAL])
    assert Journal(tmp_path / "rows.csv", about).read() == [TRIAL]


@pytest.mark.slow
def test_a_dictionary_says_so_and_leaves_no_half_model(own_cache, monkeypatch, full_disk):
    from replearn.encoders import lab
    from replearn.training import train
    from replearn.training.sparse_autoencoder.recipe import SaeRecipe

    write = SaeRecipe._write

    def without_room(*given):
        with full_disk():
            write(*given)

    monkeypatch.setattr(SaeRecipe, "_write", without_room)
    tiny = {"model": "pixels", "pictures": 100, "latents": 8, "k": 2, "steps": 2, "batch": 16}
    with pytest.raises(TrainingError, match=r"can't write to .*free some space"):
        train("sae", name="tried", **tiny)
    assert lab.run_names() == []


def test_a_decoder_says_so_and_goes_on_from_its_last_round(tmp_path, monkeypatch, full_disk):
    from safetensors.numpy import save_file

    from replearn.training import train
    from replearn.training.decoder.recipe import DecoderRecipe

    def without_room(self, out, progress):
        with full_disk():
            save_file({"a": np.ones(1000, np.float32)}, out / "decoder.safetensors")

    monkeypatch.setattr(DecoderRecipe, "_fit", without_room)
    with pytest.raises(TrainingError, match=r"free some space.*goes on from the last round"):
        train("decoder", tmp_path, "tried")
    assert not (tmp_path / "tried" / "pid").exists()


@pytest.mark.slow
def test_an_index_without_room_is_one_sentence_and_the_vectors_stay(
    pictures, own_cache, monkeypatch
):
    monkeypatch.setattr(local_rows, "BLOCK", 4)
    monkeypatch.setattr(table, "EXACT_LIMIT", 10)
    monkeypatch.setattr(lance_shelf, "EXACT_LIMIT", 10)
    monkeypatch.setattr(lance_shelf, "up_to_date_index", full)
    encoder = MeanColour()
    for _ in range(2):
        with pytest.raises(InputError, match="need room on disk; free some"):
            table.embed(Folder(pictures), encoder)
    assert encoder.passes == 12


def test_a_map_and_answers_are_shown_and_not_kept(own_cache, monkeypatch, caplog):
    layout = layouts.Layout(np.zeros((3, 2), np.float32), {}, np.zeros(3, np.float32))
    with monkeypatch.context() as patch:
        patch.setattr(layouts.np, "savez", full)
        layouts.keep_layout(layout, "pca-3.npz")
    monkeypatch.setattr(kept_trials, "write_trials", full)
    drawn = kept_trials.Drawn("shapes", "1", 1, 0)
    kept_trials._keep(drawn, kept_trials.Condition("contrast", 0.5), [TRIAL])
    assert [("No space left" in record.message) for record in caplog.records] == [True, True]
    assert not list(own_cache.rglob("*.part"))


def test_a_save_button_and_a_command_are_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(saving, "new_file", full)
    with pytest.raises(gr.Error) as caught:
        saving.save_predictions([])
    assert "No space left on device); free some space" in caught.value.message
    monkeypatch.setattr("replearn.commands.models.run", full)
    assert cli.main(["models"]) == 2
    said = capsys.readouterr().err
    assert said == "rows.csv: No space left on device; free some space, or name another place.\n"
