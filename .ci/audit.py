"""Known vulnerabilities of what is locked, where their lists can be reached.

    python .ci/audit.py

Ends with 1 if a locked version has one that a newer version mends. One without a mend is told, and
so is that no list could be reached: neither is anything that a change here could put right.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SERVICES: tuple[tuple[str, ...], ...] = ((), ("-s", "osv"))  # pip-audit's own list, and OSV's
PATIENCE = 300  # seconds


def audited(service: Sequence[str]) -> list[dict[str, Any]]:
    """Return what pip-audit says of each locked package that it could look up."""
    locked = ["-r", "requirements.lock", "--require-hashes", "--disable-pip", "--format", "json"]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pip_audit", *locked, *service],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        told = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError):  # it ended with an error: no list is reached
        return []
    return [one for one in told if "vulns" in one]


def judged(found: Sequence[dict[str, Any]]) -> tuple[list[str], bool]:
    """Return a line for each vulnerability, and whether a newer version mends one."""
    lines, mended = [], False
    for one in found:
        for hole in one["vulns"]:
            newer = ", ".join(hole["fix_versions"])
            mended = mended or bool(newer)
            how = f"mended in {newer}: raise it and run make lock" if newer else "not mended yet"
            lines.append(f"{one['name']} {one['version']}: {hole['id']}, {how}")
    return lines, mended


def main() -> int:
    """Ask one service after another until one answers."""
    for service in SERVICES:
        if found := audited(service):
            lines, mended = judged(found)
            print(f"{len(found)} locked packages were looked up, {len(lines)} vulnerabilities")
            print("\n".join(lines))
            return int(mended)
    print("No list of vulnerabilities can be reached from here; what is locked wasn't looked up.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
