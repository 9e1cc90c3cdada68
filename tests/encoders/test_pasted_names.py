"""Names that people paste, and files that aren't what they were taken for."""

import io
import json
import warnings
import zipfile
from pathlib import Path

import numpy as np
import open_clip
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from replearn.core.errors import InputError, ModelError, ReplearnError
from replearn.encoders.names import canonical
from replearn.encoders.open_clip.torchscript import torchscript_weights
from replearn.encoders.registry import load_model

pytestmark = pytest.mark.slow

TORCH_SAYS = ("Error(s)", "weights_only", "PytorchStreamReader", "invalid load key", "EOFError")


@pytest.mark.parametrize(
    ("pasted", "name"),
    [
        (" 'photo-clip' ", "photo-clip"),
        ("run:mine", "run:mine"),
        ("ViT-B-32/laion2b_s34b_b79k", "open_clip:ViT-B-32/laion2b_s34b_b79k"),
        ("ViT-B-32:laion2b_s34b_b79k", "open_clip:ViT-B-32/laion2b_s34b_b79k"),
        ("ViT-B-32", "open_clip:ViT-B-32/laion2b_s34b_b79k"),
        ("open_clip:ViT-B-32", "open_clip:ViT-B-32/laion2b_s34b_b79k"),
        ("ViT-B/32", "open_clip:ViT-B-32/laion2b_s34b_b79k"),
        ("ViT-B-32/openai", "open_clip:ViT-B-32-quickgelu/openai"),
        ("PE-Core-B-16", "open_clip:PE-Core-B-16/meta"),
        ("hf-hub:laion/CLIP", "open_clip:hf-hub:laion/CLIP"),
        ("laion/CLIP-x", "open_clip:hf-hub:laion/CLIP-x"),
        ("https://huggingface.co/laion/CLIP-x/tree/main", "open_clip:hf-hub:laion/CLIP-x"),
        ("ViT-B-32?w.pt", "open_clip:ViT-B-32?w.pt"),
        ("/models/ViT-B-32.pt", "open_clip:/models/ViT-B-32.pt"),
        ("~/clip", "open_clip:~/clip"),
        ("nonsense", "nonsense"),
    ],
)
def test_what_people_paste_has_one_name(pasted: str, name: str) -> None:
    assert canonical(pasted) == name
    assert canonical(name) == name


def test_an_architecture_with_many_weights_names_them() -> None:
    with pytest.raises(InputError, match=r"several sets of weights; name one.*datacomp"):
        canonical("ViT-B-16")


def sentence(name: str) -> str:
    with pytest.raises(ReplearnError) as caught:
        load_model(name)
    said = str(caught.value)
    assert "\n" not in said
    assert not any(word in said for word in TORCH_SAYS), said
    return said


def saved(what: object) -> bytes:
    file = io.BytesIO()
    torch.save(what, file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"root:x:0:0:root:/root:/bin/bash\n", "it is text"),
        (b"", "it is empty"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "a pointer of Git LFS"),
        (b"\x89PNG\r\n", "a picture"),
        (saved({"epoch": 3}), "no weights by name"),
        (saved({"state_dict": {}})[:-9], "damaged or was cut off"),
        (b"\x80\x02", "damaged or was cut off"),
        (b"PK\x03\x04 cut", "damaged or was cut off"),
        (b"\x07\x07\x00\x01", "of a kind that isn't known"),
    ],
)
def test_a_file_that_is_no_checkpoint_says_what_it_is(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "weights.pt"
    path.write_bytes(content)
    assert said in sentence(f"open_clip:ViT-B-32?{path}")
    assert said in sentence(str(path))


def test_what_others_brought_or_nobody_named_stays_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "open").mkdir()
    monkeypatch.setenv("REPLEARN_FOLDERS", str(tmp_path / "open"))
    named = f"open_clip:ViT-B-32?{tmp_path / 'named.pt'}"
    monkeypatch.setenv("REPLEARN_MODELS", f"photo-clip,{named}")
    closed = "isn't open on this page, which others can reach"
    for path in ("/etc/passwd", "/etc/nowhere", f"{tmp_path}/open/../x.pt", "~/x.pt"):
        assert closed in sentence(f"open_clip:ViT-B-32?{path}")
        assert closed in sentence(path)
    (tmp_path / "open" / "out.pt").symlink_to("/etc/passwd")
    assert closed in sentence(str(tmp_path / "open" / "out.pt"))
    assert "no checkpoint file" in sentence(named)  # the owner named it
    assert "no folder or file" in sentence(str(tmp_path / "open" / "x.pt"))


