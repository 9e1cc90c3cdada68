"""The lab's shipped models: which recipe, with which settings, makes each."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ShippedModel:
    """How a shipped model is made.

    Attributes:
        recipe: an entry of `RECIPES`.
        settings: what differs from the recipe's own.
        aim: what it was meant to reach, in words.
        kept: what the loss and the augmentation keep and throw away, in words.
        figures: what its card measures, entries of `FIGURES` in `studies/shipping/card_figures.py`.
        probed: whether its card has the table of the factors of shapes.
    """

    recipe: str
    settings: dict[str, Any] = field(default_factory=dict)
    aim: str = ""
    kept: str = ""
    figures: tuple[str, ...] = ("own head", "untrained")
    probed: bool = True


SHIPPED_MODELS = {
    "shapes-supervised": ShippedModel(
        "supervised",
        {"batch": 128, "epochs": 36},
        aim="0.97 of the solids on test",
        kept="Labels name the solid alone, and augmentation changes colour, place and size a "
        "little: what doesn't help to tell solids apart may go.",
    ),
    "shapes-supcon": ShippedModel(
        "supcon",
        {"batch": 128, "epochs": 20},
        aim="0.97 of the solids on test by linear probe",
        kept="Neighbours are of one solid and one size; colour and texture fade, yet floor and "
        "backdrop, which labels say nothing of, can still be read by a linear probe.",
    ),
    "shapes-simclr": ShippedModel(
        "simclr",
        {"batch": 128, "epochs": 12},
        aim="its honest probe and kNN of the solids, 20 points above the same network untrained",
        kept="Two crops of one picture share its floor, its backdrop and, in part, its colour, and "
        "those suffice to find the other view: they are read almost perfectly, the solid half of "
        "the time (feature suppression, Chen et al. 2021, https://arxiv.org/abs/2011.02803).",
    ),
    "shapes-moco": ShippedModel(
        "moco",
        {"batch": 128, "epochs": 12},
        aim="its honest figures",
        kept="The same views as SimCLR's against a queue of 4,096 older keys: it leans on the "
        "same shortcuts.",
    ),
    "shapes-simsiam": ShippedModel(
        "simsiam",
        {"batch": 128, "epochs": 12},
        aim="its honest figures",
        kept="No negatives: nothing but the stop-gradient keeps all pictures from falling on one "
        "point. It learns more slowly than SimCLR in the same time, from the same shortcuts.",
    ),
    "shapes-bagnet": ShippedModel(
        "bagnet",
        {"batch": 128, "epochs": 16, "scenes": 32768},
        aim="its honest figures beside the ordinary network's",
        kept="Each of its votes knows 17 x 17 pixels and not where they lie, and that is enough: "
        "in this world corners, rims and shading tell the solid patch by patch.",
    ),
    "shapes-texture-tied": ShippedModel(
        "supervised",
        {"batch": 128, "epochs": 8, "scenes": 32768, "texture_tied": 1.0, "colour": 0.0},
        figures=("own head",),
        aim="a network that had a choice between form and texture, for the cue conflict",
        kept="While it learnt, every solid had its own texture: either told the label. Which of "
        "the two it took shows where they disagree: python -m replearn evaluate shape-bias shapes.",
    ),
    "shapes-background-tied": ShippedModel(
        "supervised",
        {"batch": 128, "epochs": 8, "scenes": 32768, "background_tied": 1.0},
        figures=("own head",),
        aim="a network that could take the background for the solid, for the shifts",
        kept="While it learnt, floor and backdrop went with the solid: it is right for the wrong "
        "reason as long as they do.",
    ),
    "shapes-multiview": ShippedModel(
        "simclr",
        {
            "views": "scene",
            "batch": 128,
            "epochs": 28,
            "crop": 0.75,
            "colour": 0.8,
            "grey": 0.7,
        },
        aim="0.90 of the solids by linear probe, 0.85 by kNN",
        kept="Two renderings of one object share neither camera, light, floor nor backdrop, and "
        "most views have lost their colour: the partner is found by form, texture and size. Colour "
        "goes; among neighbours floor and backdrop fade, though a linear probe still reads them.",
    ),
    "shapes-clip": ShippedModel(
        "clip",
        {"scenes": 65536, "epochs": 36},
        aim="zero-shot from prompts 0.95 of the solids and of the colours on test, 0.90 of both "
        "together on combinations that training never showed",
        kept="Captions name the solid always, the colour mostly, the rest now and then: what they "
        "say is kept. Which of two objects stands left they say too, and it isn't learnt at all: "
        "it is as good as guessing, for a bag of words finds most captions as well.",
        figures=("prompts",),
    ),
    "emoji-simclr": ShippedModel(
        "simclr",
        {"dataset": "emoji", "batch": 128, "epochs": 24},
        aim="its honest figures",
        kept="Two crops of one drawing share its colours and strokes: a designer's hand is kept as "
        "much as what is drawn.",
        figures=("designers",),
        probed=False,
    ),
    "emoji-designers": ShippedModel(
        "simclr",
        {"dataset": "emoji", "views": "scene", "batch": 128, "epochs": 24, "crop": 0.6},
        aim="its honest figures",
        kept="Two designers' drawings of one emoji share what is drawn, not the hand. Yet on emoji "
        "that it hasn't seen it finds the other drawing no more often than `emoji-simclr` does: "
        "some 1,500 pairs are few to learn from.",
        figures=("designers",),
        probed=False,
    ),
    "emoji-clip": ShippedModel(
        "clip",
        {
            "dataset": "emoji",
            "views": "scene",
            "epochs": 40,
            "crop": 0.7,
            "flip": 0.5,
            "colour": 0.2,
        },
        aim="its honest figures",
        kept="Some 1,500 drawings with a name each are few to learn a language from: names of "
        "emoji that it hasn't seen are found hardly more often than by guessing.",
        figures=("designers", "names"),
        probed=False,
    ),
}
