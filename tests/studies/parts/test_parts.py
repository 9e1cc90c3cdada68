"""Contributions, words, units: what is claimed of them."""

import numpy as np
import pytest
import torch

import replearn
from replearn.core.auc import auc
from replearn.core.errors import InputError
from replearn.core.question import Question
from replearn.data import load_dataset
from replearn.data.vocabularies import VOCABULARIES, vocabulary
from replearn.decompositions.sparse_words import sparse_words
from replearn.decompositions.text_span import reach, shuffled_span, text_span
from replearn.encoders.registry import load_model
from replearn.explainers.layers import activations
from replearn.plotting.parts.bars import kind_bars, part_bars, part_called, part_name
from replearn.studies.parts.answered import answer_of
from replearn.studies.parts.decompose import decompose
from replearn.studies.parts.head_factors import shipped_head_factors
from replearn.studies.parts.units.receptive_field import receptive_fields
from replearn.studies.parts.words import concepts

pytestmark = pytest.mark.slow

RED = "a red cube"


@pytest.fixture(scope="module")
def picture():
    return load_dataset("shapes")[3].image


def test_the_score_is_the_cosine_and_the_maps_add_up_to_the_heads(picture):
    found = decompose(picture, "shapes-clip", RED)
    encoder = load_model("shapes-clip")
    cosine = float(encoder.encode_image([picture])[0] @ encoder.encode_text([RED])[0])
    assert found.score == pytest.approx(cosine, abs=1e-3)
    heads = found.scores("heads")
    from_patches = found.maps.sum((2, 3))  # the class token's own share is missing
    assert np.corrcoef(heads.ravel(), from_patches.ravel())[0, 1] > 0.8
    contrast = decompose(picture, "shapes-clip", RED, against="a blue cube")
    other = decompose(picture, "shapes-clip", "a blue cube")
    assert contrast.score == pytest.approx(found.score - other.score, abs=1e-5)


def test_channels_maps_add_up_exactly(picture):
    found = decompose(picture, "shapes-supervised", "cube")
    np.testing.assert_allclose(found.maps.sum((1, 2)), found.scores("channels"), atol=1e-5)


def test_a_part_taken_off_takes_its_share_away_and_nothing_else(picture):
    found = decompose(picture, "shapes-clip", RED)
    part, share = found.strongest(1)[0]
    assert found.without([part]).score == pytest.approx(found.score - share, abs=1e-5)
    assert found.without([]).score == pytest.approx(found.score, abs=1e-7)
    means = np.zeros_like(found.terms["heads"].values)
    means[part] = found.terms["heads"].values[part]
    assert found.without([part], means).score == pytest.approx(found.score, abs=1e-6)
    with pytest.raises(InputError, match="4 layers x 4 heads, counted from 0"):
        found.without([(4, 0)])


def test_the_sum_answers_as_the_model_does(picture):
    question = Question(("sphere", "cube", "cylinder"), templates=("a {}",))
    for model in ("shapes-clip", "shapes-supervised"):
        found = decompose(picture, model, RED if model == "shapes-clip" else "")
        answer = answer_of(found, question)
        plain = (
            replearn.zero_shot(picture, question.labels, model=model, templates=question.templates)
            if model == "shapes-clip"
            else replearn.classify(picture, model)
        )
        np.testing.assert_allclose(answer.probabilities, plain.probabilities, atol=5e-3)
    every = [(layer, head) for layer in range(4) for head in range(4)]
    found = decompose(picture, "shapes-clip", RED)
    less = answer_of(found.without(every), question)
    assert np.abs(less.cosines - answer_of(found, question).cosines).max() > 0.003


def test_none_of_these_may_win_of_parts_as_of_the_whole(picture):
    question = Question(("a red cube", "a blue cone"), ("{}",), "a photo")
    answer = answer_of(decompose(picture, "shapes-clip", RED), question)
    whole = replearn.zero_shot(
        picture, question.labels, "shapes-clip", ("{}",), null_prompt="a photo"
    )
    assert answer.labels == whole.labels
    np.testing.assert_allclose(answer.cosines, whole.cosines, atol=2e-3)


def test_bars_add_up_to_the_score_and_names_lead_back(picture):
    for model in ("shapes-clip", "shapes-supervised"):
        found = decompose(picture, model, RED if model == "shapes-clip" else "cube")
        for figure in (kind_bars(found), part_bars(found)):
            assert sum(figure["traces"][0]["x"]) == pytest.approx(found.score, abs=1e-4)
        for part, _ in found.strongest(20):
            assert part_called(part_name(part)) == part


def test_text_span_finds_the_texts_that_outputs_were_made_of():
    random = np.random.default_rng(0)
    texts = random.normal(size=(60, 40)).astype(np.float32)
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    weights = random.normal(size=(500, 3)) * np.array([3.0, 2.0, 1.0])
    noise = 0.02 * random.normal(size=(500, 40))
    outputs = (weights @ texts[[7, 30, 11]] + noise).astype(np.float32)
    given = reach(outputs - outputs.mean(0))
    found = text_span(given, texts, 3)
    assert set(found.texts.tolist()) == {7, 30, 11}
    assert found.explained.sum() == pytest.approx(1, abs=0.02)
    assert shuffled_span(given, texts, 3, 0).explained.sum() < 0.7


