"""Every registered encoder keeps the contract."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from replearn.core.errors import CapabilityError, InputError
from replearn.data import load_dataset
from replearn.encoders.lab import DICTIONARIES, SHIPPED
from replearn.encoders.registry import ENCODERS, load_model, models

pytestmark = pytest.mark.slow

NAMES = [*ENCODERS, *SHIPPED, *DICTIONARIES]


@pytest.fixture(scope="module")
def photographs() -> list[Image.Image]:
    photos = load_dataset("photos")
    return [photos[i].image for i in range(4)]


@pytest.mark.parametrize("name", NAMES)
def test_image_vectors_are_unit_float32_and_repeatable(name, photographs):
    encoder = load_model(name)
    first = encoder.encode_image(photographs)
    assert first.dtype == np.float32
    assert first.shape[0] == len(photographs)
    np.testing.assert_allclose(np.linalg.norm(first, axis=1), 1, atol=1e-5)
    # one at a time gives what a batch gives
    single = np.concatenate([encoder.encode_image([p]) for p in photographs])
    np.testing.assert_allclose(single, first, atol=2e-5)


@pytest.mark.parametrize("name", NAMES)
def test_paths_and_pictures_give_the_same(name, photographs, tmp_path: Path):
    encoder = load_model(name)
    path = tmp_path / "picture.png"
    photographs[0].save(path)
    np.testing.assert_array_equal(
        encoder.encode_image([path]), encoder.encode_image([photographs[0]])
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_engine_agrees_with_torch(name, photographs):
    encoder = load_model(name)
    pixels = encoder.preprocess(photographs)
    with torch.inference_mode():
        slow = encoder.tower()(torch.from_numpy(pixels)).numpy()
    np.testing.assert_allclose(encoder.outputs(pixels), slow, atol=2e-3 * np.abs(slow).max())


@pytest.mark.parametrize("name", NAMES)
def test_a_tower_that_ends_in_pooling_and_a_linear_layer_says_so_rightly(name, photographs):
    encoder = load_model(name)
    tower = encoder.tower()
    pixels = torch.from_numpy(encoder.preprocess(photographs[:2]))
    with torch.inference_mode():
        if tower.linear is None:
            pytest.skip(f"{name} doesn't end in pooling and one linear layer")
        pooled = tower.features(pixels).mean(dim=(2, 3))
        torch.testing.assert_close(tower.linear(pooled), tower(pixels), atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_card_promises_is_kept_and_the_rest_is_refused_with_names(name, photographs):
    encoder = load_model(name)
    capabilities = encoder.card.capabilities
    if "text" in capabilities:
        texts = ["a photo of a cat.", "cat", "a very long sentence " * 60]
        vectors = encoder.encode_text(texts)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        assert 0 < encoder.temperature < 1
        # the order and company of texts don't change a vector
        np.testing.assert_allclose(encoder.encode_text(texts[1:2])[0], vectors[1], atol=2e-5)
    else:
        with pytest.raises(CapabilityError, match="photo-clip"):
            encoder.encode_text(["cat"])
    if "logits" in capabilities:
        assert encoder.logits(photographs).shape == (len(photographs), len(encoder.class_names))
    else:
        with pytest.raises(CapabilityError, match="imagenet"):
            encoder.logits(photographs)


@pytest.mark.parametrize("name", NAMES)
def test_a_card_counts_its_parameters_rightly(name):
    encoder = load_model(name)
    counted = sum(p.numel() for p in encoder.tower().parameters())
    assert encoder.card.image_parameters == pytest.approx(counted, rel=0.001)


def test_an_unknown_model_names_the_valid_ones():
    with pytest.raises(InputError, match=r"photo-clip, imagenet.*Did you mean photo-clip"):
        load_model("photo-klip")


def test_every_encoder_is_in_the_list_of_models():
    assert {row.name for row in models() if row.on_disk} >= set(NAMES)
