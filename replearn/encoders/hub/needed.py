"""Which files of the hub a model needs: its weights, and what its text side reads them with."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from replearn.core.errors import InputError, ModelError
from replearn.encoders.hub.cache import TRANSFORMERS_KINDS, TRANSFORMERS_WEIGHTS, WEIGHTS
from replearn.encoders.hub.fetching import HubFile

HUB = "hf-hub:"
TOKENIZER = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.json",
    "merges.txt",
    "vocab.txt",
    "spiece.model",
    "sentencepiece.bpe.model",
)
Bring = Callable[[HubFile], Path]


def needed(spec: str, bring: Bring) -> list[HubFile]:
    """Return the files that opening a model reads.

    Args:
        spec: `ARCHITECTURE/TAG` or `hf-hub:OWNER/NAME`.
        bring: fetches a small file that says which others are needed.

    Raises:
        InputError: there are no such weights, or no such repository.
        ModelError: the repository holds no model that can be opened.
    """
    if spec.startswith(HUB):
        return _of_repository(spec.removeprefix(HUB), bring)
    architecture, _, tag = spec.partition("/")
    import open_clip
    from open_clip.pretrained import get_pretrained_cfg

    published = get_pretrained_cfg(architecture, tag)
    if not published:
        raise InputError(f"OpenCLIP has no weights called {spec}; open_clip.list_pretrained().")
    repository, _, wanted = published["hf_hub"].rpartition("/")
    listed = _listed(repository)
    config = open_clip.get_model_config(architecture)
    chosen = [_first((wanted,) if wanted else WEIGHTS, listed, repository)]
    return [*_of_text(config["text_cfg"], ""), *chosen]


def _of_repository(repository: str, bring: Bring) -> list[HubFile]:
    listed = _listed(repository)
    if "open_clip_config.json" in listed:
        config = listed["open_clip_config.json"]
        text = json.loads(bring(config).read_text(encoding="utf-8"))["model_cfg"]["text_cfg"]
        weights = _first(WEIGHTS, listed, repository)
        return [config, *_present(TOKENIZER, listed), *_of_text(text, repository), weights]
    if "config.json" in listed:
        stated = json.loads(bring(listed["config.json"]).read_text(encoding="utf-8"))
        if stated.get("model_type") in TRANSFORMERS_KINDS:
            small = ("config.json", "preprocessor_config.json", *TOKENIZER)
            weights = _first(TRANSFORMERS_WEIGHTS, listed, repository)
            return [*_present(small, listed), weights]
    raise ModelError(
        f"{repository} holds neither an OpenCLIP model (open_clip_config.json) nor CLIP or SigLIP "
        "of transformers; choose a repository that does."
    )


def _of_text(text: Mapping[str, Any], own: str) -> list[HubFile]:
    """Return what a text tower of transformers reads from repositories other than the model's."""
    found = []
    tokenizer, tower = text.get("hf_tokenizer_name", ""), text.get("hf_model_name", "")
    if tokenizer and not own:  # a repository with a configuration holds its tokenizer itself
        found += _present(("config.json", *TOKENIZER), _listed(tokenizer))
    if tower:
        found += _present(("config.json",), _listed(tower))
    return list(dict.fromkeys(found))


def _listed(repository: str) -> dict[str, HubFile]:
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError

    try:
        siblings = HfApi().model_info(repository, files_metadata=True).siblings or []
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise InputError(
            f"The hub has no model called {repository}, or it is closed to you; check OWNER/NAME."
        ) from error
    return {one.rfilename: HubFile(repository, one.rfilename, one.size or 0) for one in siblings}


def _present(names: tuple[str, ...], listed: Mapping[str, HubFile]) -> list[HubFile]:
    return [listed[name] for name in names if name in listed]


def _first(names: tuple[str, ...], listed: Mapping[str, HubFile], repository: str) -> HubFile:
    found = _present(names, listed)
    if not found:
        raise ModelError(f"{repository} holds no weights ({' or '.join(names)}).")
    return found[0]
