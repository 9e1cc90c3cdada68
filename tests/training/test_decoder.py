"""A decoder's training: its loss written slowly, and from a run to a prior."""

import json

import numpy as np
import pytest
import torch

from replearn.core.errors import CapabilityError, InputError
from replearn.data import load_dataset
from replearn.encoders.lab import run_names
from replearn.encoders.registry import models
from replearn.results.rows.training import read_rows
from replearn.training import configured, train
from replearn.training.decoder.method import DecoderMethod
from replearn.training.decoder.network import watched_network
from replearn.training.recipes.method import Views
from replearn.visualisations.decoders.code import Code
from replearn.visualisations.decoders.folders import decoders_of
from replearn.visualisations.decoders.network import Decoder
from replearn.visualisations.decoders.opened import load_decoder

TINY = {
    "epochs": 2,
    "epoch_pictures": 32,
    "batch": 8,
    "scenes": 256,
    "width": 4,
    "components": 16,
    "alone": 0.5,
}


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))


def method(alone):
    network = watched_network("shapes-supervised", "", 1)
    pictures = torch.rand(24, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        code = Code(384, 6)
        code.fit(network.means(network.seen(pictures)))
    torch.manual_seed(0)
    found = DecoderMethod(network, code, Decoder(6, 64, 4), 0.3, 0.2, noise=0.0, alone=alone)
    return found, pictures[:4]


def test_the_loss_is_pixels_first_and_then_responses_too():
    trained, pictures = method(alone=1)
    trained.eval()
    views = Views((2 * pictures - 1,), torch.zeros(4), ("",) * 4)
    pixels = float(trained.loss(views)[0].detach())
    made = trained.rebuilt(pictures).detach()
    slow = np.abs(made.numpy() - pictures.numpy()).mean()
    assert pixels == pytest.approx(slow, rel=1e-4)
    trained.after_step()
    with torch.no_grad():
        seen, again = trained.network.seen(pictures), trained.network.seen(made)
        first = trained.network.layers[0]
        early = np.abs(again[first] - seen[first]).mean() / np.abs(seen[first]).mean()
        codes = [trained.code(trained.network.means(one)) for one in (seen, again)]
    whole = slow + 0.3 * float(early) + 0.2 * float(((codes[0] - codes[1]) ** 2).mean())
    assert float(trained.loss(views)[0].detach()) == pytest.approx(whole, rel=1e-3)


def test_the_network_is_neither_trained_nor_kept_nor_moved_to_another_mode():
    trained, pictures = method(alone=0)
    before = [value.clone() for value in trained.network.tower.state_dict().values()]
    trained.train()
    loss, first, second = trained.loss(Views((2 * pictures - 1,), torch.zeros(4), ("",) * 4))
    loss.backward()
    assert not trained.network.tower.training
    assert all(part.grad is None for part in trained.network.tower.parameters())
    assert all(part.grad is not None for part in trained.decoder.parameters())
    after = trained.network.tower.state_dict().values()
    assert all(torch.equal(one, other) for one, other in zip(before, after, strict=True))
    assert not any("network" in name for name in trained.state_dict())
    torch.testing.assert_close(first.norm(dim=1), torch.ones(4))
    assert second.shape == first.shape


@pytest.mark.slow
def test_a_run_becomes_a_prior_goes_on_and_is_no_model():
    folder = train("decoder", name="tried", **TINY)
    assert decoders_of("shapes-supervised")[-1] == "run:tried"
    assert "tried" not in run_names()
    assert "run:tried" not in {row.name for row in models()}
    found = load_decoder("run:tried")
    assert found.model == "shapes-supervised"
    assert len(found.layers) == 5
    assert found.side == 64
    rows = read_rows(folder)
    assert rows[-1].step == 8
    assert rows[-1].probe is not None
    metrics = json.loads((folder / "metrics.json").read_text())
    assert "dB" in next(iter(metrics["figures"]))
    assert metrics["pictures shown"] == 64
    first = (folder / "decoder.safetensors").read_bytes()
    again = train("decoder", name="tried", **TINY)  # finished: nothing is learnt anew
    assert (again / "decoder.safetensors").read_bytes() == first


@pytest.mark.slow
def test_a_decoder_learns_from_any_pictures_and_for_a_transformer(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    data = load_dataset("shapes")
    for row in range(40):
        data[row].image.save(folder / f"{row}.png")
    settings = TINY | {"model": "shapes-clip", "dataset": f"folder:{folder}", "side": 32}
    train("decoder", name="clip", **settings)
    found = load_decoder("run:clip")
    assert found.layers[-1] == "outputs"
    assert found.decoder(torch.zeros(1, 16)).shape == (1, 3, 32, 32)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"side": 60}, "side is 60; it must be a multiple of 16"),
        ({"components": 1}, "components is 1; it goes from 2"),
        ({"alone": 2}, r"alone is 2\.0; it goes from 0 to 1"),
        ({"model": "shapes-klip"}, "Did you mean shapes-clip"),
        ({"layers": "network.layer9"}, "no layer 'network.layer9'; there are network.conv1"),
        ({"model": "pixels"}, "pixels"),
        ({"colour": 3}, "decoder has no setting 'colour'"),
    ],
)
def test_settings_that_cannot_be_are_one_sentence(settings, said, tmp_path):
    with pytest.raises((InputError, CapabilityError), match=said):
        train("decoder", tmp_path, "wrong", **TINY | settings)


def test_the_recipe_says_how_to_run_it():
    said = type(configured("decoder", {})).__doc__
    assert "python -m replearn train decoder" in said
    assert "minutes" in said
