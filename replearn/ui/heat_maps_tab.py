"""Heat maps: where does it look?"""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.heat_map import HeatMap
from replearn.data.labels import parse_labels
from replearn.encoders.registry import load_model
from replearn.explainers import EXPLAINERS
from replearn.studies.explain import explain
from replearn.studies.zero_shot import classify, zero_shot
from replearn.ui.code import explain_code
from replearn.ui.components import described, notice, stamp
from replearn.ui.progress import to_page
from replearn.ui.saving import save_heat_map
from replearn.ui.subject import Subject
from replearn.ui.zero_shot_tab import Question

DURATION = {"cam": "instant", "grad-cam": "instant", "occlusion": "about 2 s"}


def heat_maps_tab(tab: gr.Tab, subject: Subject, question: Question) -> None:
    """Build the tab."""
    described(
        "**Where does it look?** The parts of the picture that a class or a sentence depends on.",
        "Bright is where the score comes from; the scale is the map's own largest value, so two "
        "maps can't be compared by colour. `cam` splits the score exactly over the cells of the "
        "last feature map; `grad-cam` weighs them by gradient; `occlusion` covers patches and "
        "measures by how much the score falls.",
        "A map says where, not what; it has 7 x 7 cells and no more detail than that. A smooth map "
        "on the object is no proof that the model is right for the right reason: ask for a second, "
        "wrong class and compare.",
        ("Zhou et al. 2016 (CAM)", "https://arxiv.org/abs/1512.04150"),
    )
    with gr.Row():
        with gr.Column(scale=1, min_width=260):
            target = gr.Textbox(
                label="What to look for",
                placeholder="empty: the model's own best answer",
                elem_id="target",
                max_lines=1,
            )
            method = gr.Radio(
                [(f"{name} ({DURATION.get(name, 'seconds')})", name) for name in EXPLAINERS],
                value="cam",
                label="Method",
                elem_id="method",
            )
            opacity = gr.Slider(0, 1, 0.6, step=0.05, label="Opacity", elem_id="opacity")
            refused = notice("heat-map-notice")
            stop = gr.Button("stop", size="sm", variant="stop")
        with gr.Column(scale=2, min_width=300):
            picture = gr.Image(
                label="Heat map",
                interactive=False,
                elem_id="heat-map",
                height=448,
                format="png",
                buttons=["fullscreen"],
            )
            origin = stamp("heat-map-stamp")
    with gr.Accordion("code", open=False):
        code = gr.Code(language="python", interactive=False, elem_id="heat-map-code")
    save = gr.Button("save", size="sm", elem_id="heat-map-save")
    saved = gr.DownloadButton(visible="hidden", elem_id="heat-map-saved")
    kept = gr.State(None)

    inputs = [subject.picture, subject.model, question.labels, target, method, opacity]
    drawn = gr.on(
        [tab.select, target.submit, method.change, subject.picture.change, subject.model.change],
        _explain,
        inputs,
        [picture, origin, code, refused, kept],
        trigger_mode="always_last",
        concurrency_limit=2,
        api_visibility="private",
    )
    opacity.change(
        lambda found, share: None if found is None else found.overlay(share),
        [kept, opacity],
        picture,
        trigger_mode="always_last",
        show_progress="hidden",
        api_visibility="private",
    )
    save.click(
        lambda found, share: save_heat_map(found, found and found.overlay(share)),
        [kept, opacity],
        saved,
        api_visibility="private",
    ).then(None, None, None, js="() => document.querySelector('#heat-map-saved').click()")
    stop.click(None, cancels=[drawn], api_visibility="private")


def _explain(
    picture: str | None,
    model: str,
    labels: str,
    target: str | None,  # a box in a tab that was never opened has no value
    method: str,
    opacity: float,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, ...]:
    if picture is None:
        return (*[gr.skip()] * 3, "Choose a picture: upload, paste, or take an example.", None)
    try:
        progress(0, desc=f"opening {model}")
        wanted = (target or "").strip() or best_answer(picture, model, labels)
        found: HeatMap = explain(picture, wanted, model, method, progress=to_page(progress))
    except ReplearnError as error:
        return (*[gr.skip()] * 3, str(error), gr.skip())
    text = f"{found.target} = {found.score:.3g} | {found.stamp}"
    code = explain_code(picture, wanted, model, method)
    return found.overlay(opacity), {"text": text}, code, None, found


def best_answer(picture: str, model: str, labels: str) -> str:
    """Return the label, or the model's own class, that fits the picture best."""
    if "text" in load_model(model).card.capabilities:
        return zero_shot(picture, parse_labels(labels).names, model).top(1)[0][0]
    answer = classify(picture, model)
    # the number, for two classes may share a name
    return str(answer.order[0])
