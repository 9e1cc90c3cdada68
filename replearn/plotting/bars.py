"""Answers as rows of bars: probability from 0 to 1, and what stands behind it on its own axis."""

from typing import Any

import numpy as np

from replearn.results.zero_shot import ClassProbabilities, Probabilities

MOST_ROWS = 200


def bar_rows(
    answer: Probabilities | ClassProbabilities,
    before: Probabilities | ClassProbabilities | None = None,
) -> dict[str, Any]:
    """Return what the page's table of bars draws, most probable first.

    Args:
        answer: what is drawn.
        before: an earlier answer over the same labels, marked on each bar.
    """
    second = answer.cosines if isinstance(answer, Probabilities) else answer.logits
    order = answer.order[:MOST_ROWS]
    rows = []
    for rank, i in enumerate(order):
        row: dict[str, Any] = {
            "label": answer.labels[i],
            "p": float(answer.probabilities[i]),
            "c": float(second[i]),
            "best": rank == 0,
        }
        if isinstance(answer, Probabilities):
            row |= _prompt_columns(answer, i)
        if before is not None:
            row["before"] = float(before.probabilities[i])
        rows.append(row)
    shown = second[order]
    low, high = float(shown.min()), float(shown.max())
    room = max(0.02, 0.1 * (high - low))
    axis = [low - room, high + room]
    name = "cosine" if isinstance(answer, Probabilities) else "logit"
    return {
        "rows": rows,
        "total": len(answer.labels),
        "axis": axis,
        "second": f"{name} ({axis[0]:.2f} to {axis[1]:.2f})",
        "note": "",
    }


def compared_rows(first: Probabilities, second: Probabilities) -> dict[str, Any]:
    """Return bars of two models about the same labels: two a label, in the first one's order.

    Raises:
        ValueError: the labels differ.
    """
    if first.labels != second.labels:
        raise ValueError("two bars a label want the same labels")
    drawn = bar_rows(first)
    best = second.labels[second.order[0]]
    places = {label: i for i, label in enumerate(second.labels)}
    for row in drawn["rows"]:
        i = places[row["label"]]
        row["beside"] = {"p": float(second.probabilities[i]), "c": float(second.cosines[i])}
        row["second_best"] = row["label"] == best
    # a cosine is only comparable within one model: numbers, no common axis
    return {**drawn, "second": "cosine, within a model only"}


def change_rows(
    answer: Probabilities | ClassProbabilities, before: Probabilities | ClassProbabilities
) -> dict[str, Any]:
    """Return bars as `bar_rows` does, with the change of probability in the second column."""
    drawn = bar_rows(answer, before)
    for row in drawn["rows"]:
        row["c"] = row["p"] - row["before"]
        row.pop("low", None)
        row.pop("high", None)
    return {**drawn, "axis": [-1.0, 1.0], "second": "change against clean (-1 to 1)"}


def _prompt_columns(answer: Probabilities, i: int) -> dict[str, Any]:
    each = answer.template_cosines[i]
    each = each[~np.isnan(each)]
    columns: dict[str, Any] = {
        "title": " | ".join(answer.prompts[i]),
        "none": answer.null_prompt is not None and i == len(answer.labels) - 1,
    }
    if len(each) > 1:
        columns |= {"low": float(each.min()), "high": float(each.max())}
    return columns
