"""What a launch opens, from its options."""

import pytest

from replearn.ui.launch import parse


@pytest.mark.parametrize(
    ("arguments", "folders"),
    [
        ([], None),
        (["--host", "127.0.0.1"], None),
        (["--host", "0.0.0.0"], ()),
        (["--share"], ()),
        (["--share", "--folders", "/class"], ("/class",)),
        (["--folders", "/class"], ("/class",)),
    ],
)
def test_folders_are_closed_where_others_reach_the_page(arguments, folders, monkeypatch):
    for name in ("REPLEARN_FOLDERS", "REPLEARN_HOST", "REPLEARN_SHARE"):
        monkeypatch.delenv(name, raising=False)
    assert parse(arguments).folders == folders
