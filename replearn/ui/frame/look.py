"""How the page looks, light and dark, and the script of what happens in the browser alone."""

from pathlib import Path

import gradio as gr

STATIC = Path(__file__).parents[1] / "static"
SHEETS = ("page.css", "frame.css")
CSS = "".join((STATIC / name).read_text(encoding="utf-8") for name in SHEETS)
SCRIPTS = ("full.js", "visit.js", "subject.js", "drawings.js", "tools.js", "page.js", "links.js")
HEAD = "".join(
    f"<script>{(STATIC / name).read_text(encoding='utf-8')}</script>" for name in SCRIPTS
)


def theme() -> gr.themes.Base:
    """Return the theme: system fonts, one accent, contrast that passes in light and dark."""
    system = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"]
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        font=system,
        font_mono=["ui-monospace", "Menlo", "Consolas", "monospace"],
        radius_size=gr.themes.sizes.radius_sm,
        spacing_size=gr.themes.sizes.spacing_sm,
    ).set(
        body_text_color="#1f2328",
        body_text_color_subdued="#57606a",
        body_text_color_subdued_dark="#b6c0ca",
        link_text_color_dark="#79b8ff",
        link_text_color_hover_dark="#a5d0ff",
        link_text_color_visited_dark="#79b8ff",
        block_label_text_color="#57606a",
        block_label_text_color_dark="#b6c0ca",
        block_info_text_color="#57606a",
        block_title_text_color="#424a53",
        block_title_text_color_dark="#c9d1d9",
        button_primary_background_fill="#1f6feb",
        button_primary_background_fill_hover="#1a5fd0",
        button_primary_text_color="#ffffff",
    )
