"""Two models about the same labels: two bars a label."""

import numpy as np
import pytest

from replearn.plotting.bars import compared_rows
from replearn.results.stamp import Stamp
from replearn.results.zero_shot import Probabilities


def answer(model, shares, labels=("cat", "dog", "fox")):
    found = np.array(shares, np.float32)
    return Probabilities(
        labels=labels,
        probabilities=found,
        cosines=found / 2,
        template_cosines=found[:, None] / 2,
        temperature=0.1,
        model_temperature=0.1,
        prompts=tuple((label,) for label in labels),
        null_prompt=None,
        null_weight=1.0,
        stamp=Stamp(model, "0" * 32, 0.1),
    )


def test_rows_stand_in_the_first_models_order_with_both_shares():
    found = compared_rows(answer("one", [0.2, 0.7, 0.1]), answer("two", [0.5, 0.1, 0.4]))
    rows = found["rows"]
    assert [row["label"] for row in rows] == ["dog", "cat", "fox"]
    assert [row["p"] for row in rows] == pytest.approx([0.7, 0.2, 0.1])
    assert [row["beside"]["p"] for row in rows] == pytest.approx([0.1, 0.5, 0.4])
    assert [row["beside"]["c"] for row in rows] == pytest.approx([0.05, 0.25, 0.2])
    assert [row["best"] for row in rows] == [True, False, False]
    assert [row["second_best"] for row in rows] == [False, True, False]


def test_other_labels_are_refused():
    with pytest.raises(ValueError, match="same labels"):
        compared_rows(answer("one", [0.5, 0.5], ("a", "b")), answer("two", [0.5, 0.5], ("a", "c")))
