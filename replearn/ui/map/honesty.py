"""Beside the map: how far it can be believed, what of it is stable, what a layout can invent."""

from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.plotting.map.figures import plain_map_figure, variants_figure
from replearn.plotting.map.values import as_text, map_key
from replearn.results.map import EmbeddingMap
from replearn.studies.map.random_cloud import random_cloud
from replearn.studies.map.variants import SEED, VARIED, map_variants
from replearn.ui.frame.components import notice, plot
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.frame.turns import QUIET, Turns
from replearn.ui.map.kept_maps import Drawn, kept_map
from replearn.ui.map.parts import STOPS, MapParts

OWN_FILE = "This compares maps of a data set; the map above is of your own file."


def map_honesty(turns: Turns, parts: MapParts) -> tuple[gr.Checkbox, gr.Markdown]:
    """Build the panels; return the switch of the ring, and where the map's figures stand."""
    figures = gr.Markdown(elem_id="honesty", elem_classes="rl-honesty")
    ring = gr.Checkbox(False, label="ring the 2 % that are placed worst", elem_id="worst")
    ring.input(worst, [parts.drawn, ring], parts.worst, **QUIET)
    with gr.Accordion(
        "what is stable? the same data, laid out four times", open=False, elem_id="stable"
    ):
        with gr.Row():
            varied = gr.Radio([SEED, "setting"], value=SEED, label="Vary", elem_id="varied")
            again = gr.Button("draw four maps", size="sm", elem_id="variants-button")
        gr.Markdown(
            "What stands together in all four is in the data; what moves is the layout's. Each map "
            "is turned onto the first. What was drawn once is kept.",
            elem_classes="rl-card",
        )
        refused = notice("variants-notice")
        with figure("variants"):
            strip = plot("variants")

    @refusing(refused)
    def variants(
        drawn: Drawn | None,
        varied: str,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        if drawn is None or drawn.file:
            raise InputError("Open the map first." if drawn is None else OWN_FILE)
        name = SEED if varied == SEED else VARIED.get(drawn.choice.projection, ("a setting",))[0]
        found = map_variants(drawn.choice, name, STOPS.progress(request, progress))
        return {strip: variants_figure(found)}

    draws(
        "variants",
        [again.click],
        variants,
        [parts.drawn, varied],
        [strip, refused],
        refused,
        show_progress_on=[strip],
    )
    with gr.Accordion(
        "a warning: t-SNE of a random cloud", open=False, elem_id="cloud-warning"
    ) as warning:
        gr.Markdown(
            "500 vectors of 10 independent random numbers, laid out by t-SNE at a perplexity of 2. "
            "There is no structure; every clump and string is the layout's own (Wattenberg et "
            "al. 2016, [How to Use t-SNE Effectively](https://doi.org/10.23915/distill.00002))."
        )
        cloud = plot("random-cloud")
        said = gr.Markdown(elem_classes="rl-card")
    turns.panel_alone("random-cloud", "map", warning).change(_cloud, None, [cloud, said], **QUIET)
    return ring, figures


def figures_table(found: EmbeddingMap) -> str:
    """Return a map's figures as a table, and a sentence."""
    kept = found.preservation
    if not kept:
        return "These coordinates come without vectors: how far they can be believed isn't known."
    ks = sorted({int(name.split("@")[1]) for name in kept if "@" in name})
    lines = [
        "| of the map | " + " | ".join(f"k = {k}" for k in ks) + " |",
        "| --- |" + " --- |" * len(ks),
    ]
    for name in ("trustworthiness", "continuity", "neighbours kept"):
        lines.append(f"| {name} | " + " | ".join(f"{kept[f'{name}@{k}']:.2f}" for k in ks) + " |")
    return f"{verdict(found)}\n\n" + "\n".join(lines)


def verdict(found: EmbeddingMap) -> str:
    """Say in words what the figures mean."""
    kept = found.preservation
    k = min(int(name.split("@")[1]) for name in kept if "@" in name)
    share, trust = kept[f"neighbours kept@{k}"], kept[f"trustworthiness@{k}"]
    order = kept["rank correlation"]
    near = "can be read with care" if trust >= 0.9 else "often mislead"
    far = "roughly keep" if order >= 0.7 else "say little about"
    return (
        f"**Of a picture's {k} true neighbours {share:.0%} are among its {k} nearest on the map**: "
        f"neighbourhoods {near}. Distances across the map {far} the true ones (rank correlation "
        f"{order:.2f})."
    )


def worst(drawn: Drawn | None, on: bool) -> Any:
    """Return the ring around the pictures that the map places worst."""
    if drawn is None or not on:
        return as_text({"rows": []})
    found = kept_map(drawn).found
    return as_text({"key": map_key(found), "rows": found.rows[found.worst()].tolist()})


def _cloud() -> tuple[Any, str]:
    found = random_cloud()
    kept = found.preservation["neighbours kept@10"]
    return plain_map_figure(found), f"{found.stamp} | true neighbours kept@10 {kept:.2f}"
