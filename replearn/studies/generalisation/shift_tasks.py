"""The shifts that ship: of shapes, of shapes whose background told the solid, of emoji."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.data.base import Dataset
from replearn.data.emoji import Emoji
from replearn.data.emoji.concepts import CONCEPT_OF, CONCEPTS
from replearn.data.emoji.redrawn import HANDS, EmojiRedrawn
from replearn.data.kept import Kept
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.prompts import prompts_for
from replearn.data.shapes.shifted import SHIFTS, ShapesShifted
from replearn.data.shapes.vocabulary import SOLIDS
from replearn.encoders import lab
from replearn.studies.generalisation.shift_answers import PROBE, ShiftTask
from replearn.studies.generalisation.shift_pictures import Labelled, of_shapes

N = 500  # test pictures of shapes in each row
FITTED = 1500  # pictures of shapes that a probe is fitted on
FIFTH = "@0.2"  # a probe on fewer pictures stands elsewhere on the line
TIED_NETWORK = "shapes-background-tied"
CONTESTANTS = (
    "shapes-supervised",
    "shapes-simclr",
    "shapes-supcon",
    "shapes-multiview",
    "shapes-clip",
)
OTHERS = (
    "shapes-moco",
    "shapes-simsiam",
    "shapes-untrained",
    "emoji-simclr",
    "emoji-designers",
)


@dataclass(frozen=True)
class ShippedShift:
    """A task, who answers it, and what to know of it.

    Attributes:
        title: as the page says it.
        about: what is fitted on what, tested on what, and how the pictures are made.
        build: the task.
        models: who is compared: fitted on labels first.
        baselines: probes; a model's line goes through those on other networks.
    """

    title: str
    about: str
    build: Callable[[], ShiftTask]
    models: tuple[str, ...]
    baselines: tuple[str, ...]


def _probes(networks: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{PROBE}{name}{share}" for name in networks for share in ("", FIFTH))


def _shapes() -> ShiftTask:
    rows = {
        "test": Shapes("test", size=N),
        **{name.replace("-", " "): ShapesShifted(name, size=N) for name in SHIFTS},
        "held-out combinations": Shapes("held-out", size=N),
    }
    fit = _kept(Shapes("train", size=FITTED))
    rows_of = {name: _kept(data) for name, data in rows.items()}
    return ShiftTask("shapes", SOLIDS, rows_of, fit, prompts_for("solid"))


def _kept(data: Shapes) -> Labelled:
    return replace(of_shapes(data), data=Kept(data))


def _tied() -> ShiftTask:
    rows = {
        "background tells the solid": Shapes("test", size=N, background_bias=1.0),
        "background is random": Shapes("test", size=N),
    }
    fit = _kept(Shapes("train", size=FITTED, background_bias=1.0))
    rows_of = {name: _kept(data) for name, data in rows.items()}
    return ShiftTask("shapes-tied", SOLIDS, rows_of, fit, prompts_for("solid"))


def _emoji() -> ShiftTask:
    from replearn.training.sources.dataset_source import kept_out

    drawn = Emoji(label="subgroup")
    concepts = [CONCEPT_OF.get(subgroup) for subgroup in drawn.labels]
    tested, fitted = (
        np.array(sorted(row for row in rows if concepts[row]), np.int64)
        for rows in kept_out(len(drawn))
    )
    classes = tuple(CONCEPTS)

    def some(data: Dataset, rows: np.ndarray) -> Labelled:
        labels = np.array([classes.index(str(concepts[row])) for row in rows])
        return Labelled(Kept(data), rows, labels, tuple(drawn.ids[row] for row in rows))

    named = [[drawn.names[row] for row in fitted if concepts[row] == name] for name in classes]
    hands = {"line": "line drawing", "silhouette": "silhouette"}
    rows = {"twemoji": some(drawn, tested)}
    rows |= {hands.get(hand, hand): some(EmojiRedrawn(hand), tested) for hand in HANDS}
    return ShiftTask("emoji", classes, rows, some(drawn, fitted), named)


SHIPPED_SHIFTS = {
    "shapes": ShippedShift(
        "shapes: new textures, backgrounds, light",
        "Which of 8 solids? The networks were trained, and the probes of the line fitted (on "
        f"{FITTED:,}, and on a fifth of them), on pictures of `shapes` train. New textures, "
        "backgrounds and light are put on the very scenes of the test row by the renderer: four "
        "patterns on the solid alone; four floors and four backdrops, the shadow as it fell; a "
        "lamp 6 to 16 degrees high with hardly any other light. shapes-clip read captions of such "
        "pictures, never a solid's label.",
        _shapes,
        CONTESTANTS,
        _probes((*CONTESTANTS, *OTHERS)),
    ),
    "shapes-tied": ShippedShift(
        "shapes: the background told the solid",
        "Which of 8 solids? In what is fitted on, floor and backdrop tell the solid "
        "(background_bias=1); in the first row they still do, in the second they don't. The "
        "probes are fitted on such pictures; the frozen networks below them, and shapes-clip, saw "
        "backgrounds at random.",
        _tied,
        (
            TIED_NETWORK,
            "probe:shapes-supervised",
            "probe:shapes-simclr",
            "probe:shapes-supcon",
            "probe:shapes-multiview",
            "shapes-clip",
        ),
        _probes(OTHERS),
    ),
    "emoji": ShippedShift(
        "emoji: another hand, lines, a silhouette",
        f"Which of {len(CONCEPTS)} things ({', '.join(CONCEPTS)})? Classes are whole subgroups of "
        "Unicode that a common noun names, so that a text can ask for them; what has no such noun "
        "(symbols, weather, events) is left out. Probes are fitted on twemoji's drawings of the "
        "emoji that the lab's models were trained on; tested are other emoji, the same in every "
        "row: by twemoji, by openmoji, as openmoji's strokes alone, as twemoji's outline filled "
        "with black. Zero-shot models are asked by the names of the fitted emoji, averaged by "
        "class; emoji-clip has seen both designers' drawings of those.",
        _emoji,
        ("probe:imagenet", "probe:emoji-simclr", "photo-clip", "emoji-clip"),
        (
            "probe:imagenet@0.2",
            "probe:imagenet@0.05",
            *_probes(("emoji-designers", "shapes-supervised", "shapes-simclr")),
            *_probes(("shapes-multiview", "shapes-untrained")),
        ),
    ),
}


def shipped_shift(data: str) -> ShippedShift:
    """Return one of the tasks that ship.

    Raises:
        InputError: there is none of this name.
    """
    if data not in SHIPPED_SHIFTS:
        raise InputError(
            f"No shift of {data!r} ships; choose one of {', '.join(SHIPPED_SHIFTS)}."
            f"{nearest(data, SHIPPED_SHIFTS)}"
        )
    return SHIPPED_SHIFTS[data]


def absent_models(models: tuple[str, ...]) -> dict[str, str]:
    """Return which of the models can't be asked yet, and why."""
    if TIED_NETWORK in models and not (
        TIED_NETWORK in lab.SHIPPED and asset_path(TIED_NETWORK, "card.json").exists()
    ):
        return {TIED_NETWORK: f"not trained yet: python -m replearn build {TIED_NETWORK}"}
    return {}
