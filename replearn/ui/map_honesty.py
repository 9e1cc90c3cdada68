"""Beside the map: how far it can be believed, what of it is stable, what a layout can invent."""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.map_results import EmbeddingMap
from replearn.plotting.map_figures import plain_map_figure, variants_figure
from replearn.plotting.map_values import as_text, map_key
from replearn.studies.map_variants import SEED, VARIED, map_variants
from replearn.studies.random_cloud import random_cloud
from replearn.ui.components import notice, plot
from replearn.ui.map_kept import Drawn, kept_map
from replearn.ui.map_parts import STOPS, MapParts

OWN_FILE = "This compares maps of a data set; the map above is of your own file."


def map_honesty(parts: MapParts) -> None:
    """Build the panels."""
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    figures = gr.Markdown(elem_id="honesty", elem_classes="rl-honesty")
    ring = gr.Checkbox(False, label="ring the 2 % that are placed worst", elem_id="worst")
    parts.drawn.change(_figures, parts.drawn, figures, **quiet)
    gr.on([ring.input, parts.drawn.change], _worst, [parts.drawn, ring], parts.worst, **quiet)
    with gr.Accordion("what is stable? the same data, laid out four times", open=False):
        with gr.Row():
            varied = gr.Radio([SEED, "setting"], value=SEED, label="Vary", elem_id="varied")
            again = gr.Button("draw four maps", size="sm", elem_id="variants-button")
        gr.Markdown(
            "What stands together in all four is in the data; what moves is the layout's. Each map "
            "is turned onto the first. A map of 2,000 points takes about ten seconds; what was "
            "drawn once is kept.",
            elem_classes="rl-card",
        )
        refused = notice("variants-notice")
        strip = plot("variants")
        again.click(_variants, [parts.drawn, varied], [strip, refused], api_visibility="private")
        parts.drawn.change(lambda: (None, None), None, [strip, refused], **quiet)
    with gr.Accordion("a warning: t-SNE of a random cloud", open=False) as warning:
        gr.Markdown(
            "500 vectors of 10 independent random numbers, laid out by t-SNE at a perplexity of 2. "
            "There is no structure; every clump and string is the layout's own (Wattenberg et "
            "al. 2016, [How to Use t-SNE Effectively](https://doi.org/10.23915/distill.00002))."
        )
        cloud = plot("random-cloud")
        said = gr.Markdown(elem_classes="rl-card")
        warning.expand(_cloud, None, [cloud, said], **quiet)


def figures_table(found: EmbeddingMap) -> str:
    """Return a map's figures as a table, and a sentence."""
    kept = found.preservation
    if not kept:
        return "These coordinates come without vectors: how far they can be believed isn't known."
    ks = sorted({int(name.split("@")[1]) for name in kept if "@" in name})
    lines = ["| | " + " | ".join(f"k = {k}" for k in ks) + " |", "| --- |" + " --- |" * len(ks)]
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


def _figures(drawn: Drawn | None) -> str:
    return "" if drawn is None else figures_table(kept_map(drawn).found)


def _worst(drawn: Drawn | None, on: bool) -> Any:
    if drawn is None or not on:
        return as_text({"rows": []})
    found = kept_map(drawn).found
    return as_text({"key": map_key(found), "rows": found.rows[found.worst()].tolist()})


def _variants(
    drawn: Drawn | None,
    varied: str,
    request: gr.Request,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, str | None]:
    if drawn is None:
        return gr.skip(), "Open the map first."
    if drawn.file:
        return gr.skip(), OWN_FILE
    name = SEED if varied == SEED else VARIED.get(drawn.choice.projection, ("a setting",))[0]
    try:
        return variants_figure(
            map_variants(drawn.choice, name, STOPS.progress(request, progress))
        ), None
    except ReplearnError as error:
        return gr.skip(), str(error)


def _cloud() -> tuple[Any, str]:
    found = random_cloud()
    kept = found.preservation["neighbours kept@10"]
    return plain_map_figure(found), f"{found.stamp} | true neighbours kept@10 {kept:.2f}"
