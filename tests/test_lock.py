"""requirements.lock fulfils requirements.txt, hash by hash, and names no place."""

import re
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def wanted() -> list[Requirement]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if re.match(r"\w", line)]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, list[str]]:
    """Return the versions by name: there may be one for each Python."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^ ;\\]+)", LOCK, re.M):
        found.setdefault(plain(name), []).append(version)
    return found


def test_every_requirement_is_locked_in_a_version_that_it_allows():
    versions = locked()
    for one in wanted():
        assert plain(one.name) in versions, f"run make lock: {one.name}"
        for version in versions[plain(one.name)]:
            assert version in one.specifier, f"run make lock: {one} isn't {version}"


def test_everything_has_hashes_and_nothing_else_stands_there():
    pinned = r"[\w.-]+==[^ ;\\]+( ; [^\\]+)? \\"
    for line in LOCK.splitlines():
        assert re.fullmatch(rf"{pinned}|    --hash=sha256:[0-9a-f]{{64}}( \\)?", line), line
    blocks = re.split(r"^(?=\S)", LOCK, flags=re.M)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert len(blocks) > 100
