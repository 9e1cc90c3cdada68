"""FAULTS.md promises nothing that no test holds."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "FAULTS.md").read_text(encoding="utf-8")
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ") and "---" not in line]


def test_every_row_names_a_test_that_is_there():
    rows = [row for row in ROWS if not row.startswith("| fault")]
    assert len(rows) >= 40
    for row in rows:
        fault, lost, said, test = (cell.strip() for cell in row.strip("| ").split(" | "))
        assert fault
        assert lost
        assert said
        found = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", test)
        assert found, row
        tree = ast.parse((ROOT / found[1]).read_text(encoding="utf-8"))
        names = {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
        assert found[2] in names, row


def test_every_fault_that_is_tried_stands_in_it():
    for path in (ROOT / "tests" / "faults").glob("test_*.py"):
        if path.name == Path(__file__).name:
            continue
        for one in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"):
                assert one.name in TEXT or "windows" in one.name, one.name