@pytest.mark.parametrize("pictures", [200, 8])  # 8 are fewer than there are dimensions
def test_text_span_is_the_papers_loop_written_out(pictures):
    random = np.random.default_rng(1)
    outputs = random.normal(size=(pictures, 12))
    outputs -= outputs.mean(0)
    texts = random.normal(size=(30, 12))
    _, values, axes = np.linalg.svd(outputs, full_matrices=False)
    within = axes[values > 1e-9]  # what of a text the head can reach
    left, rows, taken = outputs.copy(), texts @ within.T @ within, []
    for _ in range(4):
        best = int((left @ rows.T).var(0).argmax())
        taken.append(best)
        unit = rows[best] / np.linalg.norm(rows[best])
        left -= np.outer(left @ unit, unit)
        rows -= np.outer(rows @ unit, unit)
    given = reach(outputs.astype(np.float32))
    found = text_span(given, texts.astype(np.float32), 4)
    assert found.texts.tolist() == taken
    wanted = 1 - (left**2).sum() / (outputs**2).sum()
    assert found.explained.sum() == pytest.approx(wanted, abs=1e-4)
    order = np.random.default_rng(3).permutation(12)
    by_chance, slow = shuffled_span(given, texts, 4, 3), text_span(given, texts[:, order], 4)
    assert by_chance.texts.tolist() == slow.texts.tolist()
    np.testing.assert_allclose(by_chance.explained, slow.explained, rtol=1e-5)


def test_sparse_words_finds_the_words_that_a_vector_is_made_of():
    random = np.random.default_rng(2)
    words = random.normal(size=(400, 96)).astype(np.float32)
    words /= np.linalg.norm(words, axis=1, keepdims=True)
    centred = words - words.mean(0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    mean = 0.3 * random.normal(size=96).astype(np.float32)
    vector = mean + 0.8 * centred[5] + 0.5 * centred[200]
    found = sparse_words(vector.astype(np.float32), words, mean, 2)
    assert found.words.tolist() == [5, 200]
    assert found.centred_cosine > 0.999
    assert found.cosine > 0.999
    more = sparse_words(random.normal(size=96).astype(np.float32), words, mean, 6)
    assert len(more.words) <= 6
    assert (more.weights > 0).all()


def test_more_words_rebuild_more_of_a_picture(picture):
    few, many = (concepts(picture, "shapes-clip", k) for k in (2, 12))
    assert many.centred_cosine > few.centred_cosine
    assert len(few.words) <= 2
    with pytest.raises(InputError, match="1 to 64"):
        concepts(picture, "shapes-clip", 0)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_vocabulary_has_each_text_once(name):
    texts = vocabulary(name)
    assert len(set(texts)) == len(texts) > 400
    assert all(text == text.strip() and text for text in texts)
    if name == "photographs":
        assert len(texts) >= 3000


def test_auc_is_scikit_learns():
    metrics = pytest.importorskip("sklearn.metrics")
    random = np.random.default_rng(0)
    wanted = random.random(300) < 0.2
    values = (random.normal(size=300) + wanted).round(1)
    found = auc(values, wanted)
    assert found.value == pytest.approx(metrics.roc_auc_score(wanted, values))
    assert found.low < found.value < found.high


@pytest.mark.parametrize("layer", ["network.conv1", "network.layer1.0", "network.layer2.0"])
def test_a_cell_doesnt_change_with_what_lies_outside_its_field(layer):
    encoder = load_model("shapes-supervised")
    tower = encoder.tower()
    pixels = torch.rand(1, 3, 64, 64)
    before = activations(tower, layer, pixels)
    row, column = before.shape[2] // 2, before.shape[3] // 3
    left, top, right, bottom = receptive_fields("shapes-supervised", layer, [(row, column)])[0]
    assert (right - left) * (bottom - top) < 64 * 64
    outside = torch.rand(1, 3, 64, 64)
    outside[..., top:bottom, left:right] = pixels[..., top:bottom, left:right]
    after = activations(tower, layer, outside)
    torch.testing.assert_close(after[0, :, row, column], before[0, :, row, column])
    # and it is no larger than that: the outermost rows and columns count
    for place in (
        (slice(top, top + 1), slice(left, right)),
        (slice(bottom - 1, bottom), slice(left, right)),
        (slice(top, bottom), slice(left, left + 1)),
        (slice(top, bottom), slice(right - 1, right)),
    ):
        changed = pixels.clone()
        changed[..., place[0], place[1]] += 50
        moved = activations(tower, layer, changed)[0, :, row, column]
        assert (moved - before[0, :, row, column]).abs().max() > 0


def test_a_unit_knows_what_it_tells_apart(monkeypatch):
    from replearn.data.shapes.dataset import Shapes
    from replearn.studies.answering import responses
    from replearn.studies.parts.units import unit

    for module in (responses, unit):
        monkeypatch.setattr(module, "load_dataset", lambda _name: Shapes(size=200))
    monkeypatch.setattr(responses, "_kept", {})
    found = unit.unit("shapes-supervised", "", 5, "shapes")
    assert len(found.responses) == 200
    top, low = (np.mean([one.response for one in found.pictures[g]]) for g in ("top", "low"))
    assert top > low
    best = found.selectivity[0]
    assert best.area.value >= found.selectivity[-1].area.value
    assert best.area.low <= best.area.value
    ranked = unit.knowing("shapes-supervised", best.value)
    areas = [area for _, area in ranked]
    assert areas == sorted(areas, reverse=True)
    with pytest.raises(InputError, match="there is no 9999"):
        unit.unit("shapes-supervised", "", 9999, "shapes")
    with pytest.raises(InputError, match="shapes has nothing called"):
        unit.knowing("shapes-supervised", "fog")


def test_the_shipped_table_is_of_the_shipped_weights():
    found = shipped_head_factors("shapes-clip")
    assert found is not None
    assert found.read.shape == (4, 4, len(found.factors))
    colour = found.factors.index("colour")
    assert found.read[..., colour].max() > 0.9 > found.shuffled[..., colour].max()
