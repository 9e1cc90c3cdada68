import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

import replearn
from replearn.core.errors import CapabilityError, InputError
from replearn.projections.neighbours import k_nearest
from replearn.studies.map.agreement import compare_models, leave_one_out, linear_cka, mutual_overlap
from replearn.studies.map.colour import categories, colour_map, colourings
from replearn.studies.map.embedding_map import MapChoice
from replearn.studies.map.principal_axes import principal_axes
from replearn.studies.map.variants import facing_maps, map_variants
from replearn.studies.shipping.shipped import is_shipped

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def emoji():
    return replearn.embed("emoji")


@pytest.fixture
def pair():
    random = np.random.default_rng(3)
    first = random.normal(size=(60, 7)).astype(np.float32)
    return first, (first @ random.normal(size=(7, 5)) + 0.5).astype(np.float32)


def test_linear_cka_equals_hsic_of_gram_matrices(pair):
    first, second = pair
    n = len(first)
    centre = np.eye(n) - 1 / n
    grams = [centre @ (part @ part.T) @ centre for part in (first, second)]

    def hsic(a, b):
        return sum(float(a[i, j] * b[i, j]) for i in range(n) for j in range(n))

    slow = hsic(*grams) / np.sqrt(hsic(grams[0], grams[0]) * hsic(grams[1], grams[1]))
    assert linear_cka(first, second) == pytest.approx(slow, abs=1e-5)
    turn = np.linalg.qr(np.random.default_rng(0).normal(size=(7, 7)))[0]
    assert linear_cka(first, 3 * first @ turn + 2) == pytest.approx(1, abs=1e-5)


def test_mutual_overlap_and_leave_one_out_equal_slow_counts(pair):
    near = [k_nearest(part, 6) for part in pair]
    slow = np.mean([len(set(a) & set(b)) / 6 for a, b in zip(*near, strict=True)])
    assert mutual_overlap(*near) == pytest.approx(slow)
    labels = np.random.default_rng(1).integers(0, 3, 60)
    right = leave_one_out(k_nearest(pair[0], 1), labels)
    for row in range(60):
        others = np.delete(np.arange(60), row)
        one = KNeighborsClassifier(1, metric="cosine").fit(pair[0][others], labels[others])
        assert right[row] == (one.predict(pair[0][row : row + 1])[0] == labels[row])


def test_two_models_of_one_data_set(emoji):
    found = compare_models("emoji", ["photo-clip", "imagenet", "photo-clip"])
    assert [row.model for row in found.models] == ["photo-clip", "imagenet"]
    assert found.models[0].accuracy.n == 1914
    assert found.chance < found.models[0].accuracy.low
    assert 0.2 < found.overlap[0, 1] < 1
    assert found.overlap[0, 1] == found.overlap[1, 0]
    assert 0.2 < found.cka[0, 1] < 1
    with pytest.raises(InputError, match="too few"):
        compare_models("photos", ["photo-clip"], k=50)


def test_a_prompt_lights_up_what_it_names(emoji):
    found = colour_map(emoji, "prompt", "fruit")
    best = {emoji.captions[i] for i in np.argsort(-found.values)[:30]}
    assert best & {"red apple", "strawberry", "cherries", "melon", "tangerine", "grapes", "pear"}
    assert "fruit" in found.title
    word = colour_map(emoji, "caption word", "Cat")
    named = [emoji.captions[i] for i in np.flatnonzero(word.values == 0)]
    assert named
    assert all("cat" in name.casefold() for name in named)
    for by, text, said in (("prompt", " ", "Type"), ("caption word", "qqq", "qqq")):
        with pytest.raises(InputError, match=said):
            colour_map(emoji, by, text)


def test_labels_columns_and_confidence(emoji):
    assert "subgroup" in colourings(emoji)
    assert "emoji" not in colourings(emoji)  # every picture has its own
    found = colour_map(emoji, "subgroup")
    assert len(found.names) == 10
    assert found.names[-1] == "other"
    label = colour_map(emoji, "label")
    assert [label.names[int(i)] for i in label.values] == list(emoji.groups)
    sure = colour_map(emoji, "confidence")
    assert (sure.values > 1 / 10).all()
    assert (sure.values <= 1).all()
    with pytest.raises(InputError, match="Did you mean label"):
        colour_map(emoji, "lable")
    few = categories("x", ["b", "", "a", "b"])
    assert few.names == ("(none)", "a", "b")


def test_confidence_of_a_head_and_of_a_model_without_one():
    photos = replearn.embed("photos", "imagenet")
    found = colour_map(photos, "confidence")
    one = replearn.classify(replearn.load_dataset("photos")[2].image)
    assert found.values[2] == pytest.approx(one.probabilities.max(), abs=1e-3)
    with pytest.raises(CapabilityError, match="text"):
        colour_map(photos, "prompt", "cat")
    with pytest.raises(CapabilityError, match="head"):
        colour_map(replearn.embed("photos", "shapes-untrained"), "confidence")


def test_variants_are_turned_onto_the_first(emoji):
    found = map_variants(MapChoice("photos", "photo-clip", "pca"))
    assert found.agreement == (1, 1, 1, 1)  # nothing is random in pca
    np.testing.assert_allclose(found.maps[3].coordinates, found.maps[0].coordinates, atol=1e-5)
    with pytest.raises(InputError, match="vary"):
        map_variants(MapChoice("photos", "photo-clip", "pca"), "perplexity")
    first, second = facing_maps(MapChoice("photos", "photo-clip", "pca"), "imagenet")
    assert first.ids == second.ids
    assert second.stamp.model == "imagenet"


def test_axes_end_where_numpy_says(emoji):
    found = principal_axes(emoji, 3, 4)
    centred = emoji.vectors - emoji.vectors.mean(0)
    _, values, directions = np.linalg.svd(centred, full_matrices=False)
    np.testing.assert_allclose(found.explained, (values**2 / (values**2).sum())[:3], atol=1e-4)
    places = centred @ directions[0]
    ends = {tuple(np.sort(np.argsort(sign * places)[:4])) for sign in (1, -1)}
    assert {tuple(np.sort(found.low[0])), tuple(np.sort(found.high[0]))} == ends


def test_an_untrained_network_is_the_same_each_time():
    once, again = (replearn.load_model("shapes-untrained").build() for _ in range(2))
    for one, other in zip(once.state_dict().values(), again.state_dict().values(), strict=True):
        np.testing.assert_array_equal(one.numpy(), other.numpy())


def test_what_each_way_of_training_kept_of_the_shapes_is_shown_at_once():
    models = ["shapes-untrained", "shapes-simclr", "shapes-supcon"]
    assert all(is_shipped("shapes", model) for model in (*models, "shapes-supervised"))
    found = compare_models("shapes", models, 10).models
    untrained, simclr, supcon = (one.accuracy for one in found)
    assert untrained.high < simclr.value < supcon.low
    assert untrained.n == 1000
    first, second = facing_maps(MapChoice("shapes", "shapes-simclr"), "shapes-supcon")
    assert first.ids == second.ids
