import json

import numpy as np
import pytest
from safetensors.numpy import load_file
from sklearn.kernel_ridge import KernelRidge as Reference

from replearn.core.errors import InputError
from replearn.data.photos import Photos
from replearn.data.wordnet import imagenet_taxonomy, read_glosses
from replearn.encoders.photo_clip import load
from replearn.studies.zero_shot import zero_shot
from replearn.training import train
from replearn.training.kernel_ridge import fit_kernel_ridge
from replearn.training.pairs import held_out_words, pairs


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
    x, y, new = (random.normal(size=shape) for shape in ((40, 6), (40, 3), (9, 6)))
    ours = fit_kernel_ridge(x, y, 1.3, 0.2, np.ones(40))(new)
    reference = Reference(alpha=0.2, kernel="rbf", gamma=1 / (2 * 1.3**2)).fit(x, y)
    np.testing.assert_allclose(ours, reference.predict(new), atol=1e-5)
    weights = random.uniform(0.2, 2, 40)
    weighted = fit_kernel_ridge(x, y, 1.3, 0.2, weights)(new)
    reference.fit(x, y, sample_weight=weights)
    np.testing.assert_allclose(weighted, reference.predict(new), atol=1e-5)


def test_no_name_of_a_class_that_is_held_out_is_learnt_from():
    taxonomy = imagenet_taxonomy()
    held_out = frozenset(i for i in range(1000) if i % 5 == 2)
    found = pairs(taxonomy, np.eye(1000, 512, dtype=np.float32), held_out, {})
    hidden = held_out_words(taxonomy, held_out)
    assert len(hidden) > 300
    assert not hidden & {text.casefold() for text in found.texts}


def test_the_recipe_runs_from_the_committed_table_alone_and_agrees_with_itself(tmp_path):
    small = {"epochs": "1", "words": "300"}
    folders = [train("photo-clip", tmp_path / name, **small) for name in ("a", "b")]
    once, again = (load_file(folder / "heads.safetensors") for folder in folders)
    for name, values in once.items():
        # threads add in any order, and the heads are kept as float16
        np.testing.assert_allclose(values, again[name], atol=2e-3, rtol=5e-3)
    encoder = load(folders[0])
    vectors = encoder.encode_text(["cat", "a photo of a tower."])
    assert vectors.shape == (2, 512)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert json.loads((folders[0] / "metrics.json").read_text())["recipe"]["epochs"] == 1


def test_settings_that_cannot_be_are_one_sentence(tmp_path):
    with pytest.raises(InputError, match="no setting 'sed'; it has seed"):
        train("photo-clip", tmp_path, sed="1")
    with pytest.raises(InputError, match="epochs is 'many'; it must be a int"):
        train("photo-clip", tmp_path, epochs="many")
    with pytest.raises(InputError, match="write it as 2/5"):
        train("photo-clip", tmp_path, holdout="a fifth")
    (tmp_path / "g.json").write_text("[]")
    with pytest.raises(InputError, match=r"g\.json can't be read as definitions"):
        read_glosses(tmp_path / "g.json")


@pytest.mark.parametrize(
    ("photo", "right"), [("cheetah1", "cheetah"), ("lion", "lion"), ("tower", "tower")]
)
def test_the_shipped_heads_answer_example_photographs(photo, right):
    photos = Photos()
    image = next(photos[i].image for i in range(len(photos)) if photos[i].id == photo)
    labels = ["cheetah", "lion", "dog", "horse", "tower", "cup of coffee", "rocket"]
    assert zero_shot(image, labels).top(1)[0][0] == right
