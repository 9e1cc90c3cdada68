"""How the methods of heat maps compare, over many pictures."""


def method(model: str, measure: str, name: str) -> float:
    """Return a method's mean over the pictures of the shipped benchmark, in the measure's unit.

    Args:
        model: one that was measured.
        measure: an entry of `replearn.results.explainer_benchmark.MEASURES`.
        name: an entry of `EXPLAINERS`, or "random order".
    """
    from replearn.results.explainer_benchmark import figures
    from replearn.results.rows.explainers import read_explainer_trials, shipped_explainer_trials

    found = figures(read_explainer_trials(shipped_explainer_trials()))
    wanted = (model, measure, name)
    return next(one.figure.value for one in found if (one.model, one.measure, one.method) == wanted)
