"""Image-text models of the lab ship the vectors of all words that they were shown or are asked."""

import numpy as np
import open_clip
import pytest
from PIL import Image
from safetensors.torch import load_file, save_file

from replearn.core.assets import asset_path
from replearn.data import load_dataset
from replearn.data.emoji import Emoji
from replearn.data.labels import DEFAULT_TEMPLATES, fill, imagenet_names
from replearn.data.shapes.captions import captions
from replearn.data.shapes.scenes import World, draw
from replearn.encoders.open_clip.reading import weights_of
from replearn.encoders.open_clip.token_rows import TABLE, TOKENS
from replearn.encoders.registry import load_model
from replearn.results.rows.trials import read_trials
from replearn.studies.answering.distorted_answers import asked_about
from replearn.studies.answering.kept_trials import drawn_from, opened, shipped_trials
from replearn.studies.distortions.robustness import PICTURES
from replearn.training.shown_tokens import keep_shown_tokens, shown_tokens

FILE = "open_clip_model.safetensors"


def tokens_of(texts):
    return set(open_clip.SimpleTokenizer()(list(texts)).unique().tolist())


def shipped_tokens(model):
    return set(load_file(asset_path(model, FILE))[TOKENS].tolist())


@pytest.mark.parametrize("objects", [1, 2])
@pytest.mark.slow
def test_every_word_of_a_caption_of_shapes_is_kept(objects):
    rows = np.arange(3000)
    told = captions(draw(World("shapes", "train", 5, objects=objects), rows), rows, 5)
    assert tokens_of(told) <= set(shown_tokens("shapes")) & shipped_tokens("shapes-clip")


@pytest.mark.slow
def test_every_name_of_an_emoji_is_kept():
    assert tokens_of(Emoji().names) <= set(shown_tokens("emoji")) & shipped_tokens("emoji-clip")


@pytest.mark.slow
def test_labels_are_kept_as_their_templates_put_them():
    asked = [fill(template, name) for template in DEFAULT_TEMPLATES for name in imagenet_names()]
    assert tokens_of(asked) <= set(shown_tokens("shapes"))


@pytest.mark.slow
def test_a_file_written_twice_stays_as_it_is(tmp_path):
    path = tmp_path / FILE
    save_file(weights_of(asset_path("shapes-clip", FILE)), path)
    keep_shown_tokens(path, "shapes")
    once = path.read_bytes()
    keep_shown_tokens(path, "shapes")
    assert path.read_bytes() == once
    assert TABLE not in load_file(path)


@pytest.mark.parametrize(("model", "dataset"), [("shapes-clip", "shapes"), ("emoji-clip", "emoji")])
@pytest.mark.slow
def test_shipped_answers_are_those_of_the_shipped_file(model, dataset):
    encoder, data = load_model(model), load_dataset(dataset)
    rows = read_trials(shipped_trials(dataset, encoder), "rotation")
    untouched = [row for row in rows if row.level == 0][:12]
    assert len(untouched) == 12
    shown = opened(data, drawn_from(data, PICTURES, 0))
    values = dict(zip(shown.ids, shown.values, strict=True))
    images = [Image.fromarray(values[row.id]) for row in untouched]
    answerer = asked_about(model, dataset, data.class_names).answerer
    chances = answerer.run(encoder.preprocess(images))
    found = [answerer.classes[k] for k in chances.argmax(1)]
    assert found == [one.prediction for one in untouched]
    np.testing.assert_allclose(chances.max(1), [one.confidence for one in untouched], atol=2e-3)
