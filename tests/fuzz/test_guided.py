"""Damage that looks for lines that no damage by chance reaches, for a bounded time."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

SECONDS = 15


@pytest.mark.slow
@pytest.mark.parametrize("target", ["pictures", "labels", "vectors"])
def test_guided_damage_is_an_answer_or_a_sentence(target, times, tmp_path):
    pytest.importorskip("atheris", reason="atheris isn't made for this system")
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.guided", target, str(SECONDS * times), str(tmp_path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-3000:]
    runs = re.search(r"Done (\d+) runs", done.stderr)
    assert runs
    assert int(runs[1]) > 20
