"""The dictionary: against the paper's formulas written slowly, and from a run to a model."""

import json

import numpy as np
import pytest
import torch

from replearn.core.errors import CapabilityError, InputError, ModelError
from replearn.data import load_dataset
from replearn.encoders.registry import load_model, models
from replearn.encoders.small.sparse_autoencoder import SparseAutoencoder, top_k
from replearn.studies.answering.layers import layers_worth_showing
from replearn.studies.parts.units.unit import unit
from replearn.training import configured, train
from replearn.training.sparse_autoencoder.fitting import (
    Fit,
    dead_share,
    explained_variance,
    fitted,
    geometric_median,
)
from replearn.training.sparse_autoencoder.loss import AUXILIARY, sparse_loss, without_growth

TINY = {"pictures": 128, "steps": 12, "latents": 40, "k": 4, "batch": 32}


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))


def autoencoder(seed, width=6, latents=11, k=3):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        found = SparseAutoencoder(width, latents, k)
        with torch.no_grad():
            found.encoder.add_(0.3 * torch.randn(latents, width))
            found.bias.copy_(torch.randn(width))
    return found


def slow_latents(network, vector):
    """TopK(ReLU(W (x - b))), one number after another."""
    called = []
    for row in network.encoder.tolist():
        called.append(
            sum(w * (x - b) for w, x, b in zip(row, vector, network.bias.tolist(), strict=True))
        )
    best = sorted(range(len(called)), key=lambda i: -called[i])[: network.k]
    return called, [max(v, 0.0) if i in best else 0.0 for i, v in enumerate(called)]


def slow_sum(network, latents):
    rows = network.decoder.tolist()
    return [sum(z * row[j] for z, row in zip(latents, rows, strict=True)) for j in range(6)]


def slow_loss(network, vectors, dead, most):
    total = 0.0
    for vector in vectors.tolist():
        called, latents = slow_latents(network, vector)
        written = slow_sum(network, latents)
        left = [x - w - b for x, w, b in zip(vector, written, network.bias.tolist(), strict=True)]
        total += sum(e * e for e in left)
        asked = sorted((i for i in range(len(called)) if dead[i]), key=lambda i: -called[i])[:most]
        if asked:
            second = [max(v, 0.0) if i in asked else 0.0 for i, v in enumerate(called)]
            guess = slow_sum(network, second)
            total += AUXILIARY * sum((e - g) ** 2 for e, g in zip(left, guess, strict=True))
    return total / len(vectors)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("most", [1, 3, 99])
def test_forward_and_both_losses_equal_the_slow_ones(seed, most):
    network = autoencoder(seed)
    vectors = torch.randn(9, 6, generator=torch.Generator().manual_seed(seed))
    dead = torch.arange(11) % 3 == seed % 3
    slow = [slow_latents(network, vector)[1] for vector in vectors.tolist()]
    np.testing.assert_allclose(network.encode(vectors).detach(), slow, atol=1e-5)
    loss, used = sparse_loss(network, vectors, dead, most)
    assert loss.item() == pytest.approx(slow_loss(network, vectors, dead, most), rel=1e-5)
    assert used.tolist() == (np.array(slow) > 0).any(0).tolist()
    alive, _ = sparse_loss(network, vectors, torch.zeros(11, dtype=torch.bool), most)
    assert alive.item() == pytest.approx(slow_loss(network, vectors, [False] * 11, most), rel=1e-5)


def test_the_encoder_alone_gives_the_same_latents():
    network = autoencoder(5)
    vectors = torch.randn(7, 2, 6)
    with torch.no_grad():
        torch.testing.assert_close(network.features().of(vectors), network.encode(vectors))


def test_dead_latents_alone_get_the_second_loss_gradient():
    network = autoencoder(1)
    vectors = torch.randn(20, 6, generator=torch.Generator().manual_seed(1))
    used = sparse_loss(network, vectors, torch.zeros(11, dtype=torch.bool), 3)[1]
    network.zero_grad()
    sparse_loss(network, vectors, ~used, 3)[0].backward()
    moved = network.encoder.grad.abs().sum(1) > 0
    called = (network.before_top_k(vectors) > 0).any(0)
    assert (moved == (used | called)).all()


def test_a_decoders_gradient_never_lengthens_it():
    network = autoencoder(2)
    sparse_loss(network, torch.randn(8, 6), torch.zeros(11, dtype=torch.bool), 3)[0].backward()
    without_growth(network)
    along = (network.decoder.grad * network.decoder).sum(1)
    torch.testing.assert_close(along, torch.zeros(11), atol=1e-5, rtol=0)


def test_top_k_keeps_the_highest_positive_ones():
    values = torch.tensor([[3.0, -1, 2, 5], [-4, -3, -2, 1]])
    assert top_k(values, 2).tolist() == [[3, 0, 0, 5], [0, 0, 0, 1]]
    assert top_k(values, 9).tolist() == [[3, 0, 2, 5], [0, 0, 0, 1]]


