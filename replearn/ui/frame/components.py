"""The page's own components: static templates, filled by textContent only."""

import functools
import html
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import gradio as gr

from replearn.plotting.map.values import map_markup, map_script
from replearn.ui.frame.serving.handed_over import hand_over

STATIC = Path(__file__).parents[1] / "static"


@functools.cache
def _static(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def component(name: str, elem_id: str, value: Any = None, render: bool = True) -> gr.HTML:
    """Return a component of this page: its markup and script are in `static/`."""
    return gr.HTML(
        value=value,
        html_template=_static(f"{name}.html"),
        js_on_load=_static(f"{name}.js"),
        apply_default_css=False,
        elem_id=elem_id,
        render=render,
    )


def bars(elem_id: str) -> gr.HTML:
    """Return a table of bars; its value is what `plotting.bars.bar_rows` gives."""
    return component("bars", elem_id)


def heat(elem_id: str) -> gr.HTML:
    """Return a heat map that can be read cell by cell; its value is what `heat_value` gives."""
    return component("heat", elem_id)


def stamp(elem_id: str) -> gr.HTML:
    """Return a line that says where a figure comes from; its value is {text}."""
    return component("stamp", elem_id)


def legend(elem_id: str) -> gr.HTML:
    """Return the marks of the lines of several figures; its value is what `legend_value` gives."""
    return component("legend", elem_id)


def notice(elem_id: str, render: bool = True) -> gr.HTML:
    """Return a line for one sentence about an input; its value is the sentence or None."""
    return component("notice", elem_id, render=render)


@functools.cache
def plotly_folder() -> Path:
    """Copy plotly's script to a folder with nothing else in it, and allow serving that folder."""
    spec = importlib.util.find_spec("plotly")
    assert spec is not None  # in requirements.txt
    assert spec.origin is not None
    source = Path(spec.origin).parent / "package_data" / "plotly.min.js"
    folder = Path(hand_over(source)).parent
    gr.set_static_paths([folder])
    return folder


def plot(elem_id: str) -> gr.HTML:
    """Return a Plotly canvas with a `point_click` event; the script loads when its tab opens."""
    return gr.HTML(
        value=None,
        html_template=_static("plot.html"),
        js_on_load=_static("plot.js"),
        head=_plotly_tag(),
        apply_default_css=False,
        elem_id=elem_id,
    )


def code_panel(elem_id: str, lines: str | None = None) -> gr.Code:
    """Return where a figure's tool `code` shows its lines; nothing of it is seen before."""
    with gr.Accordion("code", open=False, elem_classes="rl-code"):
        return gr.Code(lines, language="python", interactive=False, elem_id=elem_id)


def map_canvas(name: str) -> gr.HTML:
    """Return a map with the events `point_click` and `lasso`; see plotting/map/static/map.js."""
    return gr.HTML(
        value=None,
        html_template=map_markup(name),
        js_on_load=map_script(),
        head=_plotly_tag(),
        apply_default_css=False,
        elem_id=name,
    )


def channel(map_name: str, slot: str) -> gr.HTML:
    """Return what carries a slot of a map to the browser, unseen."""
    return gr.HTML(
        value=None,
        html_template=_static("channel.html").replace("NAME", map_name).replace("SLOT", slot),
        js_on_load=_static("channel.js"),
        apply_default_css=False,
        elem_classes="rl-channel",
    )


def _plotly_source() -> str:
    return f"gradio_api/file={(plotly_folder() / 'plotly.min.js').as_posix()}"


def _plotly_tag() -> str:
    return f'<script src="{_plotly_source()}"></script>'


def plotly_early() -> str:
    """Return JavaScript that loads plotly's script while nothing else happens on the page.

    It takes a second, which the first tab with a plot would wait for. The tag that `plot` asks for
    isn't added again.
    """
    return (
        "() => (window.requestIdleCallback || setTimeout)(() => {"
        f" const source = new URL({json.dumps(_plotly_source())}, document.baseURI).href;"
        " if ([...document.scripts].some((one) => one.src === source)) return;"
        " const script = document.createElement('script');"
        " script.src = source;"
        " document.head.append(script);"
        " })"
    )


def described(question: str, how_to_read: str, misleads: str, paper: tuple[str, str]) -> None:
    """Put the question, two folded notes and the paper's address above a tab's controls.

    Args:
        question: the tab's question in plain words.
        how_to_read: one or two sentences.
        misleads: one or two sentences.
        paper: its name and address.
    """
    gr.Markdown(question, elem_classes="rl-question")
    with gr.Row(elem_classes="rl-notes"):
        with gr.Accordion("how to read this", open=False):
            gr.Markdown(f"{how_to_read}\n\nPaper: [{paper[0]}]({paper[1]})")
        with gr.Accordion("when it misleads", open=False):
            gr.Markdown(misleads)


def inert(text: str) -> str:
    """Return text that Markdown and HTML show as it was written."""
    return re.sub(r"([\\`*_{}\[\]()#!|~])", r"\\\1", html.escape(text, quote=False))
