"""Class pictures: which helps make one that another network recognises; and one that fools."""

from functools import lru_cache
from statistics import median

from replearn.lessons.measures.photographs import path_of
from replearn.results.dreams import Fooled, HelpTrial, HelpTrials


def recognised(helps: str) -> float:
    """Return how many class pictures the judge has among its first five answers.

    Args:
        helps: their names separated by commas; "none" for none.
    """
    return _row(helps).among_five


def sure(helps: str) -> float:
    """Return the mean probability that the network itself gives the class, from 0 to 1."""
    return _row(helps).own


def times_real() -> float:
    """Return how many times the best real picture a drawn unit reaches, the median of units."""
    return median(_trials().unit_ratios)


def drawn(model: str) -> float:
    """Return how many class pictures ship for a model."""
    from replearn.studies.dreams.gallery import shipped_gallery

    return len(shipped_gallery(model))


def seen_first(model: str, judge: str) -> float:
    """Return how many of them another network answers with their class."""
    from replearn.studies.dreams.gallery import shipped_gallery

    judges = [one for dream in shipped_gallery(model) for one in dream.judges]
    return sum(one.rank == 1 for one in judges if one.network == judge)


def fooled(photo: str, target: str, epsilon: str, treatment: str) -> float:
    """Return the probability of the wanted class in a changed photograph, from 0 to 1.

    Args:
        photo: the stem of an example photograph, changed until `imagenet` says what is wanted.
        target: a class of it.
        epsilon: the largest change, in grey levels of 255.
        treatment: what is done to it before it is asked again, as "moved by 2 pixels".
    """
    rows = _fooled(photo, target, float(epsilon)).undone
    return next(row.probability for row in rows if row.treatment == treatment)


@lru_cache(maxsize=4)
def _fooled(photo: str, target: str, epsilon: float) -> Fooled:
    from replearn.studies.dreams.fool import fool

    return fool(path_of(photo), target, "imagenet", epsilon)


def _row(helps: str) -> HelpTrial:
    wanted = () if helps == "none" else tuple(helps.split(","))
    return next(row for row in _trials().rows if row.helps == wanted)


def _trials() -> HelpTrials:
    from replearn.studies.dreams.help_trials import shipped_help_trials

    found = shipped_help_trials()
    if found is None:
        raise ValueError("the trials aren't here")
    return found