def test_the_geometric_median_is_the_point_of_least_distance():
    points = torch.randn(40, 3, generator=torch.Generator().manual_seed(0)) ** 3
    found = geometric_median(points)
    least = (points - found).norm(dim=1).sum()
    for step in 0.02 * torch.randn(50, 3, generator=torch.Generator().manual_seed(1)):
        assert (points - found - step).norm(dim=1).sum() >= least - 1e-4
    assert (points - points.mean(0)).norm(dim=1).sum() > least


@pytest.mark.slow
def test_directions_that_the_vectors_are_made_of_are_found():
    random = torch.Generator().manual_seed(3)
    true = torch.nn.functional.normalize(torch.randn(24, 16, generator=random), dim=1)
    strength = torch.rand(6000, 24, generator=random) + 0.5
    shown = torch.rand(6000, 24, generator=random).topk(2, dim=1).indices
    weights = torch.zeros(6000, 24).scatter(1, shown, 1.0) * strength
    vectors = 7 * (weights @ true) + 3
    fit = Fit(latents=48, k=2, steps=1500, batch=128, learning_rate=3e-3, seed=0)
    before = fitted(vectors, Fit(48, 2, 1, 128, 1e-7, 0))
    network = fitted(vectors, fit)
    cosines = (true @ network.decoder.T).max(1).values
    assert (cosines > 0.95).float().mean() > 0.8
    assert explained_variance(network, vectors) > 0.9 > explained_variance(before, vectors)
    assert 0 <= dead_share(network, vectors) < 0.5
    torch.testing.assert_close(network.decoder.norm(dim=1), torch.ones(48))
    again = fitted(vectors, fit)
    assert torch.equal(again.encoder, network.encoder)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "layer", "shape"),
    [
        ("shapes-clip", "", (1, 1)),
        ("shapes-clip", "network.blocks.2", (8, 8)),
        ("shapes-supervised", "last feature map", (4, 4)),
        ("pixels", "", (1, 1)),
    ],
)
def test_a_run_opens_as_a_model_whose_units_are_the_features(model, layer, shape):
    folder = train("sae", name="tried", model=model, layer=layer, **TINY)
    assert "run:tried" in {row.name for row in models()}
    encoder = load_model("run:tried")
    assert layers_worth_showing("run:tried") == ("features",)
    picture = load_dataset("shapes")[5].image
    pixels = encoder.preprocess([picture])
    below = load_model(model)
    whole = encoder.autoencoder()
    maps = encoder.tower().features(torch.from_numpy(pixels))
    if not layer:
        by_hand = whole.encode(torch.from_numpy(below.embed_pixels(pixels)))
        np.testing.assert_allclose(maps[0], by_hand, atol=2e-3 * float(by_hand.max()))
    vector = encoder.encode_image([picture])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)
    found = unit("run:tried", index=3, dataset="photo-crops")
    assert (found.layer, found.count) == ("features", 40)
    assert (found.responses >= 0).all()
    figures = json.loads((folder / "metrics.json").read_text())["figures"]
    assert figures["explained variance"] <= 1
    assert 0 <= figures["dead features"] <= 1
    grid = encoder.tower().tokens
    assert shape == ((grid.rows, grid.columns) if grid else tuple(maps.shape[2:]))
    counted = sum(p.numel() for p in encoder.tower().parameters())
    assert encoder.card.image_parameters == counted


@pytest.mark.slow
def test_files_that_do_not_fit_are_one_sentence():
    folder = train("sae", name="broken", **TINY)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="isn't a sparse autoencoder"):
        load_model("run:broken")
    (folder / "config.json").write_text(json.dumps(config | {"fingerprint": "another"}))
    with pytest.raises(ModelError, match="other weights of shapes-clip than are here"):
        load_model("run:broken")
    (folder / "config.json").write_text(json.dumps(config | {"latents": 41}))
    with pytest.raises(ModelError, match="weights of run:broken can't be read"):
        load_model("run:broken").tower()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"k": 40, "latents": 40}, "k is 40; it must be below the 40 latents"),
        ({"latents": 1}, "latents is 1; it goes from 2"),
        ({"steps": 0}, "steps is 0; it goes from 1"),
        ({"model": "shapes-klip"}, "Did you mean shapes-clip"),
        ({"epochs": 3}, "sae has no setting 'epochs'"),
        ({"pictures": "many"}, "pictures is 'many'; it must be a int"),
    ],
)
def test_settings_that_cannot_be_are_one_sentence(settings, said, tmp_path):
    with pytest.raises(InputError, match=said):
        train("sae", tmp_path, "wrong", **TINY | settings)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"layer": "blocks.9"}, r"no layer 'blocks.9' that lies over the picture; it has"),
        ({"model": "pixels", "layer": "x"}, "it has none. Leave it empty"),
        ({"dataset": "photos"}, r"photos gives 12 vectors; a dictionary needs at least 64"),
        ({"dataset": "shpaes"}, "Did you mean shapes"),
    ],
)
def test_layers_and_data_that_cannot_be_are_one_sentence(settings, said, tmp_path):
    with pytest.raises((InputError, CapabilityError), match=said):
        train("sae", tmp_path, "wrong", **TINY | settings)


def test_the_recipe_says_how_to_run_it():
    said = type(configured("sae", {})).__doc__
    assert "python -m replearn train sae" in said
    assert "minutes" in said
