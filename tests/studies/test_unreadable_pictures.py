"""A picture that can't be opened, or isn't there, stops no study of a folder."""

from pathlib import Path

import pytest
from PIL import Image

import replearn
from replearn.core.errors import InputError
from replearn.data.folder import Folder
from replearn.data.telling import left_out_of, missing, said_of
from replearn.studies.generalisation.shift_pictures import of_dataset
from replearn.studies.heat_maps.side_by_side import over_pictures
from replearn.training.sources.dataset_source import DatasetSource

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write six scenes, one broken file, and a table that names two that aren't there."""
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))
    root = tmp_path / "scenes"
    root.mkdir()
    lines = ["filename,class"]
    for row in range(6):
        sample = replearn.load_dataset("shapes", size=6)[row]
        sample.image.save(root / f"{row}.png")
        lines.append(f"{row}.png,{sample.meta['solid']}")
    (root / "broken.png").write_text("no picture")
    lines += ["broken.png,cube", "gone.png,cube", "gone too.png,cube"]
    (root / "labels.csv").write_text("\n".join(lines) + "\n")
    return root


def test_every_study_goes_on_without_them(folder: Path) -> None:
    name, model = f"folder:{folder}", "shapes-supervised"
    found = replearn.evaluate(name, model)
    assert found.accuracy.n == 6
    assert len(found.unreadable) == 3
    assert found.unreadable[0] == "labels.csv, picture 8, names gone.png, which isn't there."
    assert found.unreadable[2].startswith("broken.png is a text file")
    assert len(replearn.embed(name, model)) == 6
    assert replearn.robustness(name, model, "greyscale", [1.0]).points[0].accuracy.n == 6
    assert len(over_pictures(name, "cube", model, "grad-cam")) == 6
    assert replearn.invariance(name, "rotation", ["pixels"]).stamp.n == 6
    assert len(of_dataset(Folder(folder), Folder(folder).class_names).rows) == 7  # unopened
    source = DatasetSource(Folder(folder), 32, 0)
    assert len(source.unreadable) == 3


def test_what_is_said_of_them(folder: Path) -> None:
    data = Folder(folder)
    assert said_of(data) == [
        "Pictures from column filename, labels from column class of labels.csv."
    ]
    assert len(left_out_of(data)) == 2
    lines = missing(data, [f"{row}.png" for row in range(6)])
    assert lines[0] == "Left out: 3 pictures."
    assert lines[3].startswith("broken.png is a text file")
    shapes = replearn.load_dataset("shapes", size=4)
    assert said_of(shapes) == []
    assert missing(shapes, []) == []


def test_a_folder_of_which_nothing_opens_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    for path in folder.glob("?.png"):
        path.write_text("no picture")
    name = f"folder:{folder}"
    for study in (
        lambda: replearn.evaluate(name, "shapes-supervised"),
        lambda: replearn.embed(name, "pixels"),
        lambda: over_pictures(name, "cube", "shapes-supervised", "grad-cam"),
    ):
        with pytest.raises(InputError, match="can be opened"):
            study()
    Image.new("RGB", (8, 8)).save(folder / "0.png")
    assert len(replearn.embed(name, "pixels")) == 1
