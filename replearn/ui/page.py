"""The page: the subject at the left, a tab for each question at the right."""

from typing import Any

import gradio as gr

from replearn import __version__
from replearn.core.settings import Settings
from replearn.ui.batch_tab import batch_tab
from replearn.ui.components import plotly_early
from replearn.ui.distortions_tab import distortions_tab
from replearn.ui.endpoints import add_endpoints
from replearn.ui.generalisation_tab import generalisation_tab
from replearn.ui.heat_maps_tab import heat_maps_tab
from replearn.ui.invariance_tab import invariance_tab
from replearn.ui.map_tab import map_tab
from replearn.ui.models_tab import models_tab
from replearn.ui.shape_tab import shape_tab
from replearn.ui.subject import current_choices, example_thumbnails, subject_column
from replearn.ui.training_tab import training_tab
from replearn.ui.zero_shot_tab import zero_shot_tab

TOGGLE_THEME = "() => { document.body.classList.toggle('dark'); }"


def build_page(settings: Settings) -> gr.Blocks:
    """Build the page; nothing heavy is imported or computed."""
    with gr.Blocks(
        title="replearn", analytics_enabled=False, delete_cache=(3600, 24 * 3600)
    ) as page:
        with gr.Row(elem_id="header"):
            gr.HTML(
                f"<h1>replearn</h1><p>what has the model learnt? <small>{__version__}</small></p>",
                apply_default_css=False,
                elem_id="title",
            )
            theme = gr.Button("light / dark", size="sm", elem_id="theme", scale=0)
        with gr.Row(elem_id="body"):
            subject = subject_column(settings)
            with gr.Column(scale=3, min_width=320), gr.Tabs(elem_id="tabs"):
                with gr.Tab("Zero-shot", id="zero-shot"):
                    question = zero_shot_tab(subject)
                with gr.Tab("Heat maps", id="heat-maps") as heat_maps:
                    heat_maps_tab(heat_maps, subject, question)
                with gr.Tab("Map", id="map") as map_:
                    map_opening = map_tab(map_, subject)
                with gr.Tab("Distortions", id="distortions") as distortions:
                    distortions_tab(distortions, subject, question)
                with gr.Tab("Shape", id="shape") as shape:
                    shape_tab(shape, subject, question)
                with gr.Tab("Invariance", id="invariance") as invariance:
                    invariance_tab(invariance, subject, question)
                with gr.Tab("Generalisation", id="matrix") as generalisation:
                    generalisation_tab(generalisation)
                with gr.Tab("Training", id="training") as training:
                    training_tab(training, subject)
                with gr.Tab("Many pictures", id="batch"):
                    batch_tab(subject, question)
                with gr.Tab("Models", id="models"):
                    models_tab()
        add_endpoints(settings.models[0])
        theme.click(None, None, None, js=TOGGLE_THEME, api_visibility="private")
        page.load(
            example_thumbnails,
            None,
            subject.examples,
            api_visibility="private",
            show_progress="hidden",
        )
        # runs that ended, and data that came, since the app was started
        listed = page.load(
            current_choices,
            None,
            [subject.model, subject.compare, subject.dataset],
            api_visibility="private",
            show_progress="hidden",
        )
        restored = listed.then(
            _restore,
            None,
            [subject.model, question.labels, question.templates],
            api_visibility="private",
            show_progress="hidden",
        )
        # the first answer is asked for as soon as the page is open, with what a link brought back
        answered = restored.then(
            question.ask,
            question.inputs,
            question.outputs,
            api_visibility="private",
            show_progress="minimal",
            show_progress_on=question.outputs[:1],
        )
        answered.then(None, None, None, js=plotly_early(), api_visibility="private")
        answered.then(map_opening.draw, **map_opening.settings)
    built: gr.Blocks = page
    return built


def _restore(request: gr.Request) -> tuple[Any, ...]:
    """Bring back the settings that a copied link carries."""
    query = request.query_params
    found = (query.get(name) for name in ("model", "labels", "templates"))
    return tuple(gr.skip() if value is None else value[:20_000] for value in found)
