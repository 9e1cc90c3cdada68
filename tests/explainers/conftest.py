import json

import open_clip
import pytest
import torch
from safetensors.torch import save_file


@pytest.fixture(scope="session")
def tiny_vit(tmp_path_factory):
    """A folder with OpenCLIP's own ViT, small and untrained."""
    folder = tmp_path_factory.mktemp("tiny-vit")
    tower = {"width": 64, "layers": 3}
    stated = {
        "embed_dim": 32,
        "vision_cfg": {"image_size": 48, "patch_size": 8, "head_width": 32, **tower},
        "text_cfg": {"context_length": 77, "vocab_size": 49408, "heads": 2, **tower},
    }
    (folder / "tiny-contract-vit.json").write_text(json.dumps(stated))
    open_clip.add_model_config(folder / "tiny-contract-vit.json")
    torch.manual_seed(0)
    model = open_clip.create_model("tiny-contract-vit", load_weights=False)
    save_file(model.state_dict(), folder / "open_clip_model.safetensors")
    preprocess = {"mean": [0.5] * 3, "std": [0.5] * 3}
    config = json.dumps({"model_cfg": stated, "preprocess_cfg": preprocess})
    (folder / "open_clip_config.json").write_text(config)
    return f"open_clip:{folder}"
