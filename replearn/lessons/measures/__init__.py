"""What may stand behind a figure in a lesson: `[0.97](measure:NAME/ARGUMENT/ARGUMENT)`.

A measure takes its arguments as texts, in which + stands for a space, and computes its number from
what ships, so that a test finds the sentence that a new model made untrue.
"""

import inspect
from collections.abc import Callable, Mapping

from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.lessons.measures import (
    cards,
    distortions,
    dreams,
    generalisation,
    groups,
    heat_maps,
    invariance,
    losses,
    maps,
    parts,
    shape,
    zero_shot,
)

MEASURES: Mapping[str, Callable[..., float]] = {
    "probe": cards.probe,
    "knn": cards.knn,
    "guessed": cards.guessed,
    "said": cards.said,
    "run": cards.run,
    "share-of-partner": losses.share_of_partner,
    "nt-xent": losses.nt_xent,
    "nt-xent-guessing": losses.guessing,
    "hardest": losses.hardest,
    "recorded": losses.recorded,
    "probability": zero_shot.probability,
    "cosine": zero_shot.cosine,
    "temperature": zero_shot.temperature,
    "own-answer": zero_shot.own_answer,
    "kept": maps.kept,
    "kept-of-nothing": maps.kept_of_nothing,
    "explained": maps.explained,
    "voted": maps.voted,
    "shared": maps.shared,
    "cka": maps.cka,
    "method": heat_maps.method,
    "read-from-head": parts.read_from_head,
    "without-heads": parts.without_heads,
    "with-heads": parts.with_heads,
    "best-unit": parts.best_unit,
    "in-words": parts.in_words,
    "whole": parts.whole,
    "gain": parts.gain,
    "drawn": dreams.drawn,
    "seen-first": dreams.seen_first,
    "fooled": dreams.fooled,
    "recognised": dreams.recognised,
    "sure": dreams.sure,
    "times-real": dreams.times_real,
    "undisturbed": invariance.undisturbed,
    "right-over": invariance.right_over,
    "cosine-over": invariance.cosine_over,
    "moved-back": invariance.moved_back,
    "rendition": shape.rendition,
    "shape-bias": shape.shape_bias,
    "shape-bias-photographs": shape.photograph_shape_bias,
    "shape-bias-published": shape.shape_bias_published,
    "distorted": distortions.distorted,
    "matrix": generalisation.matrix,
    "matrix-published": generalisation.matrix_published,
    "matrix-finding": generalisation.matrix_finding,
    "shift": generalisation.shift,
    "shift-lead": generalisation.shift_lead,
    "robustness": generalisation.robustness,
    "clip-published": generalisation.clip_published,
    "overall": groups.overall,
    "group": groups.group,
    "gap": groups.gap,
    "gap-by-chance": groups.gap_by_chance,
    "common": groups.common,
    "surviving": groups.surviving,
    "nearer": groups.nearer,
    "difference": groups.difference,
    "towards": groups.towards,
    "dollar-street": groups.dollar_street,
}


def measured(text: str) -> float:
    """Return the number that stands behind `measure:`.

    Args:
        text: a measure's name and its arguments, separated by /.

    Raises:
        InputError: there is no such measure, or it has no number for these arguments.
    """
    name, *given = text.split("/")
    if name not in MEASURES:
        known = ", ".join(MEASURES)
        raise InputError(
            f"There is no measure {name!r}; choose one of {known}.{nearest(name, MEASURES)}"
        )
    measure, arguments = MEASURES[name], [one.replace("+", " ") for one in given]
    try:
        inspect.signature(measure).bind(*arguments)
    except TypeError as error:
        raise InputError(f"measure:{text} isn't as {name} is asked: {error}.") from error
    try:
        return float(measure(*arguments))
    except (AttributeError, LookupError, ValueError, StopIteration) as error:
        raise InputError(f"measure:{text} has no number: {error!r}.") from error
