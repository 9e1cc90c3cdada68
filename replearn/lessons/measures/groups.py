"""For whom it works: the answers and audits that ship, and published accuracies."""

from functools import lru_cache

from replearn.results.groups import GroupReport
from replearn.results.groups.gaps import GroupGap


def overall(view: str, model: str) -> float:
    """Return a model's accuracy over all pictures of a shipped view, from 0 to 1."""
    from replearn.studies.groups.shipped import shipped_answers

    return float(shipped_answers(view, model).right.mean())


def group(view: str, model: str, by: str, values: str) -> float:
    """Return the accuracy of one group, from 0 to 1.

    Args:
        view: a shipped view.
        model: one of its models.
        by: a column, or two separated by a comma.
        values: of the columns, separated by a comma; "best" or "worst" of those large enough.
    """
    found, columns = _report(view, model, by), tuple(by.split(","))
    if values in {"best", "worst"}:
        ranked = [row for row in found.groups(columns) if row.ranked]
        return ranked[0 if values == "worst" else -1].accuracy.value
    wanted = tuple(values.split(","))
    return next(r.accuracy.value for r in found.groups(columns) if r.values == wanted)


def gap(view: str, model: str, by: str) -> float:
    """Return the best group's accuracy minus the worst one's, from 0 to 1."""
    return _gap(view, model, by).gap.value


def gap_by_chance(view: str, model: str, by: str) -> float:
    """Return the gap that 5 of 100 samples exceed where all groups are alike, from 0 to 1."""
    return _gap(view, model, by).chance


def common(trait: str, model: str) -> float:
    """Return the mean difference of cosines over all prompts of an audit, from -2 to 2."""
    from replearn.studies.groups.shipped_audit import shipped_audit

    return shipped_audit(trait).common[model].value


def surviving(trait: str, model: str) -> float:
    """Return how many prompts differ beyond chance and beyond rewording."""
    from replearn.studies.groups.shipped_audit import shipped_audit

    return len(shipped_audit(trait).only([model]).surviving())


def nearer(trait: str, model: str, value: str) -> float:
    """Return how many of all prompts lie nearer to a value of the trait, by whatever margin."""
    from replearn.studies.groups.shipped_audit import shipped_audit

    found = shipped_audit(trait)
    return sum(one.towards(found.compared) == value for one in found.of(model))


def difference(trait: str, model: str, prompt: str) -> float:
    """Return the cosine with the second value minus that with the first, from -2 to 2."""
    from replearn.studies.groups.shipped_audit import shipped_audit

    found = shipped_audit(trait).of(model)
    return next(one.difference.value for one in found if one.prompt == prompt)


def towards(trait: str, model: str, value: str) -> float:
    """Return how many of the surviving prompts lie nearer to a value of the trait."""
    from replearn.studies.groups.shipped_audit import shipped_audit

    found = shipped_audit(trait)
    return sum(one.towards(found.compared) == value for one in found.only([model]).surviving())


def dollar_street(model: str, kind: str, name: str) -> float:
    """Return a published accuracy on a group of Dollar Street, from 0 to 1."""
    from replearn.data.published import dollar_street_groups

    wanted = (model, kind, name)
    return next(r.accuracy for r in dollar_street_groups() if (r.model, r.kind, r.group) == wanted)


def _gap(view: str, model: str, by: str) -> GroupGap:
    found = _report(view, model, by).gap(tuple(by.split(",")))
    if found is None:
        raise ValueError("fewer than two groups are large enough")
    return found


@lru_cache(maxsize=16)
def _report(view: str, model: str, by: str) -> GroupReport:
    from replearn.studies.groups.groups import report
    from replearn.studies.groups.shipped import shipped_answers

    return report(shipped_answers(view, model), by.split(","))
