"""photo-clip's heads tuned on captions: what is learnt, what stays, and what is refused."""

import json

import numpy as np
import pytest
import torch
from PIL import Image

from replearn.core.errors import InputError
from replearn.encoders.photo_clip.model import load
from replearn.encoders.photo_clip.text_kernel import TextKernel, unit
from replearn.encoders.registry import load_model
from replearn.training import configured, train
from replearn.training.photo_clip.caption_features import caption_features, squared_norm
from replearn.training.photo_clip.lit_method import LitMethod
from replearn.training.photo_clip.retrieval import retrieval
from replearn.training.recipes.method import Views

SMALL = {"most": 150, "epochs": 6, "batch": 32}


def kernels(known):
    random = np.random.default_rng(0)

    def vectors(texts):
        return np.stack([known.setdefault(t, random.normal(size=6)) for t in texts])

    names, kinds = (unit(random.normal(size=(7, 6))) for _ in range(2))
    closed = TextKernel(names, kinds, random.normal(size=(7, 3)).astype(np.float32), 0.7, 1.5)
    return closed, vectors


def test_features_give_the_kernels_norm_and_the_tuned_side_is_their_sum():
    closed, vectors = kernels({})
    captions = ["a red dog", "a cat", "a dog on a beach", "a cat"]
    found = caption_features(captions, closed, 10, vectors)
    learnt = np.random.default_rng(1).normal(size=(found.own.coefficients.shape[1], 3))
    learnt = learnt.astype(np.float32)
    added = TextKernel(found.own.names, found.own.kinds, found.own.coefficients @ learnt, 0.7, 1.5)
    assert squared_norm(added) == pytest.approx(float((learnt**2).sum()), rel=1e-3)
    texts = ["a dog", "a bird"]
    whole = found.tuned(learnt)(texts, vectors)
    slow = closed(texts, vectors) + found.own(texts, vectors) @ learnt
    np.testing.assert_allclose(whole, slow, rtol=1e-3, atol=1e-4)


def test_ranks_against_a_slow_count_and_ties_count_against():
    random = np.random.default_rng(0)
    images, texts = unit(random.normal(size=(30, 4))), unit(random.normal(size=(9, 4)))
    own = random.integers(0, 9, 30)
    ranks = []
    for image, right in zip(images, own, strict=True):
        ranks.append(1 + sum(image @ text > image @ texts[right] for text in texts))
    found = retrieval(images, texts, list(own))
    assert found.first.value == pytest.approx(np.mean(np.array(ranks) == 1))
    assert found.fifth.value == pytest.approx(np.mean(np.array(ranks) <= 5))
    assert found.median_rank == np.median(ranks)
    alike = retrieval(images, np.repeat(texts[:1], 4, axis=0), [0] * 30)
    assert alike.first.value == 0


@pytest.mark.slow
def test_it_begins_as_the_closed_form_and_the_penalty_is_the_relative_distance():
    closed = load()
    captions = ("a red cube", "a blue ring")
    features = caption_features(captions, closed.text_kernel, 10)
    method = LitMethod(closed.projection, features, captions, 0.04, distance=3.0)
    pixels = torch.randn(2, 1280, generator=torch.Generator().manual_seed(0))
    begun = method.embedded(captions).detach().numpy()
    np.testing.assert_allclose(begun, closed.encode_text(captions), atol=1e-5)
    assert float(method.moved().detach()) == 0
    plain = float(method.loss(Views((pixels,), torch.zeros(2), captions))[0].detach())
    with torch.no_grad():
        method.image_map.mul_(1.1)  # no cosine changes
    loss = float(method.loss(Views((pixels,), torch.zeros(2), captions))[0].detach())
    assert loss - plain == pytest.approx(3.0 * 0.01, rel=1e-2)


@pytest.mark.slow
def test_held_out_pairs_are_found_more_often_and_other_texts_stay(tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))
    folder = train("lit", name="mine", **SMALL | {"most": 300})
    said = json.loads((folder / "metrics.json").read_text())["held-out pairs"]
    rank = {when: float(text.split("median rank ")[1].split()[0]) for when, text in said.items()}
    assert rank["after"] < 0.6 * rank["before"]
    tuned, before = load_model("run:mine"), load_model("photo-clip")
    assert tuned.name == "run:mine"
    assert tuned.fingerprint != before.fingerprint
    far, near = "tench", "a red cube"
    kept = [float((tuned.encode_text([t]) * before.encode_text([t])).sum()) for t in (far, near)]
    assert kept[0] > 0.97
    assert kept[1] < kept[0]
    assert "text" in tuned.card.capabilities


@pytest.mark.slow
def test_pictures_without_captions_and_too_few_are_one_sentence(tmp_path):
    plain, few = tmp_path / "plain", tmp_path / "few"
    for folder, count in ((plain, 30), (few, 3)):
        folder.mkdir()
        for i in range(count):
            Image.new("RGB", (32, 32), (8 * i, 0, 0)).save(folder / f"{i}.png")
    rows = "".join(f"{i}.png,a red thing {i}\n" for i in range(3))
    (few / "metadata.csv").write_text(f"file_name,caption\n{rows}")
    with pytest.raises(InputError, match=r"has no captions; lit learns .*train simclr"):
        train("lit", tmp_path, "a", dataset=f"folder:{plain}")
    with pytest.raises(InputError, match="3 pictures with a caption; lit needs at least 20"):
        train("lit", tmp_path, "b", dataset=f"folder:{few}")
    with pytest.raises(InputError, match="distance is -1"):
        configured("lit", {"distance": -1})
