"""The resources: what there is to ask with and about, as JSON, and the lessons."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from replearn.core.settings import from_environment
from replearn.data.photos import Photos
from replearn.distortions import DISTORTIONS, load_distortion
from replearn.explainers import EXPLAINERS, explainer_class
from replearn.lessons.shelf import lesson_named, lessons
from replearn.ui.frame.subject_names import DATA
from replearn.ui.mcp.plain import as_text

SCHEME = "replearn://"


def models() -> str:
    """Models: what each can do, its size, its licence, and whether it is on this computer."""
    from replearn.encoders.registry import models as known

    return as_text([asdict(one) for one in known()])


def datasets() -> str:
    """Data sets that are here; folder:PATH opens labelled pictures where that is allowed."""
    from replearn.data.places import downloaded

    return as_text([*DATA, *downloaded()])


def methods() -> str:
    """Methods of heat maps, each with its paper."""
    return as_text([_method(name) for name in EXPLAINERS])


def distortions() -> str:
    """Distortions: the unit and the range of their levels, and the level that changes nothing."""
    return as_text([_distortion(name) for name in DISTORTIONS])


def examples() -> str:
    """Example pictures: what they show, and labels worth asking about them."""
    photos = Photos()
    return as_text(
        [
            {
                "name": name,
                "caption": photos[index].caption,
                "labels": photos.labels(index),
                "why": photos.why(index),
            }
            for index, name in enumerate(photos.ids)
        ]
    )


def shelf() -> str:
    """Lessons of the course, in their order."""
    found = lessons(from_environment().lessons)
    return as_text(
        [{"name": one.name, "title": one.title, "minutes": one.minutes} for one in found]
    )


def lesson(name: str) -> str:
    """Return a lesson: outcomes, steps, questions with their answers."""
    return as_text(lesson_named(name, from_environment().lessons).to_dict())


RESOURCES: dict[str, Callable[..., str]] = {
    f"{SCHEME}models": models,
    f"{SCHEME}datasets": datasets,
    f"{SCHEME}methods": methods,
    f"{SCHEME}distortions": distortions,
    f"{SCHEME}examples": examples,
    f"{SCHEME}lessons": shelf,
    f"{SCHEME}lessons/{{name}}": lesson,
}


def _method(name: str) -> dict[str, Any]:
    one = explainer_class(name)
    said = (one.__doc__ or "").partition("\n")[0]
    return {
        "name": name,
        "what": said,
        "paper": one.paper,
        "reads_target": one.reads_target,
        "needs_gradients": one.needs_gradients,
    }


def _distortion(name: str) -> dict[str, Any]:
    one = load_distortion(name)
    return {
        "name": name,
        "unit": one.unit,
        "levels": one.levels,
        "lowest": one.lowest,
        "highest": one.highest,
        "unchanged_at": one.identity_level,
        "paper": one.paper,
    }
