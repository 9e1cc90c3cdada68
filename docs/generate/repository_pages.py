"""Pages that stand in the repository already: models' cards, and the project's documents."""

import functools
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ("CONTRIBUTING.md", "FAULTS.md", "SECURITY.md", "CHANGELOG.md")


@functools.cache
def cards() -> dict[str, str]:
    """Return the card of each thing under assets/ that has one, by its page's path."""
    found = sorted((ROOT / "assets").glob("*/README.md"))
    return {f"cards/{path.parent.name}.md": path.read_text(encoding="utf-8") for path in found}


@functools.cache
def project() -> dict[str, str]:
    """Return the repository's own documents, by their pages' paths."""
    # under their own names, so that the links between them hold
    return {f"project/{name}": (ROOT / name).read_text(encoding="utf-8") for name in PROJECT}
