"""What MkDocs calls: pages that are made of the package, and what stands between written lines."""

import re
from collections.abc import Callable

import api_pages
import command_page
import endpoint_page
import lesson_pages
import registry_tables
import repository_pages
import tab_texts
from mathematics import MathExtension, fence
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

MADE = {  # a section of the navigation -> path of each page that is made for it
    "Lessons": lesson_pages.pages,
    "Python": api_pages.pages,
    "Models' cards": repository_pages.cards,
    "Project": repository_pages.project,
}
# <!-- NAME ARGUMENT --> in a page
DIRECTIVES: dict[str, Callable[..., str]] = {
    "question": tab_texts.question,
    "reading": tab_texts.reading,
    "misleading": tab_texts.misleading,
    "panels": tab_texts.panels,
    "code": tab_texts.code,
    "registry": registry_tables.table,
    "lessons": lesson_pages.listed,
    "commands": command_page.commands,
    "endpoints": endpoint_page.endpoints,
    "api": api_pages.listed,
}
_DIRECTIVE = re.compile(r"^<!-- ([a-z]+)(?: ([\w-]+))? -->$", re.M)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add mathematics, and the pages that are made to the navigation."""
    config.markdown_extensions.append(MathExtension())
    config.mdx_configs.setdefault("pymdownx.superfences", {})["custom_fences"] = [
        {"name": "math", "class": "math", "format": fence}
    ]
    for section in config.nav or []:
        ((title, entries),) = section.items()
        if title in MADE:
            entries.extend(_folded(list(MADE[title]())))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made, and the picture of the page."""
    for make in MADE.values():
        for path, text in make().items():
            files.append(File.generated(config, path, content=text))
    shot = str(repository_pages.ROOT / "assets" / "screenshot.png")
    files.append(File.generated(config, "screenshot.png", abs_src_path=shot))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Put what is made of the package in the place of each <!-- NAME ARGUMENT -->."""

    def made(found: re.Match[str]) -> str:
        name, argument = found[1], found[2]
        if name not in DIRECTIVES:
            raise PluginError(f"{page.file.src_uri}: there is no {name!r} to be put in")
        try:
            return DIRECTIVES[name](*([argument] if argument else []))
        except KeyError as error:
            raise PluginError(f"{page.file.src_uri}: {name} has no {error}") from error

    return _DIRECTIVE.sub(made, markdown)


def _folded(paths: list[str]) -> list[str | dict[str, list[str]]]:
    """Return paths for the navigation, those of the registries in a section of their own."""
    folded = [path for path in paths if api_pages.BY_NAME in path]
    others: list[str | dict[str, list[str]]] = [path for path in paths if path not in folded]
    return [*others, {"By name": folded}] if folded else others
