"""How long the slow questions about parts take on this computer: a few pictures are timed."""

import functools
import time
from collections.abc import Callable

import numpy as np

from replearn.core.errors import CapabilityError
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.vocabularies import usual_dataset, usual_vocabulary, vocabulary
from replearn.encoders.registry import load_model
from replearn.store.table import is_kept
from replearn.studies.answering import responses
from replearn.studies.answering.bridge import bridge_for
from replearn.studies.answering.layers import checked_layer
from replearn.studies.parts import head_table, words
from replearn.studies.parts.decompose import opened
from replearn.studies.parts.head_shape import head_shape
from replearn.studies.parts.units.class_weights import last_linear

PROBED = 8  # pictures
TEXTS_A_HEAD = 5
SPANS = 2  # raw and centred


def head_table_seconds(model: str) -> float:
    """Return about how long all heads' outputs over the model's usual data set take; 0 if kept.

    Raises:
        ReplearnError: the model can't be opened, or has no heads that can be taken apart.
    """
    encoder, name = load_model(model), usual_dataset(model)
    opened(encoder)
    if head_table.is_known(model, name):
        return 0.0
    return _count(load_dataset(name), head_table.MOST) * _of_heads(model, encoder.fingerprint)


def head_texts_seconds(model: str) -> float:
    """Return about how long words for all heads take; raises what `head_table_seconds` does."""
    layers, heads = head_shape(model)
    encoder = words.reading(model)
    width = encoder.encode_text(["a"]).shape[1]
    one = _of_span(width, width // heads, len(vocabulary(usual_vocabulary(model))))
    return head_table_seconds(model) + layers * heads * SPANS * one


def unit_seconds(model: str, layer: str) -> float:
    """Return about how long it takes to open a unit of a layer; 0 where its responses are known.

    Args:
        model: any with layers that lie over the picture.
        layer: one of them; left out, the last.

    Raises:
        ReplearnError: there is no such model or layer.
    """
    layer, name = checked_layer(model, layer), usual_dataset(model)
    if responses.is_known(model, layer, name):
        return 0.0
    each = _of_layer(model, layer, load_model(model).fingerprint)
    return _count(load_dataset(name), responses.MOST) * each


def without_seconds(model: str, layer: str) -> float:
    """Return about how long answers without a unit take, as `unit_seconds` does."""
    layer = checked_layer(model, layer)
    encoder, data = load_model(model), load_dataset(usual_dataset(model))
    try:
        last_linear(encoder, layer)
    except CapabilityError:  # the network is run twice
        again = 2 * _of_layer(model, layer, encoder.fingerprint)
        return unit_seconds(model, layer) + again * _count(data, responses.MOST)
    return unit_seconds(model, layer)


def words_seconds(model: str, layer: str) -> float:
    """Return about how long words for a unit take, as `unit_seconds` does."""
    data = load_dataset(usual_dataset(model))
    bridge = load_model(bridge_for(data))
    seconds = unit_seconds(model, layer)
    if not is_kept(data, bridge):
        seconds += len(data) * _of_vector(bridge.name, bridge.fingerprint)
    return seconds


def _count(data: Dataset, most: int) -> int:
    return min(most, len(data))


def _each(work: Callable[[Dataset, list[int]], object], data: Dataset, most: int) -> float:
    """Return the seconds that a picture takes: of the first few that would be shown, but one."""
    shown = np.linspace(0, len(data) - 1, min(most, len(data))).round().astype(int).tolist()
    work(data, shown[:1])  # opens what is opened once
    rows = shown[1 : 1 + PROBED] or shown
    start = time.perf_counter()
    work(data, rows)
    return (time.perf_counter() - start) / len(rows)


@functools.lru_cache(maxsize=32)
def _of_heads(model: str, fingerprint: str) -> float:  # noqa: ARG001
    encoder = load_model(model)
    data = load_dataset(usual_dataset(model))
    return _each(
        lambda data, rows: head_table.states_of(encoder, data, rows), data, head_table.MOST
    )


@functools.lru_cache(maxsize=64)
def _of_layer(model: str, layer: str, fingerprint: str) -> float:  # noqa: ARG001
    encoder = load_model(model)
    data = load_dataset(usual_dataset(model))
    return _each(
        lambda data, rows: responses.layer_maps(encoder, layer, data, rows), data, responses.MOST
    )


@functools.lru_cache(maxsize=8)
def _of_vector(model: str, fingerprint: str) -> float:  # noqa: ARG001
    encoder = load_model(model)
    data = load_dataset(usual_dataset(model))

    def encoded(data: Dataset, rows: list[int]) -> object:
        return encoder.encode_image([data[row].image for row in rows])

    return _each(encoded, data, len(data))


@functools.lru_cache(maxsize=8)
def _of_span(width: int, rank: int, texts: int) -> float:
    draw = np.random.default_rng(0)
    outputs = draw.standard_normal((head_table.MOST, rank), np.float32)
    outputs = outputs @ draw.standard_normal((rank, width), np.float32)  # a head reaches little
    vectors = draw.standard_normal((texts, width))
    start = time.perf_counter()
    words.words_of_head(outputs, vectors, ("",) * texts, TEXTS_A_HEAD)
    return time.perf_counter() - start
