"""The whole OpenCLIP path with a tiny architecture that the test registers and saves."""

import json
from pathlib import Path

import numpy as np
import open_clip
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from replearn.core.errors import InputError, ModelError, OfflineError
from replearn.encoders import engines
from replearn.encoders.open_clip.encoder import OpenClipEncoder
from replearn.encoders.registry import load_model
from replearn.studies.zero_shot.zero_shot import zero_shot

TINY = {
    "embed_dim": 32,
    "vision_cfg": {"image_size": 32, "layers": 2, "width": 64, "patch_size": 8, "head_width": 32},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 64, "heads": 2, "layers": 2},
}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[torch.nn.Module, Path]:
    folder = tmp_path_factory.mktemp("tiny")
    for name, quick in (("tiny-test-clip", False), ("tiny-test-clip-quickgelu", True)):
        path = folder / f"{name}.json"
        path.write_text(json.dumps({**TINY, "quick_gelu": quick}))
        open_clip.add_model_config(path)
    torch.manual_seed(0)
    model = open_clip.create_model("tiny-test-clip", load_weights=False).eval()
    save_file(model.state_dict(), folder / "tiny.safetensors")
    torch.save(model.state_dict(), folder / "tiny.pt")
    return model, folder


@pytest.mark.parametrize("suffix", ["safetensors", "pt"])
@pytest.mark.slow
def test_a_checkpoint_file_gives_open_clips_own_answers(tiny, suffix, noise_picture):
    model, folder = tiny
    encoder = load_model(f"open_clip:tiny-test-clip?{folder / f'tiny.{suffix}'}")
    transform = open_clip.image_transform(
        32, is_train=False, mean=open_clip.OPENAI_DATASET_MEAN, std=open_clip.OPENAI_DATASET_STD
    )
    tokenizer = open_clip.get_tokenizer("tiny-test-clip")
    texts = ["a cat", "a photo of a dog on a sofa"]
    with torch.inference_mode():
        image = model.encode_image(transform(noise_picture)[None], normalize=True).numpy()
        text = model.encode_text(tokenizer(texts), normalize=True).numpy()
    np.testing.assert_allclose(encoder.encode_image([noise_picture]), image, atol=1e-5)
    np.testing.assert_allclose(encoder.encode_text(texts), text, atol=1e-5)
    answer = zero_shot(noise_picture, ["cat", "dog"], encoder.name)
    assert answer.probabilities.sum() == pytest.approx(1)
    assert answer.temperature == pytest.approx(1 / model.logit_scale.exp().item(), rel=1e-5)


@pytest.mark.parametrize("name", ["openvino", "torch"])
def test_a_causal_text_tower_reads_no_further_than_the_longest_text(tiny, name, tmp_path):
    model, folder = tiny
    opened = load_model(f"open_clip:tiny-test-clip?{folder / 'tiny.safetensors'}")
    encoder = OpenClipEncoder(opened._source, engines.choose_engine(name, "float32", tmp_path))
    long = "a very long text " * 30
    # "!" inside a word is a token of number 0, as padding is
    for texts in (["cat"], ["wow!so!!much", "a"], [long, "cat", ""]):
        tokens = open_clip.get_tokenizer("tiny-test-clip")(texts)
        with torch.inference_mode():
            wanted = model.encode_text(tokens, normalize=True).numpy()
        np.testing.assert_allclose(encoder.encode_text(texts), wanted, atol=1e-5)
    assert encoder._tokens(["cat"]).shape == (1, 3)


def test_a_folder_with_its_configuration_opens_with_its_preprocessing(tiny, tmp_path):
    model, _ = tiny
    save_file(model.state_dict(), tmp_path / "open_clip_model.safetensors")
    preprocess = {"mean": [0.5] * 3, "std": [0.5] * 3, "interpolation": "bilinear"}
    stated = {"model_cfg": {**TINY, "quick_gelu": False}, "preprocess_cfg": preprocess}
    (tmp_path / "open_clip_config.json").write_text(json.dumps(stated))
    encoder = load_model(f"open_clip:{tmp_path}")
    white = encoder.preprocess([Image.new("RGB", (32, 32), "white")])
    np.testing.assert_allclose(white, 1)
    assert encoder.encode_text(["cat"]).shape == (1, 32)


def test_another_activation_beside_the_checkpoint_is_refused(tiny, tmp_path):
    model, _ = tiny
    save_file(model.state_dict(), tmp_path / "weights.safetensors")
    stated = {"model_cfg": {**TINY, "quick_gelu": True}}
    (tmp_path / "open_clip_config.json").write_text(json.dumps(stated))
    with pytest.raises(ModelError, match="activation"):
        load_model(f"open_clip:tiny-test-clip?{tmp_path / 'weights.safetensors'}")


@pytest.mark.parametrize(
    ("preprocess", "said"),
    [
        ({"size": 64}, "size"),
        ({"resize_mode": "longest"}, "longest"),
        ({"interpolation": "random"}, "random"),
    ],
)
def test_a_preprocessing_that_does_not_fit_is_refused(tiny, tmp_path, preprocess, said):
    model, _ = tiny
    save_file(model.state_dict(), tmp_path / "open_clip_model.safetensors")
    stated = {"model_cfg": {**TINY, "quick_gelu": False}, "preprocess_cfg": preprocess}
    (tmp_path / "open_clip_config.json").write_text(json.dumps(stated))
    with pytest.raises(ModelError, match=said):
        load_model(f"open_clip:{tmp_path}")


def test_weights_of_another_activation_are_refused_by_name():
    with pytest.raises(ModelError, match="open_clip:ViT-B-32-quickgelu/openai"):
        load_model("open_clip:ViT-B-32/openai")


def test_a_model_that_is_not_here_says_at_once_how_to_get_it():
    with pytest.raises(OfflineError, match="python -m replearn download"):
        load_model("open_clip:ViT-B-32/laion2b_s34b_b79k")


def test_unknown_names_are_answered_with_the_nearest():
    with pytest.raises(InputError, match="Did you mean ViT-B-32"):
        load_model("open_clip:ViT-B32/openai")
    with pytest.raises(InputError, match="laion2b_s34b_b79k"):
        load_model("open_clip:ViT-B-32/laion2b")


def test_corrupt_missing_and_unfitting_checkpoints_are_one_sentence(tiny, tmp_path):
    with pytest.raises(InputError, match="no checkpoint file"):
        load_model(f"open_clip:tiny-test-clip?{tmp_path / 'nowhere.pt'}")
    for name, content in (("a.pt", b"not a checkpoint"), ("b.safetensors", b"\x08" + b"\0" * 20)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ModelError, match=name) as caught:
            load_model(f"open_clip:tiny-test-clip?{tmp_path / name}")
        assert "\n" not in str(caught.value)
    save_file({"visual.proj": torch.zeros(2, 2)}, tmp_path / "c.safetensors")
    with pytest.raises(ModelError, match=r"c\.safetensors"):
        load_model(f"open_clip:tiny-test-clip?{tmp_path / 'c.safetensors'}")


def test_a_pickle_that_would_run_code_is_refused(tiny, tmp_path):
    class Evil:
        def __reduce__(self):
            return (Path.write_text, (tmp_path / "owned", "x"))

    torch.save({"state_dict": {"a": Evil()}}, tmp_path / "evil.pt")
    with pytest.raises(ModelError, match=r"evil\.pt"):
        load_model(f"open_clip:tiny-test-clip?{tmp_path / 'evil.pt'}")
    assert not (tmp_path / "owned").exists()
