"""The code against what it is said to be, and ascent in it."""

import json

import numpy as np
import pytest
import torch
from torch import nn

from replearn.core.errors import InputError, ModelError
from replearn.encoders.preprocessing import Preprocessing
from replearn.encoders.tower import POOLED, ImageTower
from replearn.visualisations.ascent import AscentSettings, ascend
from replearn.visualisations.decoders.code import Code, Watched
from replearn.visualisations.decoders.decoded_code import DecodedCode
from replearn.visualisations.decoders.folders import CONFIG, WEIGHTS, decoders_of
from replearn.visualisations.decoders.network import Decoder
from replearn.visualisations.decoders.opened import (
    OpenedDecoder,
    load_decoder,
    write_decoder,
)
from replearn.visualisations.objectives import OUTPUTS, OutputScore
from replearn.visualisations.wobble import Wobble

HALF = (0.5, 0.5, 0.5)


@pytest.fixture(scope="module")
def tower():
    torch.manual_seed(0)
    trunk = nn.Sequential(nn.Conv2d(3, 6, 3, stride=2), nn.ReLU(), nn.Conv2d(6, 8, 3))
    linear = nn.Linear(8, 4)
    head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), linear)
    return ImageTower(trunk, head, spatial=True, linear=linear).eval()


@pytest.fixture
def own_runs(tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "cache" / "runs" / "mine"
    folder.mkdir(parents=True)
    return folder


def responses(count=300, width=9):
    random = torch.Generator().manual_seed(0)
    mixed = torch.randn(count, 4, generator=random) @ torch.randn(4, width, generator=random)
    return mixed + 0.1 * torch.randn(count, width, generator=random) + 3


def prior(components=5):
    torch.manual_seed(1)
    code = Code(9, components)
    code.fit(responses())
    decoder = Decoder(components, 16, 4).eval().requires_grad_(False)
    return OpenedDecoder("tried", "none", (POOLED,), 1, "0", code, decoder, 16)


def test_a_code_is_principal_components_of_variance_one():
    given = responses()
    found = Code(9, 4)
    found.fit(given)
    codes = found(given)
    torch.testing.assert_close(codes.mean(0), torch.zeros(4), atol=1e-4, rtol=0)
    torch.testing.assert_close(torch.cov(codes.T), torch.eye(4), atol=1e-3, rtol=0)
    from sklearn.decomposition import PCA

    scaled = ((given - given.mean(0)) / given.std(0)).numpy()
    slow = PCA(4, whiten=True).fit_transform(scaled)
    np.testing.assert_allclose(np.abs(codes), np.abs(slow), atol=2e-3)


def test_the_usual_range_leaves_out_a_hundredth_at_each_end():
    given = responses(2000)
    found = Code(9, 3)
    found.fit(given)
    codes = found(given)
    for axis in range(3):
        outside = (codes[:, axis] < found.lowest[axis]) | (codes[:, axis] > found.highest[axis])
        assert 0.015 <= float(outside.float().mean()) <= 0.025
    assert float((codes.norm(dim=1) > found.longest).float().mean()) == pytest.approx(
        0.01, abs=3e-3
    )
    held = found.held(50 * torch.randn(40, 3))
    assert (held >= found.lowest - 1e-5).all()
    assert (held <= found.highest + 1e-5).all()
    assert (held.norm(dim=1) <= found.longest + 1e-4).all()
    inside = codes.abs().max(1).values < 0.5
    torch.testing.assert_close(found.held(codes[inside]), codes[inside])


def test_mean_responses_are_means_over_the_picture_layer_after_layer(tower):
    network = Watched(tower, ("0", POOLED, OUTPUTS), 1, Preprocessing(16, 16, HALF, HALF))
    pictures = torch.rand(3, 3, 16, 16)
    found = network.means(network.seen(pictures))
    pixels = 2 * pictures - 1
    first = tower.trunk[0](pixels)
    parts = [first.mean((2, 3)), tower.trunk(pixels).mean((2, 3)), tower(pixels)]
    torch.testing.assert_close(found, torch.cat(parts, 1), atol=1e-5, rtol=1e-4)
    quarters = Watched(tower, ("0",), 2, network.preprocessing)
    found = quarters.means(quarters.seen(torch.rand(2, 3, 17, 17)))
    assert found.shape == (2, 24)
    seen = network.seen(pictures)["0"][..., :6, :6]  # an even side has exact quarters
    found = quarters.means({"0": seen}).reshape(3, 6, 2, 2)
    torch.testing.assert_close(found[:, :, 0, 1], seen[:, :, :3, 3:].mean((2, 3)))
    # another side is brought to the network's own
    assert network.means(network.seen(torch.rand(2, 3, 32, 32))).shape == (2, 18)


@pytest.mark.parametrize("side", [16, 64, 96])
def test_pictures_have_the_side_asked_for_and_lie_between_0_and_1(side):
    found = Decoder(7, side, 8)(torch.randn(2, 7))
    assert found.shape == (2, 3, side, side)
    assert 0 <= float(found.detach().min()) < float(found.detach().max()) <= 1


def climbed(tower, seed, steps=30, rate=0.5):
    random = torch.Generator().manual_seed(seed)
    start = DecodedCode.drawn(2, prior(), 16, random)
    settings = AscentSettings(steps, rate, Wobble(), (16,))
    score = OutputScore(lambda outputs: outputs[:, 0])
    last = list(ascend(tower, score, start, settings, lambda one: 2 * one - 1, random))[-1]
    return start, last


def test_ascent_in_the_code_rises_and_stays_in_its_usual_range(tower):
    _, last = climbed(tower, 0)
    code = prior().code
    for start, reached in ((climbed(tower, 0, 9)[0], False), (climbed(tower, 0, 2, 50)[0], True)):
        assert (start.leaf >= code.lowest - 1e-5).all()
        assert (start.leaf <= code.highest + 1e-5).all()
        assert (start.leaf.norm(dim=1) <= code.longest + 1e-4).all()
        if reached:  # steps this large end where the range ends
            edges = torch.stack([start.leaf - code.lowest, start.leaf - code.highest]).abs()
            at_an_end = (edges < 1e-4).any() | (start.leaf.norm(dim=1) > code.longest - 1e-3).any()
            assert bool(at_an_end)
    begun = DecodedCode.drawn(2, prior(), 16, torch.Generator().manual_seed(0)).pictures()
    rose = tower(2 * last.pictures - 1)[:, 0] - tower(2 * begun - 1)[:, 0]
    assert (rose > 0).all()


def test_a_seed_gives_the_same_picture_and_another_seed_another(tower):
    one, again, other = (climbed(tower, seed)[1].pictures for seed in (0, 0, 1))
    assert torch.equal(one, again)
    assert not torch.equal(one, other)


def test_a_generator_of_another_side_is_resized():
    grown = DecodedCode.drawn(1, prior(), 16, torch.Generator().manual_seed(0)).enlarged(40)
    assert grown.pictures().shape == (1, 3, 40, 40)


def written(folder):
    found = prior()
    network = Watched(nn.Identity(), ("network.layer4.0",), 1, Preprocessing(64, 64, HALF, HALF))
    write_decoder(folder, "shapes-supervised", network, found.code, found.decoder)
    return found


def test_a_decoder_comes_back_from_its_files_as_it_was(own_runs):
    made = written(own_runs)
    found = load_decoder("run:mine")
    assert (found.model, found.layers) == ("shapes-supervised", ("network.layer4.0",))
    code = torch.randn(3, 5)
    torch.testing.assert_close(found.decoder(code), made.decoder(code), atol=2e-3, rtol=0)
    # kept in half precision
    torch.testing.assert_close(found.code(responses()), made.code(responses()), atol=1e-2, rtol=0)
    assert "run:mine" in decoders_of("shapes-supervised")
    assert "run:mine" not in decoders_of("shapes-clip")


def test_files_that_cannot_be_are_one_sentence(own_runs):
    written(own_runs)
    told = json.loads((own_runs / CONFIG).read_text())
    (own_runs / CONFIG).write_text(json.dumps({**told, "fingerprint": "another"}))
    with pytest.raises(ModelError, match="other weights of shapes-supervised than are here"):
        load_decoder("run:mine")
    (own_runs / CONFIG).write_text(json.dumps({**told, "width": 8}))
    with pytest.raises(ModelError, match=r"^[^\n]*run:mine can't be read [^\n]*train it again.$"):
        load_decoder("run:mine")
    (own_runs / CONFIG).write_text("{}")
    with pytest.raises(ModelError, match="run:mine can't be read"):
        load_decoder("run:mine")
    assert decoders_of("pixels") == ()
    (own_runs / CONFIG).write_text(json.dumps(told))
    (own_runs / WEIGHTS).write_bytes(b"no weights")
    with pytest.raises(ModelError, match="run:mine can't be read"):
        load_decoder("run:mine")
    (own_runs / WEIGHTS).unlink()
    with pytest.raises(ModelError, match="run:mine can't be read"):
        load_decoder("run:mine")
    with pytest.raises(InputError, match=r"no decoder 'run:yours'.*train decoder"):
        load_decoder("run:yours")
    with pytest.raises(InputError, match="Did you mean shapes-clip-decoder"):
        load_decoder("shapes-klip-decoder")
