"""The cue-conflict pictures that are shown: the ones that were counted, with their answers."""

import numpy as np
import pytest

from replearn.encoders.registry import load_model
from replearn.plotting.shape.conflict_table import conflict_caption, conflict_table
from replearn.results.rows.shape import read_shape_rows, shipped_shape_rows
from replearn.studies.shape.conflict_pictures import SHOWN, conflict_pictures
from replearn.studies.shape.rows import shape_biases
from replearn.studies.shape.shape_bias import conflicts, shape_bias


@pytest.fixture(scope="module")
def biases():
    return shape_biases(read_shape_rows(shipped_shape_rows()))


@pytest.fixture(scope="module")
def shown(biases):
    return conflict_pictures(biases)


def test_six_forms_are_shown_each_by_its_first_picture(shown, biases):
    assert len({one.shape for one in shown}) == len(shown) == SHOWN
    data = conflicts()
    for one in shown:
        first = next(i for i in range(len(data)) if data[i].meta["solid"] == one.shape)
        np.testing.assert_array_equal(one.picture, np.asarray(data[first].image))
        assert set(one.answers) == set(biases)
        assert one.shape not in one.textures


@pytest.mark.slow
def test_the_shipped_answers_are_what_the_networks_say_today(shown):
    model = "shapes-texture-tied"
    load_model(model)
    answers = {one.id: one.answer for one in shape_bias("shapes", model).answers}
    for one in shown:
        kept = one.answers[model]
        assert answers[kept.id] == kept.answer


def test_the_table_says_which_cue_every_answer_went_with(shown):
    lines = conflict_table(shown).splitlines()
    assert len(lines) == 2 + len(shown[0].answers)
    for line, (model, _) in zip(lines[2:], shown[0].answers.items(), strict=True):
        _, name, *cells, _ = (cell.strip() for cell in line.split("|"))
        assert name == f"`{model}`"
        for cell, one in zip(cells, shown, strict=True):
            answer = one.answers[model]
            assert cell.startswith(answer.answer)
            said_form = "(form)" in cell
            said_texture = "texture" in cell
            assert (said_form, said_texture) == (answer.by_shape, answer.by_texture)
    assert conflict_caption(shown[0]).startswith(f"form: {shown[0].shape}, texture: ")
    assert conflict_table(()) == ""