@pytest.fixture(scope="module")
def openai(tmp_path_factory: pytest.TempPathFactory) -> tuple[torch.nn.Module, Path]:
    """A tiny CLIP as OpenAI published its own: a TorchScript archive in half precision."""
    torch.manual_seed(0)
    image = open_clip.CLIPVisionCfg(layers=2, width=64, patch_size=8, image_size=32)
    text = open_clip.CLIPTextCfg(width=64, heads=1, layers=2)
    model = open_clip.CLIP(32, image, text, quick_gelu=True).eval()
    path = tmp_path_factory.mktemp("openai") / "ViT-tiny.pt"
    halved = open_clip.CLIP(32, image, text, quick_gelu=True).eval()
    halved.load_state_dict(model.state_dict())
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what tracing finds in OpenCLIP
        inputs = torch.zeros(1, 3, 32, 32), torch.zeros(1, 77, dtype=torch.long)
        traced = torch.jit.trace(halved, inputs, check_trace=False, strict=False)
    traced.half().save(str(path))
    return model, path


def test_openais_own_archive_opens_by_its_path(openai, noise_picture) -> None:
    model, path = openai
    read = torchscript_weights(path)
    reference = torch.jit.load(str(path)).state_dict()
    assert {*reference} <= {*read}
    for name, values in reference.items():
        torch.testing.assert_close(read[name], values, rtol=0, atol=0)
    encoder = load_model(str(path))
    half = {name: values.half().float() for name, values in model.state_dict().items()}
    model.load_state_dict(half)
    mean, std = open_clip.OPENAI_DATASET_MEAN, open_clip.OPENAI_DATASET_STD
    prepare = open_clip.image_transform(32, is_train=False, mean=mean, std=std)
    with torch.inference_mode():
        image = model.encode_image(prepare(noise_picture)[None], normalize=True).numpy()
        text = model.encode_text(open_clip.tokenize(["a cat"]), normalize=True).numpy()
    np.testing.assert_allclose(encoder.encode_image([noise_picture]), image, atol=2e-3)
    np.testing.assert_allclose(encoder.encode_text(["a cat"]), text, atol=2e-3)


def test_openais_archive_is_not_opened_with_another_activation(openai) -> None:
    said = sentence(f"open_clip:ViT-B-32?{openai[1]}")
    assert f"ViT-B-32-quickgelu?{openai[1]}" in said


def test_an_archive_of_something_else_runs_no_code(openai, tmp_path: Path) -> None:
    path = tmp_path / "evil.pt"
    with zipfile.ZipFile(openai[1]) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("/data.pkl"):
                content = b"\x80\x02cos\nsystem\nX\x05\x00\x00\x00false\x85R."
            target.writestr(name, content)
    assert "holds Python objects besides its weights" in sentence(str(path))


def test_a_bare_file_names_the_architectures_that_fit(tmp_path: Path) -> None:
    with torch.device("meta"):
        shapes = open_clip.CLIP(
            512,
            open_clip.CLIPVisionCfg(layers=12, width=768, patch_size=32),
            open_clip.CLIPTextCfg(layers=1),
        ).state_dict()
    small = {
        name: torch.zeros(values.shape, dtype=torch.uint8)
        for name, values in shapes.items()
        if not name.startswith("transformer.") and "mlp" not in name
    }
    for layer in range(12):
        small[f"transformer.resblocks.{layer}.ln_1.bias"] = torch.zeros(512)
    save_file(small, tmp_path / "bare.safetensors")
    said = sentence(str(tmp_path / "bare.safetensors"))
    assert "its sizes fit OpenCLIP's ViT-B-32, ViT-B-32-" in said
    assert f"give ViT-B-32?{tmp_path / 'bare.safetensors'}" in said
    said = sentence(f"ViT-B-32?{tmp_path / 'bare.safetensors'}")
    assert "tensors are missing" in said


