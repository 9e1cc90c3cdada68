"""Figures of the shipped models' cards, and of the curves of their runs."""

import json

from replearn.core.assets import asset_path


def probe(model: str, factor: str) -> float:
    """Return how often a linear probe reads a factor of `shapes` off a model, from 0 to 1."""
    return _leading(_card(model)["factors"][factor]["probe"])


def knn(model: str, factor: str) -> float:
    """Return how often the nearest neighbours name a factor of `shapes`, from 0 to 1."""
    return _leading(_card(model)["factors"][factor]["knn"])


def guessed(model: str, factor: str) -> float:
    """Return how often the commonest value of a factor is right, from 0 to 1."""
    return float(_card(model)["factors"][factor]["chance"])


def said(model: str, beginning: str) -> float:
    """Return the figure of a card whose name begins so; the first number in its text."""
    figures = _card(model)["figures"]
    return _leading(next(text for name, text in figures.items() if name.startswith(beginning)))


def run(model: str, epoch: str, column: str) -> float:
    """Return a column of a run's curve at the first row of a round that was probed.

    Args:
        model: a shipped model.
        epoch: a round, or "last".
        column: "loss" in nats, "probe" or "knn" from 0 to 1, "alignment" or "uniformity".
    """
    from replearn.results.rows.training import read_rows

    rows = [row for row in read_rows(asset_path(model)) if row.probe is not None]
    row = rows[-1] if epoch == "last" else next(one for one in rows if one.epoch >= float(epoch))
    return float(getattr(row, column))


def _card(model: str) -> dict[str, dict[str, dict[str, str]]]:
    text = asset_path(model, "metrics.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return found


def _leading(figure: object) -> float:
    words = str(figure).split()
    return float(next(word for word in words if word[:1].isdigit()).rstrip(","))
