"""`python -m replearn licences`: of everything that is installed for replearn, one a line."""

import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, requires
from pathlib import Path

UNKNOWN = "unknown"
# what asks that changes, or works built on it, be given on under the same licence
_COPYLEFT = re.compile(
    r"\b(A|L)?GPL|General Public|\bMPL\b|Mozilla Public|\bEPL\b|Eclipse Public|CC[- ]BY[- ]SA|"
    r"ShareAlike|European Union Public",
    re.I,
)
_LONGEST = 60  # characters; some write the whole licence where its name should stand


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--flagged", action="store_true", help="copyleft and unknown ones alone")


def run(options: Namespace) -> int:
    """Print name, version, licence and what is to be looked at; say how many that are."""
    rows = [
        (one.name, one.version, licence, flag(licence))
        for one in installed(required())
        for licence in [licence_of(one)]
    ]
    for name, version, licence, said in rows:
        if said or not options.flagged:
            print(name, version, licence, *([f"({said})"] if said else []), sep="  ")
    flagged = sum(1 for *_, said in rows if said)
    print(f"{len(rows)} packages, {flagged} to be looked at", file=sys.stderr)
    return 0


def required() -> list[str]:
    """Return what replearn itself wants, as its metadata or requirements.txt says."""
    try:
        if found := requires("replearn"):
            return found
    except PackageNotFoundError:
        pass  # run from a checkout
    lines = Path(__file__).resolve().parents[3] / "requirements.txt"
    return [line for line in lines.read_text("utf-8").splitlines() if re.match(r"\w", line)]


def installed(wanted: Iterable[str]) -> list[Distribution]:
    """Return the packages that are wanted, and those that they want, as far as they are here."""
    found: dict[str, Distribution] = {}
    waiting = list(wanted)
    while waiting:
        name = _needed_name(waiting.pop())
        if name is None or name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for another system, or one that nobody installed
        waiting += found[name].requires or []
    return [found[name] for name in sorted(found)]


def licence_of(package: Distribution) -> str:
    """Return the name of a package's licence, or `UNKNOWN`."""
    return next((said for said in _stated(package) if said), UNKNOWN)


def flag(licence: str) -> str:
    """Return "copyleft" or "unknown" for a licence that is to be looked at, else ""."""
    if licence == UNKNOWN:
        return UNKNOWN
    return "copyleft" if _COPYLEFT.search(licence) else ""


def _stated(package: Distribution) -> Iterator[str]:
    notes = package.metadata
    yield _note(package, "License-Expression")
    kinds = [one for one in notes.get_all("Classifier") or [] if one.startswith("License ::")]
    yield ", ".join(dict.fromkeys(one.rpartition(" :: ")[2] for one in kinds))
    first = _note(package, "License").strip().partition("\n")[0]
    yield first if first.upper() != "UNKNOWN" and len(first) <= _LONGEST else ""
    for file in package.files or []:
        path = Path(str(file.locate()))
        if re.match(r"(licen[cs]e|copying)", path.name, re.I) and path.is_file():
            text = path.read_text("utf-8", errors="replace")
            if title := re.search(r"\b(MIT|BSD|Apache) Licen[cs]e", text[:2000], re.I):
                yield title[0]


def _note(package: Distribution, name: str) -> str:
    said = package.metadata.get_all(name)
    return str(said[0]) if said else ""


def _needed_name(requirement: str) -> str | None:
    """Return the name in "name[extra]>=1; marker" in one spelling; None where it isn't for here."""
    from packaging.requirements import Requirement

    read = Requirement(requirement.partition(" #")[0])
    if read.marker and not read.marker.evaluate({"extra": ""}):
        return None
    return re.sub(r"[-_.]+", "-", read.name).lower()
