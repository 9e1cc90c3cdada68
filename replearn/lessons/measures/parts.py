"""What heads, units, features and words carry: the tables that ship."""

from typing import TypeVar

T = TypeVar("T")


def read_from_head(model: str, layer: str, head: str, factor: str) -> float:
    """Return how often a factor of `shapes` is read off one head alone; heads count from 0."""
    from replearn.studies.parts.head_factors import shipped_head_factors

    found = _there(shipped_head_factors(model))
    return float(found.read[int(layer), int(head), found.factors.index(factor)])


def without_heads(model: str, group: str, asked: str) -> float:
    """Return the change of the share of right answers without some heads, from -1 to 1.

    Args:
        model: a transformer whose table ships.
        group: "carriers" or "others".
        asked: "colour" or "solid".
    """
    from replearn.studies.parts.group_ablation import shipped_group_ablation

    rows = _there(shipped_group_ablation(model)).rows
    return next(r.change.value for r in rows if (r.group, r.asked) == (group, asked))


def with_heads(model: str, asked: str) -> float:
    """Return the share of right answers with all heads, from 0 to 1."""
    from replearn.studies.parts.group_ablation import shipped_group_ablation

    rows = _there(shipped_group_ablation(model)).rows
    return next(row.before for row in rows if row.asked == asked)


def best_unit(model: str, factor: str, kind: str) -> float:
    """Return the mean area under the ROC curve of the best unit for each value of a factor.

    Args:
        model: one whose dictionary ships.
        factor: of `shapes`.
        kind: "neuron", "feature" or "random".
    """
    from replearn.studies.parts.feature_factors import shipped_feature_factors

    rows = _there(shipped_feature_factors(model)).factors()
    return float(getattr(next(row for row in rows if row.factor == factor), kind))


def gain(model: str) -> float:
    """Return the mean area of the best feature less that of the best neuron, over all values."""
    from replearn.studies.parts.feature_factors import shipped_feature_factors

    return _there(shipped_feature_factors(model)).gain.value


def in_words(model: str, count: str) -> float:
    """Return zero-shot accuracy where each picture is only so many words, from 0 to 1."""
    from replearn.studies.parts.concept_accuracy import shipped_concept_accuracy

    points = _there(shipped_concept_accuracy(model)).points
    return next(one.accuracy.value for one in points if one.k == int(count))


def whole(model: str) -> float:
    """Return zero-shot accuracy on the same pictures with their own vectors, from 0 to 1."""
    from replearn.studies.parts.concept_accuracy import shipped_concept_accuracy

    return _there(shipped_concept_accuracy(model)).whole.value


def _there(found: T | None) -> T:
    if found is None:
        raise ValueError("nothing ships of this model's weights")
    return found
