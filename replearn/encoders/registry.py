"""The models of the app by name: which there are, and opening one."""

import functools
import logging
import threading
from collections import defaultdict
from dataclasses import dataclass

from replearn.core.assets import asset_path
from replearn.core.errors import ModelError, ReplearnError
from replearn.core.registry import resolve
from replearn.encoders import lab
from replearn.encoders.base import Encoder, ModelCard
from replearn.encoders.names import OPEN_CLIP, canonical

ENCODERS = {
    "photo-clip": "replearn.encoders.photo_clip.model:load",
    "imagenet": "replearn.encoders.imagenet:ImagenetEncoder",
    "imagenet-lite2": "replearn.encoders.imagenet_lite2:ImagenetLite2Encoder",
    "shapes-untrained": "replearn.encoders.untrained:UntrainedResnet",
    "pixels": "replearn.encoders.pixels:Pixels64",
}
KEPT_OPEN = 4
_opening: dict[str, threading.Lock] = defaultdict(threading.Lock)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ModelInfo:
    """One line of the model list."""

    name: str
    summary: str
    capabilities: tuple[str, ...]
    parameters: int | None  # a count; None where it isn't known before a download
    licence: str
    published: str
    on_disk: bool
    download_megabytes: int | None  # None where nothing has to be downloaded


def load_model(name: str) -> Encoder:
    """Open a model by name; the last few stay open.

    Args:
        name: `photo-clip`, `imagenet`, `pixels` (no network at all), a model of the lab
            (`shapes-supervised`, ...), a run of one's own (`run:NAME`),
            `open_clip:ARCHITECTURE/TAG` and `hf-hub:OWNER/NAME` (from the local hub cache),
            `open_clip:ARCHITECTURE?PATH` (a checkpoint file), a folder or a file; see
            `replearn.encoders.names.canonical`.

    Raises:
        InputError: there is no such model, or this page, which others reach, doesn't open it.
        ModelError: its weights or configuration don't fit.
        OfflineError: its weights aren't on this computer.
    """
    wanted = canonical(name)
    # two visitors who ask for the same model must not both build it; others needn't wait
    with _opening[wanted]:
        folder = lab.model_folder(wanted)
        return _open(wanted, lab.written(folder) if folder else 0)


@functools.lru_cache(maxsize=KEPT_OPEN)
def _open(name: str, written: int) -> Encoder:  # noqa: ARG001  (a run trained anew is another)
    folder = lab.model_folder(name)
    if folder is not None:
        return lab.load(name, folder)
    if name.startswith(OPEN_CLIP):
        from replearn.encoders.open_clip import models as open_clip_models

        return open_clip_models.load(name.removeprefix(OPEN_CLIP))
    shipped = dict.fromkeys((*lab.SHIPPED, *lab.DICTIONARIES), "")
    shown = {**ENCODERS, **shipped, "open_clip:ARCHITECTURE/TAG": ""}
    factory = resolve("model", name, shown)
    found: Encoder = factory()  # type: ignore[operator]
    return found


def models() -> list[ModelInfo]:
    """List the models: what is on this computer first, then what a download would bring."""
    from replearn.encoders.catalogue import CATALOGUE
    from replearn.encoders.hub.cache import cached_models, is_cached

    rows = []
    cards = {name: _card(place) for name, place in ENCODERS.items()}
    cards |= {name: lab.read_card(asset_path(name)) for name in (*lab.SHIPPED, *lab.DICTIONARIES)}
    for name in lab.run_names():
        try:
            cards[f"{lab.RUN}{name}"] = lab.read_card(lab.runs_folder() / name)
        except ModelError as error:
            _log.warning("run %s is left out: %s", name, error)
    for name, card in cards.items():
        rows.append(
            ModelInfo(
                name,
                card.summary,
                card.capabilities,
                card.image_parameters + card.text_parameters,
                card.licence,
                card.published,
                on_disk=True,
                download_megabytes=None,
            )
        )
    for entry in CATALOGUE:
        rows.append(
            ModelInfo(
                entry.name,
                entry.note,
                ("image", "text"),
                None,
                entry.licence,
                entry.published,
                on_disk=is_cached(entry.name.removeprefix(OPEN_CLIP)),
                download_megabytes=entry.megabytes,
            )
        )
    listed = {row.name for row in rows}
    rows += [_cached(name) for name in cached_models() if name not in listed]
    return sorted(rows, key=lambda row: not row.on_disk)


def _cached(name: str) -> ModelInfo:
    """Return the line of a model of the hub's cache that no list knows."""
    repository = name.removeprefix(f"{OPEN_CLIP}hf-hub:")
    summary = f"{repository}, from the hub's cache"
    licence = "see the model's own card"
    return ModelInfo(name, summary, ("image", "text"), None, licence, "", True, None)


def _card(place: str) -> ModelCard:
    card = resolve("model card", "card", {"card": f"{place.split(':', maxsplit=1)[0]}:CARD"})
    assert isinstance(card, ModelCard)
    return card


def has_capability(name: str, capability: str) -> bool:
    """Say whether a model can do something, without opening it where the list tells."""
    for row in models():
        if row.name == name:
            return capability in row.capabilities
    try:
        return capability in load_model(name).card.capabilities
    except ReplearnError:
        return False
