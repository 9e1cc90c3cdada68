"""What other systems would trip over, found by reading the code: calls, encodings, paths."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from replearn.commands.frame.arguments import dataset_name
from replearn.core.in_place import put_in_place
from replearn.core.settings import split_paths
from replearn.data.folders import access, locating
from replearn.data.folders.locating import Locator
from replearn.encoders.names import is_path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "replearn").rglob("*.py"))
# they aren't there on Windows
POSIX_ONLY = {
    *("os.fork", "os.geteuid", "os.getuid", "os.uname", "os.getpgid", "os.killpg", "os.setsid"),
    *("signal.SIGKILL", "signal.SIGALRM", "signal.SIGHUP", "signal.alarm", "signal.setitimer"),
    *("os.mkfifo", "os.chown", "os.sched_getaffinity", "time.tzset"),
}
POSIX_MODULES = {"fcntl", "pwd", "grp", "resource", "termios", "pty", "posix"}
PLACES = ("/tmp", "/dev/", "/proc/", "/var/", "/home/")
IMPORTS = (ast.Import, ast.ImportFrom)


def test_nothing_is_of_one_system_alone():
    assert [found for path in SOURCES for found in _tripped_over(path)] == []


def _tripped_over(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {id(one) for block in _guarded(tree) for one in ast.walk(block)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in POSIX_ONLY:
            yield f"{path}:{node.lineno}: {ast.unparse(node)}"
        if isinstance(node, IMPORTS) and id(node) not in guarded:
            names = {one.name for one in node.names} | {getattr(node, "module", "")}
            if names & POSIX_MODULES:
                yield f"{path}:{node.lineno}: a module of one system"
        said = node.value if isinstance(node, ast.Constant) else None
        if isinstance(said, str) and said.startswith(PLACES):
            yield f"{path}:{node.lineno}: a place of one system"
        if isinstance(node, ast.Call) and _guesses_encoding(node):
            yield f"{path}:{node.lineno}: name the encoding"


def _guarded(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what goes on where a module is missing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Try):
            caught = {ast.unparse(one.type) for one in node.handlers if one.type}
            if "ImportError" in caught:
                yield node
        if isinstance(node, ast.With) and "suppress(ImportError" in ast.unparse(node.items[0]):
            yield node


def _guesses_encoding(node: ast.Call) -> bool:
    """Whether text is read or written as the system at hand would, not as UTF-8."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    keywords = {one.arg for one in node.keywords}
    if name in {"read_text", "write_text"}:
        return "encoding" not in keywords and len(node.args) <= (name == "write_text")
    if name != "open" or "encoding" in keywords:
        return False
    modes = [one.value for one in node.args if isinstance(one, ast.Constant)]
    return len(node.args) <= 1 and (not node.args or modes in (["r"], ["w"], ["a"], ["x"]))


def test_a_file_that_somebody_reads_is_replaced_a_little_later(tmp_path, monkeypatch):
    part, path = tmp_path / "part", tmp_path / "whole"
    part.write_text("new")
    path.write_text("old")
    tries = []
    replace = Path.replace

    def held(self, target):
        tries.append(target)
        if len(tries) < 3:
            raise PermissionError(13, "it is used by another process")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    put_in_place(part, path)
    assert path.read_text() == "new"
    assert len(tries) == 3
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "")))
    monkeypatch.setattr("replearn.core.in_place.TRIES", 2)
    with pytest.raises(PermissionError):
        put_in_place(path, part)


@pytest.mark.parametrize(
    "text", ["C:\\pictures\\model.pt", "D:/a/b", ".\\here", "/models/a", "~/a", "a.safetensors"]
)
def test_paths_of_every_system_are_paths(text):
    assert is_path(text)


def test_a_drive_is_no_kind_of_data_set():
    assert dataset_name("C:\\My pictures") == "folder:C:\\My pictures"
    assert dataset_name("C:\\My pictures@test") == "folder:C:\\My pictures@test"
    assert dataset_name("torchvision:MNIST") == "torchvision:MNIST"


def test_lists_of_paths_are_split_as_the_system_writes_them(monkeypatch):
    monkeypatch.setattr(os, "pathsep", ";")
    assert split_paths("C:\\a;D:\\b") == ("C:\\a", "D:\\b")


@pytest.mark.parametrize(
    "text", ["cat\\a.png", "cat/a.png", ".\\cat\\a.png", "C:\\old\\cat\\a.png"]
)
def test_a_table_that_windows_wrote_names_the_same_pictures(tmp_path, text):
    (tmp_path / "cat").mkdir()
    (tmp_path / "cat" / "a.png").write_bytes(b"")
    assert Locator(tmp_path).locate(text, ("",)) == ("cat/a.png", "")
    assert locating.PureWindowsPath is PureWindowsPath


def test_uploads_on_another_drive_are_no_obstacle(monkeypatch, tmp_path):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    monkeypatch.setattr(os.path, "commonpath", lambda _: pytest.fail("drives have none"))
    access.refuse_uploads("D:\\pictures", str(tmp_path / "pictures"))
    for inside in (tmp_path, tmp_path / "uploads" / "a"):
        with pytest.raises(access.InputError, match="by others too"):
            access.refuse_uploads(inside, str(inside))
