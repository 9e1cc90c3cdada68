"""Opening an OpenCLIP model by name: from the local hub cache, a checkpoint file or a folder."""

import os
from pathlib import Path
from typing import Any

from replearn.core.errors import InputError, ModelError, OfflineError
from replearn.core.registry import nearest
from replearn.core.settings import from_environment
from replearn.data.folders.access import refuse_closed, refuse_uploads
from replearn.encoders.base import ModelCard
from replearn.encoders.hub.cache import WEIGHTS, cached_folder, cached_weights
from replearn.encoders.names import HUB, is_path
from replearn.encoders.open_clip.assembling import Named, assembled
from replearn.encoders.open_clip.configured import CONFIG, known_config, read_config
from replearn.encoders.open_clip.encoder import OpenClipEncoder
from replearn.encoders.open_clip.fitting import architectures_for
from replearn.encoders.open_clip.openai_archives import openai_archive
from replearn.encoders.open_clip.reading import is_openai_archive, weights_of


def load(spec: str) -> OpenClipEncoder:
    """Open a model.

    Args:
        spec: `ARCHITECTURE/TAG`, `ARCHITECTURE?CHECKPOINT`, `hf-hub:OWNER/NAME`, a folder with
            open_clip_config.json or with transformers' config.json, or a checkpoint file that says
            by itself what network it is of.

    Raises:
        InputError: the architecture or tag doesn't exist, a path is missing, or this page, which
            others reach, doesn't open it.
        ModelError: the checkpoint can't be read or doesn't fit the architecture, or activation or
            preprocessing are not those the weights were trained with.
        OfflineError: the weights would have to be downloaded first.
    """
    name = f"open_clip:{spec}"
    if "?" in spec:
        architecture, _, path = spec.partition("?")
        return _from_checkpoint(name, architecture, _open_to_all(path, name))
    if spec.startswith(HUB):
        return _from_repository(name, spec.removeprefix(HUB))
    if is_path(spec) or (from_environment().folders is None and Path(spec).exists()):
        found = _open_to_all(spec, name)
        return _from_file(name, found) if found.is_file() else load_folder(name, found, None)
    architecture, _, tag = spec.partition("/")
    return _from_hub_cache(name, architecture, tag)


def _open_to_all(path: str, name: str) -> Path:
    """Return a path that this page may open: where others reach it, only what its owner named."""
    found = Path(path.strip()).expanduser()
    real = os.path.realpath(found)
    refuse_uploads(found, real)
    if name not in from_environment().models:
        refuse_closed(found, real)
    return found


def _from_repository(name: str, repository: str) -> OpenClipEncoder:
    folder = cached_folder(repository)
    if folder is None:
        raise _absent(name)
    return load_folder(name, folder, None)


def _absent(name: str) -> OfflineError:
    return OfflineError(
        f"{name} isn't on this computer yet; get it with python -m replearn download {name}, or "
        "choose photo-clip, which needs no network."
    )


def _from_hub_cache(name: str, architecture: str, tag: str) -> OpenClipEncoder:
    import open_clip
    from open_clip.pretrained import get_pretrained_cfg

    config = known_config(architecture)
    tags = open_clip.list_pretrained_tags_by_model(architecture)
    published = get_pretrained_cfg(architecture, tag)
    if not published:
        raise InputError(
            f"OpenCLIP has no weights {tag!r} for {architecture}; choose one of "
            f"{', '.join(tags) or 'none'}.{nearest(tag, tags)}"
        )
    if bool(published.get("quick_gelu")) != bool(config.get("quick_gelu")):
        other = (
            architecture.removesuffix("-quickgelu")
            if config.get("quick_gelu")
            else f"{architecture}-quickgelu"
        )
        raise ModelError(
            f"The weights {tag} were trained with another activation than {architecture} has; "
            f"choose open_clip:{other}/{tag}."
        )
    checkpoint = cached_weights(published.get("hf_hub", ""))
    if checkpoint is None:
        raise _absent(name)
    return assembled(Named(name, architecture), config, checkpoint, published)


def _from_checkpoint(name: str, architecture: str, path: Path) -> OpenClipEncoder:
    config = known_config(architecture)
    if not path.is_file():
        raise InputError(f"There is no checkpoint file at {path}; check the path after the '?'.")
    preprocess: dict[str, Any] = {}
    beside = path.parent / CONFIG
    if is_openai_archive(path) and not config.get("quick_gelu"):
        raise ModelError(
            f"{path.name} is OpenAI's own archive, trained with another activation than "
            f"{architecture} has; give the path alone, or {architecture}-quickgelu?{path}."
        )
    if beside.is_file():
        stated = read_config(beside)
        if bool(stated["model_cfg"].get("quick_gelu")) != bool(config.get("quick_gelu")):
            raise ModelError(
                f"{beside.name} beside the checkpoint states another activation than "
                f"{architecture} has; name the architecture that fits, with or without -quickgelu."
            )
        preprocess = stated.get("preprocess_cfg", {})
    return assembled(Named(name, architecture), config, path, preprocess)


def _from_file(name: str, path: Path) -> OpenClipEncoder:
    """Open a checkpoint whose network is said beside it, or by itself."""
    if (path.parent / CONFIG).is_file():
        return _configured(name, path.parent, path, None)
    if is_openai_archive(path):
        return openai_archive(name, path)
    fitting = architectures_for(weights_of(path))
    named = f"OpenCLIP's {', '.join(fitting)}" if fitting else "none of OpenCLIP's plain networks"
    example = fitting[0] if fitting else "ARCHITECTURE"
    raise InputError(
        f"{path.name} doesn't say what network it is of; its sizes fit {named}: give "
        f"{example}?{path}."
    )


def load_folder(name: str, folder: Path, card: ModelCard | None) -> OpenClipEncoder:
    """Open a folder with open_clip_config.json, or transformers' config.json, and a checkpoint.

    Args:
        name: the model's name in the app.
        folder: where the files lie.
        card: what a user should know; None says just what the files say.

    Raises:
        InputError: a file is missing.
        ModelError: a file can't be read or doesn't fit.
    """
    if not folder.is_dir():
        raise InputError(f"There is no folder or file at {folder}; check the path.")
    if not (folder / CONFIG).is_file():
        if (folder / "config.json").is_file():
            from replearn.encoders.open_clip.with_transformers import transformers_folder

            return transformers_folder(name, folder)
        raise InputError(f"There is no {CONFIG} in {folder}; give ARCHITECTURE?CHECKPOINT instead.")
    checkpoint = next((folder / one for one in WEIGHTS if (folder / one).is_file()), None)
    if checkpoint is None:
        raise InputError(f"There is no open_clip_model.safetensors in {folder}.")
    return _configured(name, folder, checkpoint, card)


def _configured(
    name: str, folder: Path, checkpoint: Path, card: ModelCard | None
) -> OpenClipEncoder:
    stated = read_config(folder / CONFIG)
    named = Named(name, f"local-dir:{folder}", card)
    return assembled(named, stated["model_cfg"], checkpoint, stated.get("preprocess_cfg", {}))
