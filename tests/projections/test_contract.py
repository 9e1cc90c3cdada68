import warnings

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness

from replearn.core.errors import InputError
from replearn.projections import PROJECTIONS, load_projection, projection_parameters


@pytest.fixture(scope="module")
def vectors():
    random = np.random.default_rng(0)
    centres = random.normal(size=(4, 24)) * 3
    points = np.concatenate([centre + random.normal(size=(40, 24)) for centre in centres])
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("dimensions", [2, 3])
@pytest.mark.parametrize("name", PROJECTIONS)
def test_every_projection_is_seeded_keeps_clusters_and_places_new_points(name, dimensions, vectors):
    method = load_projection(name, dimensions=dimensions)
    once, again = (method.fit_transform(vectors[:150], 1) for _ in range(2))
    assert once.shape == (150, dimensions)
    assert once.dtype == np.float32
    assert np.isfinite(once).all()
    np.testing.assert_array_equal(once, again)
    assert trustworthiness(vectors[:150], once, n_neighbors=10) > 0.7
    assert method.paper.startswith("https://")
    before = once.copy()
    placed = method.place(vectors[150:], vectors[:150], once)  # of the last of four clusters
    np.testing.assert_array_equal(once, before)
    assert placed.dtype == np.float32
    own, others = once[120:150].mean(0), once[:120].mean(0)
    near = np.linalg.norm(placed - own, axis=1)
    assert (near < np.linalg.norm(placed - others, axis=1)).all()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", PROJECTIONS)
def test_every_declared_parameter_is_checked(name):
    for one in projection_parameters(name):
        assert one.text
        wrong = "nonsense" if one.choices else one.high + 1
        with pytest.raises(InputError, match=one.name):
            load_projection(name, **{one.name: wrong})
        assert load_projection(name, **{one.name: one.default}).settings[one.name] == one.default
    with pytest.raises(InputError, match="dimensions"):
        load_projection(name, dimension=2)


@pytest.mark.slow
def test_parameters_change_the_map(vectors):
    small, large = (
        load_projection("tsne", perplexity=p).fit_transform(vectors, 0) for p in (5, 40)
    )
    assert not np.allclose(small, large)


@pytest.mark.parametrize("name", PROJECTIONS)
def test_what_no_map_can_be_made_of_is_one_sentence(name, vectors):
    method = load_projection(name)
    holed = vectors.copy()
    holed[3, 2] = np.nan
    for wrong, said in (
        (holed, "Vector 3"),
        (vectors[:1], "at least 5"),
        (np.repeat(vectors[:2], 20, axis=0), "Only 2"),
        (vectors[0], "rows"),
    ):
        with pytest.raises(InputError, match=said) as caught:
            method.fit_transform(wrong, 0)
        assert "\n" not in str(caught.value)
    with pytest.raises(InputError, match="12"):
        method.place(vectors[:, :12], vectors, vectors[:, :2])
    with pytest.raises(InputError, match="finite"):
        method.place(holed, vectors, vectors[:, :2])


def test_pca_equals_scikit_learn_up_to_sign(vectors):
    method = load_projection("pca")
    found = method.fit_transform(vectors, 0)
    expected = PCA(2, svd_solver="full").fit(vectors)
    np.testing.assert_allclose(np.abs(found), np.abs(expected.transform(vectors)), atol=1e-5)
    placed = method.place(vectors[:9], vectors, found)
    np.testing.assert_allclose(placed, found[:9], atol=1e-5)


@pytest.mark.slow
def test_umap_places_as_umap_learn_does(vectors):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from umap import UMAP

        model = UMAP(metric="cosine", random_state=0, n_jobs=1).fit(vectors[::2])
        expected = model.transform(vectors[1::2])
    placed = load_projection("umap").place(vectors[1::2], vectors[::2], model.embedding_)
    spread = np.ptp(model.embedding_, axis=0).mean()
    assert np.median(np.linalg.norm(placed - expected, axis=1)) < 0.1 * spread
    known = load_projection("umap").place(vectors[:4:2], vectors[::2], model.embedding_)
    np.testing.assert_allclose(known, model.embedding_[:2], atol=1e-5)
