import numpy as np
import pytest

from replearn.core.errors import CapabilityError
from replearn.studies.answering import responses
from replearn.studies.parts import cost, head_table

CLIP, NETWORK = "shapes-clip", "shapes-supervised"


def test_what_was_waited_for_once_is_promised_no_more(monkeypatch):
    monkeypatch.setattr(head_table, "MOST", 24)
    monkeypatch.setattr(head_table, "_kept", {})
    before = cost.head_table_seconds(CLIP)
    words = cost.head_texts_seconds(CLIP)
    assert 0 < before < words
    head_table.head_table(CLIP, "shapes")
    assert cost.head_table_seconds(CLIP) == 0
    assert 0 < cost.head_texts_seconds(CLIP) < words


def test_what_ships_is_there_at_once_and_another_layer_is_not(monkeypatch):
    monkeypatch.setattr(responses, "MOST", 24)
    monkeypatch.setattr(responses, "_kept", {})
    assert cost.unit_seconds(NETWORK, "") == 0
    assert cost.without_seconds(NETWORK, "") == 0  # read off the means
    inner = "network.layer2.0"
    assert cost.unit_seconds(NETWORK, inner) > 0
    # the network is run twice more
    assert cost.without_seconds(NETWORK, inner) == pytest.approx(
        3 * cost.unit_seconds(NETWORK, inner)
    )
    assert np.isfinite(cost.words_seconds(NETWORK, inner))


def test_a_network_without_heads_has_no_time_for_them():
    with pytest.raises(CapabilityError, match="heads"):
        cost.head_texts_seconds(NETWORK)
