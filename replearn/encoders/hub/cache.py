"""What of the hub's models is on this computer already; never asks the network."""

import json
from pathlib import Path

from replearn.encoders.catalogue import CATALOGUE

WEIGHTS = ("open_clip_model.safetensors", "open_clip_pytorch_model.bin")
TRANSFORMERS_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
TRANSFORMERS_KINDS = ("clip", "siglip", "siglip2")


def cache_folder() -> Path:
    """Return the hub's own cache folder, which other programs share."""
    from huggingface_hub import constants

    return Path(constants.HF_HUB_CACHE)


def cached_file(repository: str, filename: str) -> Path | None:
    """Return a file of a repository ("OWNER/NAME") if it is here."""
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(repository, filename)
    return Path(found) if isinstance(found, str) else None


def cached_weights(hub_entry: str) -> Path | None:
    """Return the weights file of a hub entry ("org/model/" or "org/model/file") if it is here."""
    repository, _, wanted = hub_entry.rpartition("/")
    found = (cached_file(repository, name) for name in ((wanted,) if wanted else WEIGHTS))
    return next((path for path in found if path is not None), None)


def is_cached(name: str) -> bool:
    """Say whether a model of the catalogue ("ARCHITECTURE/TAG") is on this computer."""
    hubs = [entry.hub for entry in CATALOGUE if entry.name == f"open_clip:{name}"]
    return any(cached_weights(hub) is not None for hub in hubs)


def cached_folder(repository: str) -> Path | None:
    """Return the folder of a repository that holds a model which can be opened, if it is here."""
    if (config := cached_file(repository, "open_clip_config.json")) is not None:
        return config.parent if cached_weights(f"{repository}/") else None
    config = cached_file(repository, "config.json")
    if config is None or kind_of_transformers(config) not in TRANSFORMERS_KINDS:
        return None
    here = (cached_file(repository, name) for name in TRANSFORMERS_WEIGHTS)
    return config.parent if any(here) else None


def kind_of_transformers(config: Path) -> str:
    """Return the model_type of a config.json; "" where it says none."""
    try:
        stated = json.loads(config.read_text(encoding="utf-8"))
        return str(stated.get("model_type", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def cached_models() -> list[str]:
    """Return the names of the models in the hub's cache, each under one name."""
    named = {entry.hub.rstrip("/"): entry.name for entry in CATALOGUE}
    found = []
    for folder in sorted(cache_folder().glob("models--*--*")):
        repository = "/".join(folder.name.split("--")[1:3])
        if repository in named:
            if is_cached(named[repository].removeprefix("open_clip:")):
                found.append(named[repository])
        elif cached_folder(repository) is not None:
            found.append(f"open_clip:hf-hub:{repository}")
    return found
