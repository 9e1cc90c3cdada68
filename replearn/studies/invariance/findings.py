"""What the shipped table shows, in sentences whose numbers come from it."""

from collections.abc import Callable, Mapping

from replearn.core.statistics import Estimate
from replearn.results.invariance import Invariance, InvarianceCurve
from replearn.studies.invariance.shipped_table import ShippedInvariance

Number = Callable[[InvarianceCurve], Estimate | None]


def findings(found: ShippedInvariance) -> tuple[str, ...]:
    """Return the sentences; those whose models aren't in the file are left out."""
    factors = found.factors
    said = [
        _leaders(factors, "accuracy_area", "Right most often, over all levels"),
        _leaders(factors, "rescaled", "Least moved between chance and 1"),
        _untrained(factors),
        _blind(factors),
        _hardest(factors),
        *(_pair(factors, *pair) for pair in PAIRS),
        _depth(found),
    ]
    return tuple(one for one in said if one)


BLIND = 1.5  # times chance: an accuracy that is hardly one
PAIRS = (
    (
        "shapes-multiview",
        "shapes-simclr",
        ("brightness", "light direction", "3-D pose"),
        "Trained on two views of one scene, turned and lit anew, against two crops of one picture",
    ),
    (
        "shapes-supcon",
        "shapes-simclr",
        ("translation", "3-D pose"),
        "Told the solids, against told nothing",
    ),
)


def _best(one: Invariance, number: str) -> tuple[str, Estimate] | None:
    known = [
        (curve.model, figure)
        for curve in one.embeddings
        if (figure := getattr(curve, number)) is not None
    ]
    return max(known, key=lambda pair: pair[1].value, default=None)


def _leaders(factors: Mapping[str, Invariance], number: str, what: str) -> str:
    """Say which model leads under which factors."""
    led: dict[str, list[str]] = {}
    for name, one in factors.items():
        best = _best(one, number)
        if best:
            led.setdefault(best[0], []).append(f"{name} ({best[1].value:.2f})")
    if not led:
        return ""
    ordered = sorted(led.items(), key=lambda pair: -len(pair[1]))
    return f"**{what}**: " + "; ".join(f"`{model}` under {', '.join(n)}" for model, n in ordered)


def _untrained(factors: Mapping[str, Invariance]) -> str:
    """Say why a plain cosine isn't shown: an untrained network moves least of all."""
    own = [
        curve
        for one in factors.values()
        for curve in one.embeddings
        if curve.model == "shapes-untrained"
    ]
    if not own:
        return ""
    low = min(curve.area.value for curve in own)
    right = max(curve.accuracy_area.value for curve in own if curve.accuracy_area)
    return (
        "**Unmoved isn't useful**: without training the plain cosine never falls below "
        f"{low:.2f} on average over a factor's levels, as two different pictures have "
        f"{own[0].chance:.2f}; and no more than {right:.2f} of its answers are right (chance "
        f"{own[0].chance_accuracy:.2f})."
    )


def _blind(factors: Mapping[str, Invariance]) -> str:
    """Name the model that moves little and is hardly ever right: it doesn't see what changes."""
    known = [
        (factor, curve, curve.accuracy_area)
        for factor, one in factors.items()
        for curve in one.embeddings
        if curve.accuracy_area and curve.accuracy_area.value < BLIND * curve.chance_accuracy
    ]
    if not known:
        return ""
    factor, curve, right = max(known, key=lambda found: found[1].rescaled.value)
    return (
        f"**Unmoved can be blind**: under {factor} `{curve.model}` moves least of all that are "
        f"hardly ever right ({curve.rescaled.value:.2f} between chance and 1, accuracy "
        f"{right.value:.2f}, chance {curve.chance_accuracy:.2f}): a vector that doesn't hold the "
        "solid needn't move when the solid does."
    )


def _hardest(factors: Mapping[str, Invariance]) -> str:
    """Say under which factor even the best answer is worst."""
    best = {name: _best(one, "accuracy_area") for name, one in factors.items()}
    known = {name: pair for name, pair in best.items() if pair}
    if not known:
        return ""
    hard = min(known, key=lambda name: known[name][1].value)
    easy = max(known, key=lambda name: known[name][1].value)
    return (
        f"**Hardest of all is {hard}**: the best, `{known[hard][0]}`, is right in "
        f"{known[hard][1]} over its levels; easiest is {easy}, `{known[easy][0]}` with "
        f"{known[easy][1]}."
    )


def _pair(
    factors: Mapping[str, Invariance], one: str, other: str, names: tuple[str, ...], what: str
) -> str:
    """Say how two ways of training differ under some factors."""
    parts = []
    for name in names:
        curves = {c.model: c for c in factors[name].embeddings} if name in factors else {}
        if one in curves and other in curves:
            parts.append(f"{name} {_compared(curves[one].rescaled, curves[other].rescaled)}")
    if not parts:
        return ""
    return f"**{what}** (`{one}`, `{other}`), cosine between chance and 1: {'; '.join(parts)}."


def _compared(one: Estimate, other: Estimate) -> str:
    apart = one.low > other.high or other.low > one.high
    said = "" if apart else ", which can't be told apart"
    return f"{one.value:.2f} against {other.value:.2f}{said}"


def _depth(found: ShippedInvariance) -> str:
    """Say how equivariance goes as a network gets deeper, and invariance comes."""
    moved = found.moves.get(("translation", "shapes-simclr"))
    if moved is None or len(moved.layers) < 2:
        return ""
    first, last = moved.layers[0], moved.layers[-1]
    return (
        "**Maps move with the picture less and less as they get smaller**: in `shapes-simclr`, "
        f"moved back after a translation, {first.rescaled.value:.2f} of what there is above chance "
        f"at the first layer ({first.rows} x {first.columns}) and {last.rescaled.value:.2f} at the "
        f"last ({last.rows} x {last.columns}), n = {last.area.n}: a shift by part of a step falls "
        "between its samples."
    )
