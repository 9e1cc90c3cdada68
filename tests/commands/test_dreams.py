"""The commands about made pictures write what they say."""

import json
import zipfile

import pytest
from PIL import Image

from replearn.cli import main
from replearn.data import load_dataset


@pytest.fixture
def scene(tmp_path):
    path = tmp_path / "scene.png"
    load_dataset("shapes", split="test")[3].image.save(path)
    return str(path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["a red cube", "--head", "3,1"], "what layer 3, head 1 adds to the cosine with"),
        (["--head", "3,1", "--plus", "a cube", "--weight", "0.5"], "length + 0.5 x cosine with"),
        (["a cube", "--plus", "a ball", "--weight", "-1"], "“a cube” - cosine with “a ball”"),
        (["a cube", "--against", "a ball"], "“a cube” minus cosine with “a ball”"),
    ],
)
def test_aims_are_written_as_options(tmp_path, capsys, asked, said):
    out = tmp_path / "drawn.png"
    told = ["--model", "shapes-clip", "--steps", "4", "--out", str(out), "--json"]
    assert main(["visualise", *asked, *told]) == 0
    assert said in json.loads(capsys.readouterr().out)["target"]
    assert Image.open(out).size == (64, 64)


@pytest.mark.slow
def test_a_direction_a_row_a_smallest_change_and_an_evolution(tmp_path, scene, capsys):
    model = ["--model", "shapes-supervised"]
    grey = tmp_path / "grey.png"
    Image.new("RGB", (64, 64), "grey").save(grey)
    out = tmp_path / "out.png"
    few = [*model, "--steps", "4", "--out", str(out)]
    assert main(["visualise", "--between", scene, str(grey), *few]) == 0
    assert main(["interpolate", "torus", "cube", "--count", "3", *few]) == 0
    assert Image.open(out).size == (192, 64)
    zipped = tmp_path / "out.zip"
    assert main(["smallest-change", scene, *model, "--out", str(zipped)]) == 0
    names = ["flipped.png", "original.png", "change.png", "smallest-change.json"]
    assert zipfile.ZipFile(zipped).namelist() == names
    asked = ["evolve", "torus", *model, "--generations", "1", "--out", str(zipped)]
    assert main(asked) == 0
    assert zipfile.ZipFile(zipped).namelist() == ["evolved.png", "ancestor.png", "evolved.json"]
    said = capsys.readouterr().out
    assert "direction from the first picture" in said
    assert (
        "From logit of “torus” to logit of “cube”: shares of both, then both scores. Written"
        in said
    )
    assert "grey levels" in said
    assert "After 48 patterns in 1 generation the" in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--head", "3"], "LAYER,HEAD"),
        (["--head", "3,1.5"], "LAYER,HEAD"),
        (["--head", "a,b"], "list of numbers"),
        (["--head", "3,1", "--between", "a.png", "b.png"], "not for both"),
    ],
)
def test_what_is_written_wrongly_gets_a_sentence(asked, said, capsys):
    assert main(["visualise", *asked, "--model", "shapes-clip"]) == 2
    captured = capsys.readouterr()
    assert said in captured.err + captured.out
