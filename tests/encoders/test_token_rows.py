"""A token embedding of which a file holds some rows alone."""

import pytest
import torch
from safetensors.torch import load_file, save_file

from replearn.core.assets import asset_path
from replearn.core.errors import ModelError
from replearn.encoders.open_clip.reading import weights_of
from replearn.encoders.open_clip.token_rows import ROWS, TABLE, TOKENS, with_rows_of

WHOLE = {TABLE: torch.arange(1.0, 25).reshape(8, 3).half(), "logit_scale": torch.tensor(2.0)}


def test_rows_that_are_kept_come_back_and_all_others_are_zero(tmp_path):
    few = with_rows_of(WHOLE, [2, 5, 2])
    assert few[TOKENS].tolist() == [2, 5, 7]  # the last token tells how long the table was
    assert TABLE not in few
    save_file(few, tmp_path / "few.safetensors")
    found = weights_of(tmp_path / "few.safetensors")
    assert found.keys() == WHOLE.keys()
    assert found[TABLE].dtype == torch.float16
    assert found[TABLE].shape == (8, 3)
    assert torch.equal(found[TABLE][[2, 5, 7]], WHOLE[TABLE][[2, 5, 7]])
    assert not found[TABLE][[0, 1, 3, 4, 6]].any()


def test_a_whole_table_stays_as_it_is(tmp_path):
    save_file(WHOLE, tmp_path / "whole.safetensors")
    assert torch.equal(weights_of(tmp_path / "whole.safetensors")[TABLE], WHOLE[TABLE])


@pytest.mark.parametrize("tokens", [[], [1, 2], [-1, 2, 7]])
def test_rows_that_do_not_fit_their_tokens_are_refused(tmp_path, tokens):
    few = with_rows_of(WHOLE, [2, 5])
    wrong = few | {TOKENS: torch.tensor(tokens, dtype=torch.int32)}
    save_file(wrong, tmp_path / "few.safetensors")
    with pytest.raises(ModelError, match="damaged"):
        weights_of(tmp_path / "few.safetensors")


@pytest.mark.parametrize("model", ["shapes-clip", "emoji-clip"])
def test_shipped_models_open_with_a_whole_table(model):
    path = asset_path(model, "open_clip_model.safetensors")
    held = load_file(path)
    assert len(held[ROWS]) == len(held[TOKENS]) < 4000
    table = weights_of(path)[TABLE]
    assert table.shape == (49408, 96)
    assert int(table.any(dim=1).sum()) == len(held[ROWS])
