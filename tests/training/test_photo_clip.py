import json

import numpy as np
import pytest
from safetensors.numpy import load_file
from sklearn.kernel_ridge import KernelRidge as Reference

from replearn.core.errors import InputError
from replearn.data.photos import Photos
from replearn.data.wordnet import imagenet_taxonomy
from replearn.encoders.photo_clip.model import load
from replearn.encoders.photo_clip.text_kernel import TextKernel, cosine_kernel, described, unit
from replearn.encoders.registry import load_model
from replearn.studies.zero_shot.zero_shot import zero_shot
from replearn.training import train
from replearn.training.photo_clip.kernel_ridge import ridge_coefficients
from replearn.training.photo_clip.pairs import held_out_words, pairs

pytestmark = pytest.mark.slow


def test_the_taxonomy_has_every_class_below_one_root():
    taxonomy = imagenet_taxonomy()
    assert len(taxonomy.classes) == 1000
    roots = [wnid for wnid, node in taxonomy.nodes.items() if not node.parents]
    assert len(roots) == 1
    assert all(roots[0] in taxonomy.ancestors(wnid) for wnid in taxonomy.classes)
    members = taxonomy.members()
    assert len(members[roots[0]]) == 1000
    assert len(members["n02084071"]) > 100  # dogs


def test_kernel_ridge_equals_scikit_learn():
    random = np.random.default_rng(0)
    x, new = (unit(random.normal(size=shape)) for shape in ((40, 6), (9, 6)))
    y = random.normal(size=(40, 3))
    # between unit vectors exp((cosine - 1) / width^2) is the Gaussian kernel of this width
    reference = Reference(alpha=0.2, kernel="rbf", gamma=1 / (2 * 0.8**2))
    for weights in (np.ones(40), random.uniform(0.2, 2, 40)):
        kernel = cosine_kernel(x, x, 0.8)
        ours = cosine_kernel(new, x, 0.8) @ ridge_coefficients(kernel, y, 0.2, weights)
        reference.fit(x, y, sample_weight=weights)
        np.testing.assert_allclose(ours, reference.predict(new), atol=1e-4)


def test_a_text_is_the_mean_of_what_its_nouns_are_alone():
    random = np.random.default_rng(0)
    known: dict[str, np.ndarray] = {}

    def vectors(texts):
        return np.stack([known.setdefault(t, random.normal(size=6)) for t in texts])

    names, kinds = (unit(random.normal(size=(5, 6))) for _ in range(2))
    kernel = TextKernel(names, kinds, random.normal(size=(5, 3)).astype(np.float32), 0.7, 1.5)
    both, dog, beach = kernel(["a dog on a beach", "dog", "beach"], vectors)
    np.testing.assert_allclose(both, (dog + beach) / 2, rtol=1e-5)
    (noun,) = described("dog")
    slow = np.zeros(3)
    for anchors, text, weight in ((names, noun.names, 1), (kinds, noun.kind, 1.5)):
        vector = known[text] / np.linalg.norm(known[text])
        for anchor, coefficients in zip(anchors, kernel.coefficients, strict=True):
            squared = float(((vector - anchor) ** 2).sum())
            slow += weight * np.exp(-squared / (2 * 0.7**2)) * coefficients
    np.testing.assert_allclose(dog, slow, rtol=1e-4)


def test_no_name_of_a_class_that_is_held_out_is_learnt_from():
    taxonomy = imagenet_taxonomy()
    held_out = frozenset(i for i in range(1000) if i % 5 == 2)
    found = pairs(taxonomy, np.eye(1000, 512, dtype=np.float32), held_out)
    hidden = held_out_words(taxonomy, held_out)
    assert len(hidden) > 300
    for noun in found.nouns:
        assert not hidden & set(noun.names.casefold().split(", "))
        assert noun.kind.casefold().partition(", a kind of ")[0] not in hidden


def test_the_recipe_runs_from_the_committed_table_alone_and_agrees_with_itself(tmp_path):
    folders = [train("photo-clip", tmp_path / name, width="0.6") for name in ("a", "b")]
    once, again = (load_file(folder / "heads.safetensors") for folder in folders)
    for name, values in once.items():
        # threads add in any order, and the heads are kept as float16
        np.testing.assert_allclose(values, again[name], atol=2e-3, rtol=5e-3)
    encoder = load(folders[0])
    vectors = encoder.encode_text(["cat", "a photo of a tower."])
    assert vectors.shape == (2, 512)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert json.loads((folders[0] / "metrics.json").read_text())["recipe"]["width"] == 0.6


def test_settings_that_cannot_be_are_one_sentence(tmp_path):
    with pytest.raises(InputError, match="no setting 'widht'; it has width"):
        train("photo-clip", tmp_path, widht="1")
    with pytest.raises(InputError, match="width is 'wide'; it must be a float"):
        train("photo-clip", tmp_path, width="wide")
    with pytest.raises(InputError, match="write it as 2/5"):
        train("photo-clip", tmp_path, holdout="a fifth")


@pytest.mark.parametrize(
    ("photo", "right"), [("cheetah1", "cheetah"), ("lion", "lion"), ("tower", "tower")]
)
def test_the_shipped_heads_answer_example_photographs(photo, right):
    photos = Photos()
    image = next(photos[i].image for i in range(len(photos)) if photos[i].id == photo)
    labels = ["cheetah", "lion", "dog", "horse", "tower", "cup of coffee", "rocket"]
    assert zero_shot(image, labels).top(1)[0][0] == right


def test_a_sense_that_is_chosen_is_what_is_encoded():
    encoder = load_model("photo-clip")
    plain, bird, machine = encoder.encode_text(
        ["crane", "crane (wading bird)", "crane (lifting device)"]
    )
    heron, excavator = encoder.encode_text(["heron", "forklift"])
    np.testing.assert_allclose(plain, bird, atol=1e-6)
    assert bird @ heron > machine @ heron
    assert machine @ excavator > bird @ excavator


def test_adjectives_count_and_words_without_a_sense_are_encoded_as_they_are():
    encoder = load_model("photo-clip")
    red, blue, mood = encoder.encode_text(["a red car", "a blue car", "joyful"])
    assert red @ blue < 0.9999
    assert np.isfinite(mood).all()
