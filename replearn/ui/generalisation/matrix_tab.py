"""Train on one, test on all: does it cope with what it hasn't seen?"""

import gradio as gr
import numpy as np
from PIL import Image

from replearn.core.errors import InputError, ReplearnError
from replearn.distortions.geirhos2018 import MANIPULATIONS
from replearn.plotting.generalisation.matrix_figures import (
    cell_curve_figure,
    own_matrix_figure,
    published_matrix_figure,
)
from replearn.results.matrix import Finding, MatrixCell
from replearn.studies.generalisation.matrix import matrix, matrix_cell
from replearn.studies.generalisation.matrix_findings import ALL, findings
from replearn.taking_home.asked import as_it_lies
from replearn.training.matrix.networks import NETWORKS
from replearn.ui.frame.components import code_panel, described, notice, plot, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing, shows
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.turns import LATEST, QUIET, Turns
from replearn.ui.generalisation.asked import cell_entry

TAB = "matrix"
EVALUATIONS = [(m.title, m.name) for m in MANIPULATIONS]
ENLARGED = 3  # a picture of 48 pixels is small on a screen


def matrix_tab(turns: Turns) -> None:
    """Build the tab; everything in it ships."""
    described(
        "**Does it cope with what it hasn't seen?** Twenty networks, each trained on some "
        "manipulations of the pictures, each tested on all nine.",
        "A row is what a network was tested on, a column what it was trained on: A one "
        "manipulation, B the same and uniform noise, C1 all but uniform noise, C2 all but "
        "salt-and-pepper. Numbers are per cent right; click a cell to look into it.",
        "The published networks are large and saw photographs of 16 classes (chance 6 %), ours are "
        "small and saw 8 rendered solids (chance 12 %): compare the pattern, not the numbers. Two "
        "manipulations differ: at 48 pixels the blur is 1.5 pixels wide, and uniform noise comes "
        "at full contrast, about a third as strong against the picture as the paper's, which is at "
        "30 % contrast. That one noise helps with the other here may be due to it.",
        ("Geirhos et al. 2018", "https://arxiv.org/abs/1808.08750"),
    )
    with gr.Row(equal_height=False, elem_id="matrix-claims"):
        claim = gr.Dropdown(
            [(text, number) for number, text in enumerate(ALL)],
            value=0,
            label="What the paper found; its cells are marked",
            elem_id="matrix-claim",
            scale=4,
        )
        following = gr.Button("next finding", size="sm", elem_id="matrix-next", scale=0)
    verdict = gr.Markdown(elem_id="matrix-verdict")
    with figure("matrix"), gr.Row():
        with gr.Column(min_width=420):
            published = plot("matrix-published")
        with gr.Column(min_width=420):
            own = plot("matrix-own")
    origin = stamp("matrix-stamp")
    chosen = gr.State(None)  # the cell that was clicked last
    with gr.Row():
        network = gr.Dropdown(
            [(f"{name}: {_short(name)}", name) for name in NETWORKS],
            value="A8",
            label="Trained on",
            elem_id="matrix-network",
        )
        evaluation = gr.Dropdown(
            EVALUATIONS,
            value="uniform_noise_0.35",
            label="Tested on",
            elem_id="matrix-evaluation",
        )
    refused = notice("matrix-cell-notice")
    with figure("matrix-cell"):
        said = gr.Markdown(elem_id="matrix-cell")
        with gr.Row():
            with gr.Column(min_width=300):
                examples = _gallery("What it was tested on", "matrix-examples")
            with gr.Column(min_width=300):
                mistakes = _gallery(
                    "Got wrong, surest first: what it is → what was said, and how surely",
                    "matrix-mistakes",
                )
            with gr.Column(min_width=300):
                curve = plot("matrix-curve")
    with gr.Accordion("all findings in one table", open=False, elem_id="matrix-table"):
        judged = gr.Markdown(elem_id="matrix-findings", elem_classes="rl-table")
    code = code_panel("matrix-code")

    def whole(which: int) -> Shown:
        try:
            found = matrix()
            rows = findings(found)
        except ReplearnError as error:
            empty: Shown = {published: {"traces": []}, own: {"traces": []}}
            return {**empty, origin: None, judged: None, verdict: str(error)}
        one = rows[which % len(rows)]
        return {
            published: published_matrix_figure(found, one.cells),
            own: own_matrix_figure(found, one.cells),
            origin: {"text": str(found.stamp)},
            judged: _table(rows),
            verdict: _verdict(one),
        }

    @refusing(refused)
    def cell(trained_on: str, tested_on: str) -> Shown:
        found = matrix_cell(trained_on, tested_on)
        entry = cell_entry(tested_on, found)
        return {
            code: entry.code(as_it_lies),
            ASKED: entry,
            said: _said(found),
            examples: [_large(picture) for picture in found.examples],
            mistakes: [
                (_large(one.picture), f"{one.label} → {one.answer} {one.confidence:.2f}")
                for one in found.mistakes
            ],
            curve: cell_curve_figure(found),
        }

    def cell_clicked(event: gr.EventData) -> Shown:
        index = event.index
        if not isinstance(index, int) or not 0 <= index < len(MANIPULATIONS) * len(NETWORKS):
            raise gr.Error(str(InputError("Click a cell of the matrix.")))
        row, column = divmod(index, len(NETWORKS))
        return {
            network: list(NETWORKS)[column],
            evaluation: MANIPULATIONS[row].name,
            chosen: index,
        }

    first = turns.first(TAB)
    shows(
        "matrix",
        gr.on(
            [first.change, claim.change],
            whole,
            claim,
            [published, own, origin, judged, verdict],
            **LATEST,
        ),
    )
    following.click(lambda which: (which + 1) % len(ALL), claim, claim, **QUIET)
    draws(
        "matrix-cell",
        [first.change, network.input, evaluation.input, chosen.change],
        cell,
        [network, evaluation],
        [said, examples, mistakes, curve, code, refused],
        refused,
        show_progress="hidden",
    )
    for canvas in (published, own):
        canvas.point_click(cell_clicked, None, [network, evaluation, chosen], **QUIET)


