"""The public names, a page for each question, and the classes behind each registry."""

import ast
import functools
from collections import defaultdict

from repository_pages import ROOT

from replearn.data import DATASETS
from replearn.distortions import DISTORTIONS
from replearn.explainers import EXPLAINERS
from replearn.losses import LOSSES
from replearn.projections import PROJECTIONS
from replearn.training import RECIPES

FURTHER = "models, data and training"
RESULTS = "results"
BY_NAME = "registries/"
# what one writes to add another, and those that there are
REGISTRIES = {
    "explainers": ("replearn.explainers.base.Explainer", EXPLAINERS),
    "distortions": ("replearn.distortions.base.Distortion", DISTORTIONS),
    "projections": ("replearn.projections.base.Projection", PROJECTIONS),
    "losses": ("", LOSSES),
    "recipes": ("replearn.training.Recipe", RECIPES),
    "data sets": ("replearn.data.base.Dataset", DATASETS),
    "models": ("replearn.encoders.base.Encoder", {}),
}

DOCSTRING_ALONE = "\n    options:\n      heading_level: 3\n      members: false"


@functools.cache
def public() -> dict[str, list[str]]:
    """Return the public names by the page on which they stand, from the stub's imports."""
    stub = ast.parse((ROOT / "replearn" / "__init__.pyi").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = defaultdict(list)
    for node in stub.body:
        if isinstance(node, ast.ImportFrom):
            found[_page_of(node.module or "")] += [alias.name for alias in node.names]
    return dict(sorted(found.items(), key=lambda page: page[0] in (FURTHER, RESULTS)))


@functools.cache
def pages() -> dict[str, str]:
    """Return the text of each page of the API by its path."""
    made = {}
    for title, names in public().items():
        blocks = [f"::: replearn.{name}" for name in names]
        made[_path(title)] = _joined(title, blocks)
    for title, (base, entries) in REGISTRIES.items():
        blocks = [f"::: {base}"] if base else []
        for name, place in entries.items():
            blocks.append(f"## `{name}`\n\n::: {place.replace(':', '.')}{DOCSTRING_ALONE}")
        made[f"python/{BY_NAME}{_file(title)}"] = _joined(title, blocks)
    return made


def listed() -> str:
    """Return all public names in a table, by page."""
    rows = [
        f"| [{title}]({_path(title).removeprefix('python/')}) | "
        + ", ".join(f"[`{name}`][replearn.{name}]" for name in sorted(names))
        + " |"
        for title, names in public().items()
    ]
    return "\n".join(["| page | names |", "| --- | --- |", *rows])


def _page_of(module: str) -> str:
    room, _, rest = module.partition(".")
    if room == "studies":
        return rest.partition(".")[0].replace("_", " ")
    return RESULTS if room == "results" else FURTHER


def _path(title: str) -> str:
    return f"python/{_file(title)}"


def _file(title: str) -> str:
    return f"{title.replace(',', '').replace(' ', '-')}.md"


def _joined(title: str, blocks: list[str]) -> str:
    return "\n\n".join([f"# {title[:1].upper()}{title[1:]}", *blocks, ""])
