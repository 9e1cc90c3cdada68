"""The list of licences has everything that is used, and says what is to be looked at."""

import pytest

from replearn import cli
from replearn.commands.project.licences import flag, installed, required


def test_everything_that_is_installed_for_replearn_is_listed(capsys):
    assert cli.main(["licences"]) == 0
    said = capsys.readouterr()
    names = {line.split("  ")[0].lower() for line in said.out.splitlines()}
    assert {"torch", "gradio", "pillow", "timm", "numpy", "safetensors"} <= names
    assert len(names) == len(installed(required())) > 50
    rows = [line.split("  ") for line in said.out.splitlines()]
    assert all(len(row) in {3, 4} for row in rows)
    assert f"{len(rows)} packages" in said.err
    assert cli.main(["licences", "--flagged"]) == 0
    flagged = capsys.readouterr().out.splitlines()
    assert all(line.endswith(("(copyleft)", "(unknown)")) for line in flagged)


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("MIT", ""),
        ("Apache-2.0", ""),
        ("BSD-3-Clause AND MIT", ""),
        ("GNU Lesser General Public License v3 (LGPLv3)", "copyleft"),
        ("AGPL-3.0", "copyleft"),
        ("Mozilla Public License 2.0 (MPL 2.0)", "copyleft"),
        ("CC-BY-SA-4.0", "copyleft"),
        ("unknown", "unknown"),
    ],
)
def test_what_is_to_be_looked_at(licence, said):
    assert flag(licence) == said
