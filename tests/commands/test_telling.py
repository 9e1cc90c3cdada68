"""What commands say of a user's data, and how they say where they are when nobody watches."""

from pathlib import Path

import pytest

import replearn
from replearn.cli import main
from replearn.commands.frame import arguments
from replearn.commands.frame.arguments import dataset_name, pace


@pytest.fixture
def pets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write eight scenes in two splits, and a file that is no picture."""
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))
    scenes = replearn.load_dataset("shapes", size=8)
    for row in range(8):
        sample = scenes[row]
        path = tmp_path / "pets" / ("train", "test")[row % 2] / sample.meta["solid"] / f"{row}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        sample.image.save(path)
    # beside it, so that its class is one of the world's
    path.with_name("paper.jpg").write_bytes(b"%PDF-1.7")
    return tmp_path / "pets"


def said(capsys: pytest.CaptureFixture[str], *given: str) -> tuple[str, str]:
    assert main(given) == 0
    printed = capsys.readouterr()
    return printed.out, printed.err


def test_evaluate_says_which_split_and_what_is_left_out(
    pets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = ("--model", "shapes-supervised")
    out, err = said(capsys, "evaluate", f"{pets}@test", *model)
    assert "Of its splits (test, train), test is used." in err
    assert "(n = 4)" in out
    assert "split test" in out
    assert "Left out: 1 picture." in out
    assert "paper.jpg is a PDF" in out
    out, err = said(capsys, "evaluate", str(pets), *model)
    assert f"All of its splits are used together (test, train); {pets}@test is one." in err
    assert "split all of test, train" in out
    assert "(n = 8)" in out


@pytest.mark.slow
def test_embed_and_sweep_name_what_is_missing(
    pets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = sorted(str(path.relative_to(pets)) for path in pets.rglob("*.*"))
    lines = [f"{name},{Path(name).parent.name}" for name in names]
    gone = [f"gone{i}.png,cube" for i in range(12)]
    (pets / "labels.csv").write_text("\n".join(["image,category", *lines, *gone]) + "\n")
    out, err = said(capsys, "embed", str(pets), "--model", "pixels")
    assert "8 pictures of" in out
    assert "Pictures from column image, labels from column category of labels.csv." in err
    assert "Left out: 13 pictures." in err
    assert "names gone9.png, which isn't there." in err
    assert "gone10.png" not in err
    assert "And 3 more." in err
    options = ("--models", "shapes-supervised", "--distortions", "greyscale")
    out, err = said(capsys, "sweep", str(pets), *options, "--out", str(tmp_path / "rows.csv"))
    assert "40 rows written" in out
    assert "Left out: 13 pictures." in err


def test_a_missing_folder_is_a_folder_and_an_archive_an_archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pets.zip").write_bytes(b"PK\3\4")
    for given, told in (
        (str(tmp_path / "nowhere"), "There is no folder called"),
        (str(tmp_path / "pets.zip"), "is a zip archive; unpack it"),
        ("https://example.org/pets", "is an address; download"),
    ):
        assert main(["embed", given, "--model", "pixels"]) == 2
        assert told in capsys.readouterr().err


def test_names_of_data_sets_stay() -> None:
    for name in ("shapes", "emoji", "hf:owner/name", "folder:a/b", "torchvision:MNIST", "nothing"):
        assert dataset_name(name) == name
    assert dataset_name("a/b@test") == "folder:a/b@test"


def test_without_a_terminal_progress_is_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    progress = pace()
    progress._clock = lambda: now[0]
    for step in range(1, 61):
        progress(step, 60, "steps")
        now[0] += 1.0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "11 of 60 steps, 1.0 a second, 49 s left"
    assert len(lines) == 6
    assert not hasattr(arguments, "say_progress")


def test_invariance_and_shift_name_what_is_missing_and_one_picture_is_one(
    pets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = sorted(str(path.relative_to(pets)) for path in pets.rglob("*.png"))
    lines = [f"{name},{Path(name).parent.name}" for name in names]
    (pets / "labels.csv").write_text("\n".join(["image,label", *lines, "gone.png,cube"]) + "\n")
    asked = ("--factor", "rotation", "--models", "pixels", "--levels", "0,90")
    out, err = said(capsys, "invariance", str(pets), *asked)
    assert "(n = 8)" in out
    assert "gone.png" in err
    out, _ = said(capsys, "invariance", str(pets / names[0]), *asked)
    assert "n = 1" in out
    assert "nan" not in out
    rows = f"clean={pets},again={pets}"
    out, err = said(capsys, "shift", "--rows", rows, "--models", "shapes-supervised")
    assert err.count("Left out: 1 picture.") == 2
    assert "again" in out
