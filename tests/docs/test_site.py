"""The documentation, built once as `make docs` does: all has its place, and no link is dead."""

import argparse
import html
import importlib
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import replearn
from replearn.cli import COMMANDS
from replearn.data import AFTER_COLON, DATASETS
from replearn.distortions import DISTORTIONS
from replearn.encoders.lab import DICTIONARIES, SHIPPED
from replearn.encoders.registry import ENCODERS
from replearn.explainers import EXPLAINERS
from replearn.lessons.lesson import Paragraph
from replearn.lessons.shelf import lessons
from replearn.losses import LOSSES
from replearn.projections import PROJECTIONS
from replearn.training import RECIPES

ROOT = Path(__file__).resolve().parents[2]
NAMED = {
    "tabs/heat-maps.html": EXPLAINERS,
    "tabs/distortions.html": DISTORTIONS,
    "tabs/map.html": PROJECTIONS,
    "tabs/models.html": [*ENCODERS, *SHIPPED, *DICTIONARIES],
    "guides/lab.html": [*RECIPES, *LOSSES],
    "guides/data-sets.html": [
        f"{name}:{AFTER_COLON[name]}" if name in AFTER_COLON else name for name in DATASETS
    ],
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> dict[str, str]:
    """Build the site; return each page's text by its path."""
    pytest.importorskip("mkdocs", reason="mkdocs is a development tool")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        patch.chdir(ROOT)
        config = load_config("mkdocs.yml", strict=True, site_dir=str(folder))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    pages = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.html")
    }
    pages.pop("404.html")
    return pages | {"": str(folder)}


@pytest.fixture
def pages(site):
    return {path: text for path, text in site.items() if path}


def test_no_internal_link_is_dead_and_nothing_is_fetched(site, pages):
    folder = Path(site[""])
    ids = {path: set(re.findall(r'\bid="([^"]*)"', text)) for path, text in pages.items()}
    assert len(pages) > 70
    for path, text in pages.items():
        for tag, given in re.findall(r'<(\w+)\b[^>]*?\b(?:href|src)="([^"]*)"', text):
            to = urlsplit(html.unescape(given))
            if to.scheme or to.netloc:
                assert tag == "a", (path, given)
                continue
            found = (folder / path).parent / unquote(to.path) if to.path else folder / path
            assert found.is_file(), (path, given)
            target = found.resolve().relative_to(folder.resolve()).as_posix()
            if to.fragment and target in ids and to.fragment != "__comments":
                assert unquote(to.fragment) in ids[target], (path, given)


def test_every_lesson_has_a_page_with_its_questions_answers_and_states(pages):
    for lesson in lessons():
        page = pages[f"lessons/{lesson.name}.html"]
        said = _text(page)
        for step in lesson.steps:
            assert _squeezed(step.title) in said
            for choice in step.quiz.choices if step.quiz else ():
                assert _plain(choice.text) in said
        for query in lesson.pages():
            assert html.escape(f"http://127.0.0.1:7860/?{query}") in page, lesson.name
        assert page.count("<details") == sum(step.quiz is not None for step in lesson.steps)
        assert f'href="{lesson.name}.html"' in pages["lessons/index.html"]


def test_every_tab_has_its_page_with_formula_reading_and_caution(pages):
    tabs = importlib.import_module("tab_texts").tabs()  # the build has imported it
    assert len(tabs) >= 13
    said = {path: _text(text) for path, text in pages.items() if path.startswith("tabs/")}
    for name, about in tabs.items():
        asked = [one.question for one in [about, *about.panels] if one.question]
        assert asked, name
        for question in asked:
            plain = _squeezed(re.sub(r"[*`]", "", question))
            (path,) = [path for path, text in said.items() if plain in text]
        if name == "models":
            continue
        assert "<math" in pages[path], name
        assert "When it misleads" in said[path]
        assert "Paper: " in said[path]
        assert 'href="../commands/index.html#' in pages[path], name


def test_formulas_are_mathml_without_anything_left_of_latex(pages):
    found = [one for text in pages.values() for one in re.findall(r"<math.*?</math>", text, re.S)]
    assert len(found) > 60
    assert [one for one in found if "\\" in _text(one)] == []
    assert not any("$`" in _text(text) for text in pages.values())


def test_every_public_name_stands_in_the_api(pages):
    listed = [path for path in pages if path.startswith("python/")]
    for name in replearn.__all__:
        at = [path for path in listed if f'id="replearn.{name}"' in pages[path]]
        assert len(at) == 1, name
        assert f"{at[0].removeprefix('python/')}#replearn.{name}" in pages["python/index.html"]


def test_every_command_stands_with_its_options(pages):
    page = pages["commands/index.html"]
    for name, (said, module) in COMMANDS.items():
        section = page.partition(f'id="{name}"')[2].partition("<h2")[0]
        assert _plain((("text", said),))[1:].replace("`", "") in _text(section), name
        parser = argparse.ArgumentParser(prog=name)
        importlib.import_module(module).add_options(parser)
        for action in parser._actions:
            shown = ", ".join(action.option_strings) or action.dest
            there = re.search(rf"<code>{re.escape(shown)}[ <]", section)
            assert there or action.dest == "help", (name, shown)


def test_every_entry_of_a_registry_is_named(pages):
    for path, names in NAMED.items():
        shown = set(re.findall(r"<code>(?:<[^>]*>)*([^<]+)<", pages[path]))
        assert set(names) <= shown, (path, set(names) - shown)


def test_every_endpoint_stands_with_what_it_takes(pages):
    for name in ("zero_shot", "explain", "neighbours", "groups"):
        section = pages["commands/http.html"].partition(f'id="{name}"')[2].partition("<h2")[0]
        assert "<code>model</code>" in section, name


def _text(page: str) -> str:
    return _squeezed(html.unescape(re.sub(r"<[^>]*>", "", page)))


def _plain(paragraph: Paragraph) -> str:
    return _squeezed("".join(span[1] for span in paragraph))


def _squeezed(text: str) -> str:
    return " ".join(text.split())
