import numpy as np
import pytest
from PIL import Image

import replearn
from replearn.core.errors import CapabilityError, InputError
from replearn.core.question import Question
from replearn.data.labels import parse_labels
from replearn.data.photos import Photos
from replearn.encoders.registry import load_model
from replearn.studies.many_pictures.evaluate import evaluate, suggest_labels, to_csv
from replearn.ui.frame.code import zero_shot_code

pytestmark = pytest.mark.slow

LABELS = ["cheetah", "lion", "tower", "cup of coffee"]


@pytest.fixture(scope="module")
def photo():
    photos = Photos()
    return next(photos.path(i) for i in range(len(photos)) if photos[i].id == "cheetah1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("data")
    photos = Photos()
    by_id = {photos[i].id: photos[i].image for i in range(len(photos))}
    for name, ids in {"big cat": ("cheetah1", "lion"), "building": ("tower",)}.items():
        (root / name).mkdir()
        for identity in ids:
            by_id[identity].resize((160, 160)).save(root / name / f"{identity}.jpg")
    (root / "building" / "broken.png").write_text("this is no picture")
    return root


def test_zero_shot_equals_a_slow_softmax(photo):
    templates = ["a photo of a {}.", "a drawing of {}"]
    found = replearn.zero_shot(photo, LABELS, templates=templates)
    encoder = load_model("photo-clip")
    image = encoder.encode_image([photo])[0]
    scores = []
    for label in LABELS:
        texts = encoder.encode_text([t.replace("{}", label) for t in templates])
        mean = texts.mean(0) / np.linalg.norm(texts.mean(0))
        scores.append(float(image @ mean))
    weights = np.exp(np.array(scores) / encoder.temperature)
    np.testing.assert_allclose(found.cosines, scores, atol=1e-4)
    np.testing.assert_allclose(found.probabilities, weights / weights.sum(), atol=1e-3)
    assert found.top(1)[0][0] == "cheetah"
    assert found.temperature == pytest.approx(encoder.temperature)


def test_a_null_prompt_can_win_and_a_high_temperature_flattens(photo):
    found = replearn.zero_shot(photo, LABELS, null_prompt="a photo")
    assert found.labels[-1] == "none of these"
    assert found.probabilities.sum() == pytest.approx(1, abs=1e-5)
    flat = replearn.zero_shot(photo, LABELS, temperature=100)
    assert flat.probabilities.max() < 0.26


def test_a_changed_temperature_encodes_nothing(photo, monkeypatch):
    replearn.zero_shot(photo, LABELS)
    encoder = load_model("photo-clip")

    def never(*_):
        raise AssertionError("encoded again")

    monkeypatch.setattr(type(encoder), "encode_image", never)
    monkeypatch.setattr(type(encoder), "encode_text", never)
    replearn.zero_shot(photo, LABELS, temperature=0.5)


def test_the_code_that_is_shown_gives_the_same_numbers(photo, capsys):
    templates = ("a photo of a {}.", "one {}")
    found = replearn.zero_shot(photo, LABELS, templates=templates, null_prompt="a photo")
    question = Question(tuple(LABELS), templates, "a photo")
    space = {}
    exec(zero_shot_code(str(photo), found, question), space)
    np.testing.assert_allclose(space["answer"].probabilities, found.probabilities, atol=1e-6)
    assert "cheetah" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_000])
def test_labels_that_cannot_be_are_one_sentence(text):
    with pytest.raises(InputError) as caught:
        parse_labels(text)
    assert "\n" not in str(caught.value)


def test_one_label_duplicates_and_markup_are_answered(photo):
    assert replearn.zero_shot(photo, ["cheetah"]).probabilities[0] == pytest.approx(1)
    found = parse_labels("cat\ncat\n<script>alert(1)</script>")
    assert found.names == ("cat", "<script>alert(1)</script>")
    assert found.notes


def test_five_thousand_labels_are_refused_in_one_sentence():
    with pytest.raises(InputError, match="5,000"):
        parse_labels("\n".join(f"thing {i}" for i in range(5_000)))


def test_models_that_cannot_answer_say_which_can(photo):
    with pytest.raises(CapabilityError, match="photo-clip"):
        replearn.zero_shot(photo, LABELS, model="imagenet")
    with pytest.raises(InputError, match="photo-clip"):
        replearn.zero_shot(photo, LABELS, model="fotoclip")
    assert replearn.classify(photo).top(1)[0][0] == "cheetah"


def test_a_matrix_of_cosines(photo):
    found = replearn.cosine_matrix([photo, Image.new("RGB", (9, 9))], LABELS)
    assert found.cosines.shape == (2, 4)
    one = replearn.zero_shot(photo, LABELS, templates=["{}"])
    np.testing.assert_allclose(found.cosines[0], one.cosines, atol=1e-4)


def test_a_labelled_folder(folder):
    found = evaluate(f"folder:{folder}")
    assert found.accuracy.n == 3
    assert found.accuracy.value == 1
    assert len(found.unreadable) == 1
    assert "broken.png" in found.unreadable[0]
    assert found.confusion.sum() == 3
    text = to_csv(found.rows)
    assert len(text.splitlines()) == 4
    with pytest.raises(InputError, match="building"):
        evaluate(f"folder:{folder}", options=Question(labels=("big cat", "car")))


def test_labels_are_suggested(folder):
    rows = list(suggest_labels(f"folder:{folder}", ["cheetah", "tower", "=cmd"]))
    assert {row.id: row.prediction for row in rows}["big cat/cheetah1.jpg"] == "cheetah"
    assert "'=cmd" in to_csv([*rows]) or all(row.second != "=cmd" for row in rows)


def test_neighbours_are_those_of_the_full_space(folder):
    found = replearn.neighbours(0, f"folder:{folder}")
    assert 0 not in found.indices
    assert len(found.indices) == 2
    assert (np.diff(found.similarities) <= 0).all()
    with pytest.raises(InputError, match="no picture 99"):
        replearn.neighbours(99, f"folder:{folder}")
    with pytest.raises(InputError, match="1 to 2"):
        replearn.neighbours(0, f"folder:{folder}", k=5)
    worded = replearn.neighbours(dataset=f"folder:{folder}", text="a tower", k=1)
    assert worded.ids == ("building/tower.jpg",)
