"""What people paste as a model's name, and the one name that the app has for it."""

import re
from pathlib import Path

from replearn.core.errors import InputError
from replearn.encoders import lab
from replearn.encoders.catalogue import CATALOGUE

OPEN_CLIP = "open_clip:"
HUB = "hf-hub:"
OWN = ("photo-clip", "imagenet", "shapes-untrained", "pixels")
WEIGHTS = (".pt", ".pth", ".bin", ".safetensors", ".npz")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/([^/\s]+/[^/\s?#]+)")
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")


def canonical(name: str) -> str:
    """Return the name under which a model is opened, kept and shown.

    Known are this project's names, `open_clip:...`, `hf-hub:OWNER/NAME` and the hub's addresses,
    `ARCHITECTURE/TAG` and `ARCHITECTURE` of OpenCLIP (`ViT-B/32` too, as OpenAI writes it), a
    folder and a file. Any other name is returned as it is.

    Raises:
        InputError: an architecture with several sets of weights, none of which is recommended.
    """
    text = name.strip().strip("'\"").strip()
    if text in (*OWN, *lab.SHIPPED, *lab.DICTIONARIES) or text.startswith(lab.RUN):
        return text
    if text.startswith(OPEN_CLIP):
        rest = text.removeprefix(OPEN_CLIP).strip()
        return OPEN_CLIP + (rest if "/" in rest or "?" in rest else _with_tag(rest))
    if found := _ADDRESS.match(text):
        return f"{OPEN_CLIP}{HUB}{found[1]}"
    if text.startswith(HUB):
        return OPEN_CLIP + text.rstrip("/")
    if is_path(text) or "?" in text:
        return OPEN_CLIP + text
    return _of_the_library(text)


def is_path(text: str) -> bool:
    """Say whether a name is written as a file's or folder's."""
    return text.startswith(("/", "~", "./", "../", ".\\")) or bool(
        re.match(r"[A-Za-z]:[\\/]", text) or Path(text).suffix.lower() in WEIGHTS
    )


def _of_the_library(text: str) -> str:
    import open_clip

    known = set(open_clip.list_models())
    openai = re.sub(r"^(ViT-[A-Za-z]+)/(\d+)", r"\1-\2", text)
    head, _, tag = openai.replace(":", "/").partition("/")
    if head in known:
        return OPEN_CLIP + (_with_tag(head) if not tag else f"{_fitting(head, tag)}/{tag}")
    return f"{OPEN_CLIP}{HUB}{text}" if _REPOSITORY.fullmatch(text) else text


def _fitting(architecture: str, tag: str) -> str:
    """Return the architecture with the activation that the weights were trained with."""
    from open_clip.pretrained import get_pretrained_cfg

    quick = f"{architecture}-quickgelu"
    published = get_pretrained_cfg(architecture, tag)
    return quick if published.get("quick_gelu") and get_pretrained_cfg(quick, tag) else architecture


def _with_tag(architecture: str) -> str:
    """Complete an architecture's name: with what is here, what is recommended, or all there is."""
    import open_clip

    from replearn.encoders.hub.cache import is_cached

    own = [entry.name for entry in CATALOGUE if entry.name.startswith(f"open_clip:{architecture}/")]
    names = [name.removeprefix(OPEN_CLIP) for name in own]
    tags = open_clip.list_pretrained_tags_by_model(architecture)
    names += [f"{architecture}/{tag}" for tag in tags] if len(tags) == 1 else []
    if here := [name for name in names if is_cached(name)]:
        return here[0]
    if names:
        return names[0]
    if tags:
        raise InputError(
            f"{architecture} has several sets of weights; name one of them, as in "
            f"{architecture}/{tags[0]}: {', '.join(tags)}."
        )
    return architecture
