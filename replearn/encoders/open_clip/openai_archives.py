"""OpenAI's own archives (`ViT-B-32.pt` as first released): the file says what network it is."""

from pathlib import Path

from replearn.core import fingerprint
from replearn.core.errors import ModelError
from replearn.core.quiet import quiet
from replearn.encoders.open_clip.assembling import Named, encoder_of
from replearn.encoders.open_clip.configured import preprocessing_of
from replearn.encoders.open_clip.encoder import OpenClipEncoder
from replearn.encoders.open_clip.reading import weights_of


def openai_archive(name: str, path: Path) -> OpenClipEncoder:
    """Open a TorchScript archive of OpenAI's CLIP.

    Raises:
        ModelError: it is another network's.
    """
    import open_clip
    from open_clip.model import build_model_from_openai_state_dict

    weights = weights_of(path)
    try:
        with quiet():
            model = build_model_from_openai_state_dict(dict(weights)).float()
    except (KeyError, RuntimeError, IndexError, AssertionError) as error:
        raise ModelError(
            f"{path.name} is a TorchScript archive, but not one of OpenAI's CLIP; save its "
            "state_dict and give ARCHITECTURE?PATH."
        ) from error
    visual = model.visual
    width = weights["visual.conv1.weight"].shape[0]
    tower = (
        f"ViT with patches of {visual.conv1.weight.shape[-1]}"
        if "visual.proj" in weights
        else "ResNet"
    )
    side = visual.image_size if isinstance(visual.image_size, int) else visual.image_size[0]
    return encoder_of(
        Named(name, f"OpenAI's CLIP, {tower}, width {width}"),
        (model, open_clip.SimpleTokenizer(context_length=model.context_length)),
        preprocessing_of({"vision_cfg": {"image_size": side}}, {}),
        [fingerprint.of_file(path), "openai"],
    )