def _short(network: str) -> str:
    titles = {m.name: m.title for m in MANIPULATIONS}
    names = [titles[name] for name in NETWORKS[network]]
    if len(names) < 3:
        return " and ".join(names)
    left_out = next(m.title for m in MANIPULATIONS if m.name not in NETWORKS[network])
    return f"all but {left_out}"


def _gallery(label: str, elem_id: str) -> gr.Gallery:
    return gr.Gallery(
        label=label, elem_id=elem_id, columns=4, height=260, object_fit="contain", buttons=[]
    )


def _verdict(row: Finding) -> str:
    said = (
        f"{'✓ repeated here' if row.holds else '✗ not here'}: published **{row.published:.2f}**, "
        f"here **{row.ours.value:.2f}** [{row.ours.low:.2f}, {row.ours.high:.2f}] "
        f"({row.measure}; mean of {row.ours.n} seeds, 95 % interval; repeated: {row.rule})."
    )
    return said if row.holds else f"{said} **Why it may differ here:** {row.doubt}"


def _table(rows: tuple[Finding, ...]) -> str:
    repeated = sum(row.holds for row in rows)
    lines = [
        f"**{repeated} of {len(rows)} findings of the paper are repeated by the small world.**",
        "",
        "| here | the paper found | published | measured | measured as |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {'✓ repeated' if row.holds else '✗ not here'} | {row.claim} | {row.published:.2f} | "
        f"{row.ours.value:.2f} [{row.ours.low:.2f}, {row.ours.high:.2f}] | {row.measure} "
        f"(repeated: {row.rule}) |"
        for row in rows
    ]
    lines += ["", f"Here: mean of {rows[0].ours.n} seeds with its 95 % interval (Student's t)."]
    return "\n".join(lines)


def _said(cell: MatrixCell) -> str:
    seeds = "; ".join(str(one) for one in cell.accuracies)
    confused = ", ".join(f"{label} for {answer} ({n})" for label, answer, n in cell.confused)
    return (
        f"**{cell.network} on {cell.evaluation}**: {seeds}, a seed each; published "
        f"{cell.published:.2f}. Trained on {', '.join(cell.trained_on)}."
        + (f" Taken most often, in the first seed: {confused}." if confused else "")
    )


def _large(picture: np.ndarray) -> Image.Image:
    image = Image.fromarray(picture)
    size = (image.width * ENLARGED, image.height * ENLARGED)
    return image.resize(size, Image.Resampling.NEAREST)
