"""The audits that ship: what one sees before asking anything."""

import json
from functools import lru_cache
from pathlib import Path

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import nearest
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.results.audit import Audit, audit_from_dict
from replearn.studies.groups.audit import audit
from replearn.studies.groups.audit_options import AuditOptions
from replearn.studies.groups.kept_pairs import FOLDER, shipped_vectors_path, write_vectors
from replearn.studies.groups.pairs import GENDER, PEOPLE, SKIN_TONE, paired_vectors

TRAITS = (SKIN_TONE, GENDER)
MODELS = ("photo-clip", "emoji-clip")
PROMPTS = (
    "a doctor",
    "a nurse",
    "a scientist",
    "a teacher",
    "a judge",
    "a cook",
    "a farmer",
    "a police officer",
    "a cleaner",
    "a boss",
    "a criminal",
    "a dangerous person",
    "a friendly person",
    "a rich person",
    "a poor person",
    "a person",
)


def build_audit(progress: Progress = silent) -> None:
    """Encode `emoji-people` under the shipped models, audit the shipped prompts, write both.

    Takes about two minutes on two idle cores.
    """
    data = load_dataset(PEOPLE)
    for trait in TRAITS:
        for name in MODELS:
            encoder = load_model(name)
            found = paired_vectors(encoder, data, trait, progress)
            write_vectors(found, encoder, data, shipped_vectors_path(name, trait))
        write_audit(trait, progress)


def write_audit(trait: str, progress: Progress = silent) -> None:
    """Audit the shipped prompts for one trait, and write what was found."""
    found = audit(PROMPTS, PEOPLE, MODELS, AuditOptions(trait), progress)
    text = json.dumps(found.to_dict(), indent=1)
    _path(trait).write_text(text + "\n", encoding="utf-8")


def shipped_audit(trait: str) -> Audit:
    """Return the audit of a trait that ships.

    Raises:
        InputError: none ships of this trait, or it isn't here.
    """
    if trait not in TRAITS:
        raise InputError(
            f"No audit of {trait!r} ships; choose one of {', '.join(TRAITS)}."
            f"{nearest(trait, TRAITS)}"
        )
    path = _path(trait)
    if not path.is_file():
        raise InputError("The audits aren't here: python -m replearn assets --audit makes them.")
    return _read(path, path.stat().st_mtime_ns)


def _path(trait: str) -> Path:
    return asset_path(FOLDER, f"audit-{trait.replace(' ', '-')}.json")


@lru_cache(maxsize=2 * len(TRAITS))
def _read(path: Path, written: int) -> Audit:  # noqa: ARG001  (a new file is another)
    try:
        return audit_from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path.name} can't be read; python -m replearn assets --audit makes it anew."
        ) from error
