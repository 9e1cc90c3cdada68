"""Accuracy under distortion: the curves that ship."""


def distorted(dataset: str, model: str, distortion: str, level: str) -> float:
    """Return how often a model is right at a level of a distortion, from 0 to 1."""
    from replearn.studies.distortions.model_curves import CurveQuestion, known_curve

    points = known_curve(CurveQuestion(dataset, distortion), model).curve.points
    return next(one.accuracy.value for one in points if one.level == float(level))
