import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness

from replearn.projections import PROJECTIONS, load_projection
from replearn.projections.quality import layout_quality


@pytest.fixture(scope="module")
def vectors():
    random = np.random.default_rng(0)
    centres = random.normal(size=(4, 24)) * 3
    points = np.concatenate([centre + random.normal(size=(40, 24)) for centre in centres])
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", PROJECTIONS)
def test_every_projection_is_seeded_and_keeps_clusters(name, vectors):
    method = load_projection(name)
    once, again = (method.fit_transform(vectors, 1) for _ in range(2))
    assert once.shape == (160, 2)
    assert once.dtype == np.float32
    assert np.isfinite(once).all()
    np.testing.assert_array_equal(once, again)
    assert trustworthiness(vectors, once, n_neighbors=10) > 0.7
    assert method.paper.startswith("https://")


def test_pca_equals_scikit_learn_up_to_sign(vectors):
    found = load_projection("pca").fit_transform(vectors, 0)
    expected = PCA(2).fit_transform(vectors)
    np.testing.assert_allclose(np.abs(found), np.abs(expected), atol=1e-4)


def test_quality_equals_scikit_learn(vectors):
    points = vectors[:, :2]
    quality = layout_quality(vectors, points, 10)
    expected = trustworthiness(vectors, points, n_neighbors=10, metric="cosine")
    assert any(abs(value - expected) < 2e-3 for value in quality.values()), quality
