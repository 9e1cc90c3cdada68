"""What there is in each registry, as tables, from the classes themselves."""

import dataclasses
import inspect
import re
from collections.abc import Callable, Sequence
from typing import Any

from api_pages import REGISTRIES

from replearn.core.registry import resolve
from replearn.data import AFTER_COLON
from replearn.encoders.catalogue import CATALOGUE
from replearn.encoders.lab import DICTIONARIES, SHIPPED
from replearn.encoders.registry import ENCODERS, ModelInfo, models
from replearn.projections import projection_parameters

CITED = re.compile(r"\(([^()]+), (https://[^\s()]+)\)")  # (Chen et al. 2020, https://...)


def table(registry: str) -> str:
    """Return the entries of a registry."""
    return TABLES[registry]()


def _explainers() -> str:
    rows = [
        (_linked(name, place), _said(made), _settings(made), _yes(made.reads_target), _paper(made))
        for name, place, made in _entries("explainers")
    ]
    return _rows(("method", "what it is", "settings", "depends on what is asked", "paper"), rows)


def _distortions() -> str:
    rows = [
        (
            _linked(name, place),
            _said(made),
            f"{made.unit}; {made.lowest:g} to {made.highest:g}, untouched at "
            f"{made.identity_level:g}",
            _paper(made),
        )
        for name, place, made in _entries("distortions")
    ]
    return _rows(("distortion", "what it does", "level", "paper"), rows)


def _projections() -> str:
    rows = [
        (
            _linked(name, place),
            ", ".join(f"`{p.name}={p.default}`: {p.text}" for p in projection_parameters(name)),
            _paper(made),
        )
        for name, place, made in _entries("projections")
    ]
    return _rows(("projection", "settings", "paper"), rows)


def _losses() -> str:
    rows = [(_linked(name, place), _said(made)) for name, place, made in _entries("losses")]
    return _rows(("loss", "what it returns"), rows)


def _recipes() -> str:
    rows = [
        (_linked(name, place), _said(made), _takes(made))
        for name, place, made in _entries("recipes")
    ]
    return _rows(("recipe", "what it trains", "how long, and what to expect"), rows)


def _data_sets() -> str:
    rows = [
        (
            _linked(name, place, f"{name}:{AFTER_COLON[name]}" if name in AFTER_COLON else name),
            _said(made),
            ", ".join(f"`{one}`" for one in _options(name, made)),
        )
        for name, place, made in _entries("data sets")
    ]
    return _rows(("data set", "what it is", "options"), rows)


def _models() -> str:
    ours = {*ENCODERS, *SHIPPED, *DICTIONARIES}
    rows = [(_carded(one), one.summary, *_figures(one)) for one in models() if one.name in ours]
    return _rows(("model", "what it is", "parameters", "licence"), rows)


def _downloads() -> str:
    rows = [
        (f"`{one.name}`", one.note, f"{one.megabytes:,} MB", one.licence, one.published)
        for one in CATALOGUE
    ]
    return _rows(("model", "what it is", "download", "licence", "published"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "explainers": _explainers,
    "distortions": _distortions,
    "projections": _projections,
    "losses": _losses,
    "recipes": _recipes,
    "data-sets": _data_sets,
    "models": _models,
    "downloads": _downloads,
}


def _entries(registry: str) -> list[tuple[str, str, Any]]:
    entries = REGISTRIES[registry][1]
    return [(name, place, resolve(registry, name, entries)) for name, place in entries.items()]


def _rows(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in one) + " |" for one in lines
    )


def _linked(name: str, place: str, shown: str = "") -> str:
    return f"[`{shown or name}`][{place.replace(':', '.')}]"


def _carded(model: ModelInfo) -> str:
    carded = model.name in (*SHIPPED, *DICTIONARIES, "photo-clip")
    return f"[`{model.name}`](../cards/{model.name}.md)" if carded else f"`{model.name}`"


def _figures(model: ModelInfo) -> tuple[str, str]:
    return (f"{model.parameters / 1e6:.1f} M" if model.parameters else "", model.licence)


def _said(made: Any) -> str:
    """Return the first paragraph of a docstring, or of its module's where that says more."""
    module = inspect.getmodule(made)
    heading = (inspect.getdoc(module) or "").partition("\n\n")[0]
    own = (inspect.getdoc(made) or "").partition("\n\n")[0]
    return CITED.sub(r"([\1](\2))", " ".join(f"{heading} {own}".split()))


def _takes(recipe: Any) -> str:
    found = re.search(r"Takes .*?(?=\n\n|$)", inspect.getdoc(recipe) or "", re.S)
    return " ".join(found[0].split()) if found else ""


def _settings(made: Any) -> str:
    if not dataclasses.is_dataclass(made):
        return ""
    return ", ".join(f"`{one.name}={one.default}`" for one in dataclasses.fields(made))


def _options(name: str, made: Any) -> list[str]:
    given = list(inspect.signature(made).parameters)
    return given[1 if name in AFTER_COLON else 0 :]


def _paper(made: Any) -> str:
    return f"[paper]({made.paper})" if made.paper else ""


def _yes(true: bool) -> str:
    return "yes" if true else "no"
