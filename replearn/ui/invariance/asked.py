"""What the invariance tab asks: the factor, of which pictures, of which models."""

from dataclasses import dataclass

from replearn.core.errors import InputError, ReplearnError
from replearn.core.pace import duration
from replearn.results.invariance import Invariance
from replearn.studies.invariance.cost import expected_seconds
from replearn.studies.invariance.factors import FACTORS, Stack
from replearn.studies.invariance.pictures import scene_stack, subject_stack
from replearn.taking_home.answers import invariance_table, picture_shot
from replearn.taking_home.asked import Asked as Entry
from replearn.taking_home.asked import Place, as_it_lies
from replearn.ui.frame.picture_code import at_home, called
from replearn.ui.frame.question import Asked as PageAsked
from replearn.ui.frame.subject import NO_PICTURE
from replearn.ui.frame.subject_names import NO_COMPARISON
from replearn.ui.invariance.code import InvarianceAsked, invariance_code

SUBJECT, SCENE = "the subject", "a rendered scene"
SHIPPED, OWN = "200 pictures of shapes", "the data set above"
WHOSE = [SUBJECT, SCENE, SHIPPED, OWN]
FIRST_SCENE = 18  # a pyramid: one sees it turn


@dataclass(frozen=True)
class Asked:
    """The inputs of the tab, in order."""

    picture: str | None
    model: str
    compare: str
    dataset: str
    question: PageAsked
    factor: str
    whose: str
    scene: float | None
    beside: list[str]
    plain: bool

    @property
    def models(self) -> tuple[str, ...]:
        """The model above, the one it is compared with, and those beside."""
        named = [self.model, self.compare, *self.beside]
        return tuple(dict.fromkeys(name for name in named if name and name != NO_COMPARISON))

    @property
    def alone(self) -> bool:
        """Whether one picture is asked about."""
        return self.whose in {SUBJECT, SCENE}


def measure_label(asked: Asked) -> str:
    """Say what the button does and about how long it takes."""
    if asked.whose != OWN:
        return "measure"
    try:
        seconds = expected_seconds(asked.dataset, asked.factor, asked.models)
    except ReplearnError:
        return "measure"  # the sentence comes when it is pressed
    return f"measure (about {duration(max(1.0, seconds))})"


def asked_stack(asked: Asked) -> tuple[Stack, str | None]:
    """Return the picture, and a sentence where it isn't the one that was asked for."""
    if asked.whose == SCENE:
        return scene_stack(int(asked.scene or 0)), None
    if FACTORS[asked.factor].needs_scene:
        said = (
            f"A photograph's {asked.factor} can't be changed: here is scene {int(asked.scene or 0)}"
            " of shapes instead, rendered anew at each level."
        )
        return scene_stack(int(asked.scene or 0)), said
    if asked.picture is None:
        raise InputError(NO_PICTURE)
    return subject_stack(asked.picture), None


def reference_of(asked: Asked, stack: Stack) -> str:
    """Return the data set whose pictures say what chance is, of one picture."""
    return "shapes" if stack.scenes is not None else asked.dataset


def asked_code(asked: Asked, stack: Stack, place: Place = as_it_lies) -> str:
    """Return the Python that asks the same of the same pictures."""
    rendered = stack.scenes is not None
    alone = asked.picture if asked.alone and not rendered else None
    return invariance_code(
        InvarianceAsked(
            None if alone is None else at_home(place, alone),
            int(asked.scene or 0) if asked.alone and rendered else None,
            {SHIPPED: "shapes", OWN: asked.dataset}.get(asked.whose, ""),
            asked.factor,
            asked.models,
            reference_of(asked, stack),
            asked.question.get() if asked.alone else None,
        )
    )


def invariance_entry(asked: Asked, stack: Stack, found: Invariance) -> Entry:
    """Return the question as it is taken home."""
    photograph = asked.picture if asked.alone and stack.scenes is None else None
    of = f"scene {int(asked.scene or 0)} of shapes" if asked.alone else asked.whose
    return Entry(
        "Invariance",
        f"Does {asked.factor} move the features of {called(photograph) if photograph else of}?",
        (photograph, asked.whose, asked.factor, asked.scene),
        lambda place: asked_code(asked, stack, place),
        str(found.stamp),
        invariance_table(found),
        shots=(picture_shot(photograph),) if photograph else (),
    )
