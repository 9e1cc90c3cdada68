"""Where invariance is seen: the picture at each level, and the curves."""

from dataclasses import dataclass, replace
from typing import Any

import gradio as gr
from PIL import Image

from replearn.core.errors import InputError
from replearn.plotting.invariance.level_figures import level_figure
from replearn.plotting.model_styles import legend_value
from replearn.results.invariance import Invariance
from replearn.studies.invariance.factors import FACTORS, Stack
from replearn.studies.invariance.shipped_table import read_invariance
from replearn.ui.frame.components import legend, notice, plot, stamp
from replearn.ui.frame.figure import Shown, figure
from replearn.ui.invariance.asked import OWN, Asked

THUMBNAIL = 112  # pixels
EMPTY: dict[str, Any] = {"traces": [], "layout": {}}
CURVES = ("cosine", "probability", "accuracy")


@dataclass(frozen=True, eq=False)
class Measured:
    """What is drawn: the curves, the picture that is shown at each level, and what was asked."""

    asked: Asked
    found: tuple[Invariance, ...]
    stack: Stack


@dataclass(frozen=True)
class InvarianceViewer:
    """The components that are drawn, and the notices above them.

    Attributes:
        refused: why nothing could be drawn.
        told: what else there is to know.
        strip: the picture at each level.
        marks: the legend of all three curves.
        cosine, probability, accuracy: the curves.
        note: of which models a curve has no line.
        origin: the stamp.
        kept: a `Measured`, or None.
    """

    refused: gr.HTML
    told: gr.HTML
    strip: gr.Gallery
    marks: gr.HTML
    cosine: gr.HTML
    probability: gr.HTML
    accuracy: gr.HTML
    note: gr.Markdown
    origin: gr.HTML
    kept: gr.State

    @property
    def outputs(self) -> list[Any]:
        """All components."""
        return list(vars(self).values())

    def shown(
        self, asked: Asked, found: Invariance, stack: Stack, said: str | None = None
    ) -> Shown:
        """Return all that is drawn of an answer, and what can be saved of it.

        Args:
            asked: what was asked.
            found: the curves.
            stack: whose first picture is shown at each level.
            said: what else there is to know.
        """
        measured = _accuracies(asked) if asked.alone else found
        text = str(found.stamp)
        kept: tuple[Invariance, ...] = (found,)
        if measured is not None and measured is not found:
            text += f" || accuracy: {measured.stamp}"
            kept += (measured,)
        return {
            self.refused: None,
            self.told: said,
            self.strip: _strip(found, stack),
            self.marks: legend_value(curve.model for curve in found.embeddings),
            self.cosine: level_figure(found, "plain cosine" if asked.plain else "cosine"),
            self.probability: level_figure(found, "probability"),
            self.accuracy: EMPTY if measured is None else level_figure(measured, "accuracy"),
            self.note: _note(found, measured),
            self.origin: {"text": text},
            self.kept: Measured(asked, kept, stack),
        }


def invariance_viewer() -> InvarianceViewer:
    """Build the components."""
    refused, told = notice("invariance-notice"), notice("invariance-told")
    with figure("invariance"):
        strip = gr.Gallery(
            label="The picture at each level",
            show_label=False,
            columns=9,
            height="auto",
            object_fit="contain",
            allow_preview=False,
            buttons=[],
            elem_id="invariance-strip",
        )
        marks = legend("invariance-legend")
        with gr.Row(elem_id="invariance-curves"):
            cosine, probability, accuracy = (_curve(name) for name in CURVES)
        note = gr.Markdown(elem_id="invariance-note", elem_classes="rl-card")
        origin = stamp("invariance-stamp")
    curves = (cosine, probability, accuracy)
    return InvarianceViewer(refused, told, strip, marks, *curves, note, origin, gr.State(None))


def _curve(name: str) -> gr.HTML:
    with gr.Column(min_width=280):
        return plot(f"invariance-{name}")


def all_shipped(factor: str) -> Invariance:
    """Return the shipped curves of all models under a factor.

    Raises:
        InputError: there are none.
    """
    kept = read_invariance()
    found = None if kept is None else kept.factors.get(factor)
    if found is None:
        raise InputError(f"No curve under {factor} ships; choose {OWN}, and shapes, to measure it.")
    return found


def _note(found: Invariance, measured: Invariance | None) -> str:
    """Say of which models a figure has no line, and why."""
    silent = [curve.model for curve in found.embeddings if not curve.probability]
    counted = {curve.model for curve in measured.embeddings} if measured else set()
    missing = [curve.model for curve in found.embeddings if curve.model not in counted]
    notes = []
    if silent:
        notes.append(f"No probability of {_listed(silent)}: without a head or labels no answer.")
    if missing:
        notes.append(
            f"No accuracy of {_listed(missing)} ships; choose *{OWN}* and `shapes` to measure it."
        )
    return " ".join(notes)


def _listed(models: list[str]) -> str:
    return ", ".join("`" + model.replace("`", "") + "`" for model in models)


def _accuracies(asked: Asked) -> Invariance | None:
    """Return the shipped curves of the models that are asked for; None where there are none."""
    try:
        found = all_shipped(asked.factor)
    except InputError:
        return None
    curves = tuple(curve for curve in found.curves if curve.model in asked.models)
    return replace(found, curves=curves) if curves else None


def _strip(found: Invariance, stack: Stack) -> list[tuple[Image.Image, str]]:
    """Return the first picture at each level, with the level."""
    factor, levels = FACTORS[found.factor], found.curves[0].levels
    first = stack.take(slice(0, 1))
    shown = []
    for level in levels:
        values = factor.at(first, level)[0]
        picture = Image.fromarray((values * 255 + 0.5).astype("uint8"))
        picture = picture.resize((THUMBNAIL, THUMBNAIL), Image.Resampling.BICUBIC)
        shown.append((picture, "untouched" if level == factor.identity else f"{level:.3g}"))
    return shown
