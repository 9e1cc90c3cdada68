"""What of the hub's models is on this computer already; never asks the network."""

from pathlib import Path

from replearn.encoders.catalogue import CATALOGUE

WEIGHTS = ("open_clip_model.safetensors", "open_clip_pytorch_model.bin")


def cached_weights(hub_entry: str) -> Path | None:
    """Return the weights file of a hub entry ("org/model/" or "org/model/file") if it is here."""
    from huggingface_hub import try_to_load_from_cache

    repository, _, wanted = hub_entry.rpartition("/")
    for name in (wanted,) if wanted else WEIGHTS:
        found = try_to_load_from_cache(repository, name)
        if isinstance(found, str):
            return Path(found)
    return None


def is_cached(name: str) -> bool:
    """Say whether a model of the catalogue ("ARCHITECTURE/TAG") is on this computer."""
    hubs = [entry.hub for entry in CATALOGUE if entry.name == f"open_clip:{name}"]
    return any(cached_weights(hub) is not None for hub in hubs)