def test_weights_of_another_kind_say_what_they_are(tmp_path: Path) -> None:
    for key, said in (
        ("text_model.embeddings.weight", "as the library transformers names them"),
        ("layer1.0.conv1.weight", "another kind of network (layer1.0.conv1.weight, ...)"),
    ):
        save_file({key: torch.zeros(2)}, tmp_path / "other.safetensors")
        assert said in sentence(f"ViT-B-32?{tmp_path / 'other.safetensors'}")


# transformers


@pytest.fixture(scope="module", params=["clip", "siglip"])
def transformers_model(request, tmp_path_factory: pytest.TempPathFactory):
    """A tiny CLIP or SigLIP in a folder as transformers saves it, with a tokenizer of words."""
    import transformers
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    folder = tmp_path_factory.mktemp(request.param)
    clip = request.param == "clip"
    words = {word: i for i, word in enumerate(["<pad>", "a", "cat", "dog", "photo", "of", "<end>"])}
    tokenizer = Tokenizer(WordLevel(words, unk_token="a"))
    tokenizer.pre_tokenizer = Whitespace()
    reader = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="<end>"
    )
    reader.save_pretrained(folder)
    size = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2}
    size["num_attention_heads"] = 2
    text = {**size, "vocab_size": 7, "max_position_embeddings": 12, "eos_token_id": 6}
    image = {**size, "image_size": 32, "patch_size": 8}
    kinds = transformers.CLIPConfig if clip else transformers.SiglipConfig
    config = kinds(
        text_config=text, vision_config=image, **({"projection_dim": 16} if clip else {})
    )
    torch.manual_seed(0)
    model = (transformers.CLIPModel if clip else transformers.SiglipModel)(config).eval()
    model.save_pretrained(folder)
    stated = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3, "resample": 3}
    stated["size"] = {"shortest_edge": 32} if clip else {"height": 32, "width": 32}
    (folder / "preprocessor_config.json").write_text(json.dumps(stated))
    return model, folder, clip


def test_a_folder_of_transformers_gives_its_own_answers(transformers_model) -> None:
    model, folder, clip = transformers_model
    encoder = load_model(str(folder))
    assert encoder.preprocessing.mode == ("shortest" if clip else "squash")
    picture = Image.fromarray(np.random.default_rng(0).integers(0, 256, (32, 32, 3), np.uint8))
    pixels = torch.from_numpy(np.asarray(picture, np.float32).transpose(2, 0, 1)[None] / 127.5 - 1)
    ids = torch.tensor([[4, 5, 1, 2, 6]])
    ids = torch.nn.functional.pad(ids, (0, 12 - 5), value=0)
    with torch.inference_mode():
        image = model.get_image_features(pixel_values=pixels).pooler_output
        text = model.get_text_features(input_ids=ids).pooler_output
    for ours, theirs in (
        (encoder.encode_image([picture]), image),
        (encoder.encode_text(["photo of a cat <end>"]), text),
    ):
        expected = torch.nn.functional.normalize(theirs).numpy()
        np.testing.assert_allclose(ours, expected, atol=1e-5)
    assert encoder.temperature == pytest.approx(
        float((-model.logit_scale).exp().detach()), rel=1e-5
    )


def test_a_broken_folder_of_transformers_is_one_sentence(
    transformers_model, tmp_path: Path
) -> None:
    _, folder, _ = transformers_model
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"\x08" + b"\0" * 20)
    with pytest.raises(ModelError, match=r"model\.safetensors in .* is damaged"):
        load_model(str(tmp_path))
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}))
    assert "a model of kind 'bert'" in sentence(f"{tmp_path}/")
    (tmp_path / "config.json").write_text("{")
    assert "can't be read as JSON" in sentence(f"{tmp_path}//")
