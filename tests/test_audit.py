"""What CI makes of known vulnerabilities."""

import json
import runpy
import subprocess
from pathlib import Path

import pytest

AUDIT = runpy.run_path(str(Path(__file__).parents[1] / ".ci" / "audit.py"))
SOUND = {"name": "numpy", "version": "2.5.0", "vulns": []}
HOLE = {"id": "CVE-1", "fix_versions": [], "aliases": [], "description": ""}
OPEN = {"name": "pillow", "version": "12.0.0", "vulns": [HOLE]}
MENDED = {**OPEN, "vulns": [{**HOLE, "fix_versions": ["12.1.0"]}]}
SKIPPED = {"name": "torch", "skip_reason": "it can't be found"}


@pytest.mark.parametrize(
    ("told", "ends", "said"),
    [
        (json.dumps({"dependencies": [SOUND, SKIPPED]}), 0, "1 locked packages were looked up, 0"),
        (json.dumps({"dependencies": [OPEN]}), 0, "pillow 12.0.0: CVE-1, not mended yet"),
        (json.dumps({"dependencies": [MENDED]}), 1, "mended in 12.1.0: raise it"),
        (json.dumps({"dependencies": [SKIPPED]}), 0, "No list of vulnerabilities can be reached"),
        ("", 0, "No list of vulnerabilities can be reached"),
    ],
)
def test_only_what_can_be_mended_ends_with_an_error(told, ends, said, monkeypatch, capsys):
    done = subprocess.CompletedProcess([], 1, told, "a traceback")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    assert AUDIT["main"]() == ends
    assert said in capsys.readouterr().out
