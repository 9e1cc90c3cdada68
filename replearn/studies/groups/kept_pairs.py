"""Vectors of pairs, encoded once: in memory for the user's data, shipped for `emoji-people`."""

import json
import logging
from collections import OrderedDict
from pathlib import Path
from threading import Lock

import numpy as np

from replearn.core.assets import asset_path
from replearn.core.damaged import DAMAGED
from replearn.core.progress import Progress, silent
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder
from replearn.store.arrays import write_arrays
from replearn.studies.groups.pairs import PEOPLE, PairedVectors, paired_vectors

FOLDER = "groups"
log = logging.getLogger(__name__)
KEPT = 8  # in memory
_Key = tuple[str, str, str]
_kept: OrderedDict[_Key, PairedVectors] = OrderedDict()
_lock = Lock()


def kept_vectors(
    encoder: Encoder, data: Dataset, trait: str, progress: Progress = silent
) -> PairedVectors:
    """Return the vectors of pairs, from memory or from what ships where they are known.

    Raises:
        InputError: no picture can be opened.
    """
    key = (encoder.fingerprint, data.fingerprint(), trait)
    with _lock:
        found = _kept.get(key)
    if found is None:
        found = _shipped(encoder, data, trait) or paired_vectors(encoder, data, trait, progress)
        with _lock:
            _kept[key] = found
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return found


def shipped_vectors_path(model: str, trait: str) -> Path:
    """Return where the vectors of `emoji-people` ship for a model."""
    return asset_path(FOLDER, f"pairs-{trait.replace(' ', '-')}-{model}.npz")


def write_vectors(found: PairedVectors, encoder: Encoder, data: Dataset, path: Path) -> None:
    """Write vectors as float16, with what they are of.

    Raises:
        OSError: there is no room, or no permission.
    """
    about = {
        "fingerprints": [encoder.fingerprint, data.fingerprint()],
        "dataset": found.dataset,
        "trait": found.trait,
        "pairs": found.pairs,
        "values": found.values,
        "pictures": found.pictures,
    }
    vectors = found.vectors.astype(np.float16)
    write_arrays(path, {"vectors": vectors, "about": np.array(json.dumps(about))})


def _shipped(encoder: Encoder, data: Dataset, trait: str) -> PairedVectors | None:
    """Return what ships, if it is of this very model and these very pictures."""
    path = shipped_vectors_path(encoder.name, trait)
    if data.name != PEOPLE or not path.is_file():
        return None
    try:
        return _read(path, encoder, data)
    except DAMAGED as error:
        log.warning("%s can't be read (%s); the vectors are computed anew.", path, error)
        return None


def _read(path: Path, encoder: Encoder, data: Dataset) -> PairedVectors | None:
    with np.load(path, allow_pickle=False) as file:
        about = json.loads(str(file["about"]))
        if about["fingerprints"] != [encoder.fingerprint, data.fingerprint()]:
            return None
        return PairedVectors(
            about["dataset"],
            about["trait"],
            tuple(about["pairs"]),
            tuple(about["values"]),
            file["vectors"].astype(np.float32),
            about["pictures"],
        )
