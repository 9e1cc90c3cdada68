"""The figures on the cards of the lab's models, with encoders whose answers are known."""

import numpy as np
import pytest

from replearn.core.errors import InputError
from replearn.studies.shipping.card_figures import FIGURES
from replearn.studies.training import designer_retrieval as designers
from replearn.studies.training import prompt_accuracy as prompts
from replearn.training.shipped_models import SHIPPED_MODELS

WORDS = [*prompts.SOLIDS, *prompts.COLOURS, "ball", "ring", "pill", "left", "right"]
SAME = {"ball": "sphere", "ring": "torus", "pill": "capsule"}


def bag(text):
    """A model that reads a caption as a bag of words."""
    words = [SAME.get(word, word) for word in text.split()]
    counts = np.array([words.count(word) for word in WORDS], np.float32)
    return counts / np.linalg.norm(counts)


def seen(with_sides):
    def encode(encoder, data, progress):
        scenes = data.scenes(0, len(data))
        vectors = []
        for i in range(len(scenes)):
            things = zip(scenes.solid[i], scenes.colour[i], strict=True)
            words = [f"{prompts.COLOURS[c]} {prompts.SOLIDS[s]}" for s, c in things]
            if len(words) == 2 and with_sides:
                words.append("left" if scenes.x[i, 0] < scenes.x[i, 1] else "right")
            vectors.append(bag(" ".join(words)))
        return np.stack(vectors)

    return encode


@pytest.fixture
def reader(monkeypatch):
    monkeypatch.setattr(prompts, "load_model", lambda name: name)
    monkeypatch.setattr(
        prompts, "encode_texts", lambda encoder, texts: np.stack([bag(text) for text in texts])
    )
    return monkeypatch


@pytest.mark.parametrize("asked", prompts.ASKED)
@pytest.mark.parametrize("split", ["test", "held-out"])
def test_a_model_that_sees_everything_is_always_right(reader, asked, split):
    reader.setattr(prompts, "encode_dataset", seen(with_sides=True))
    found = prompts.prompt_accuracy("any", asked, split, size=200)
    assert (found.value, found.n) == (1, 200)


def test_a_bag_of_objects_is_at_chance_on_relations(reader):
    reader.setattr(prompts, "encode_dataset", seen(with_sides=False))
    found = prompts.prompt_accuracy("any", "relation", size=400)
    assert 0.4 < found.value < 0.6


def test_a_question_that_does_not_exist_names_the_nearest():
    with pytest.raises(InputError, match="Did you mean colour"):
        prompts.prompt_accuracy("photo-clip", "color")


def test_the_other_designers_drawing_is_found_by_vectors_that_name_it(monkeypatch):
    monkeypatch.setattr(designers, "load_model", lambda name: name)

    def one_hot(encoder, data, progress, rows):
        return np.eye(len(data), dtype=np.float32)[rows]

    monkeypatch.setattr(designers, "encode_dataset", one_hot)
    found = designers.designer_retrieval("any")
    assert (found.value, found.n) == (1, len(designers.Emoji()) // 5)


def test_every_shipped_model_asks_for_figures_that_exist():
    for name, made in SHIPPED_MODELS.items():
        assert made.figures, name
        assert set(made.figures) <= set(FIGURES)
