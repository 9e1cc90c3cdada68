"""Which models and data sets there are to choose from, and what a user should know of a model."""

import gradio as gr

from replearn.core.settings import Settings, from_environment
from replearn.data.emoji.redrawn import HANDS
from replearn.data.places import downloaded
from replearn.data.shapes.shifted import SHIFTS
from replearn.encoders import lab
from replearn.encoders.hub.cache import cached_models
from replearn.encoders.registry import ModelInfo, models
from replearn.encoders.worlds import WORLDS
from replearn.ui.frame.figure import Shown
from replearn.ui.frame.subject import Choosers
from replearn.ui.getting.views import GET

NO_COMPARISON = "none"
DATA = (
    "emoji",
    "photos",
    "photo-crops",
    "shapes",
    "shapes-free",
    "shapes-easy",
    *(f"shapes-shifted:{name}" for name in SHIFTS),
    "shapes-tied:0.5",
    *(f"emoji-redrawn:{name}" for name in HANDS),
    "emoji-people",
)


def model_names(settings: Settings) -> list[str]:
    """Return the models on this computer: of the launch, shipped by world, downloaded, own runs."""
    runs = [f"{lab.RUN}{run}" for run in lab.run_names()]
    shipped = [name for known in WORLDS.values() for name in known]
    return list(dict.fromkeys([*settings.models, *shipped, *cached_models(), *runs]))


def told_names() -> dict[str, tuple[str, str]]:
    """Return of each model that ships what it was taught on, and a phrase."""
    return {name: (world, told) for world, known in WORLDS.items() for name, told in known.items()}


def current_choices(at: Choosers) -> Shown:
    """Return the lists of models, of models to compare with and of data sets, as of now."""
    models, compared, data = choices(from_environment())
    return {
        at.model: gr.Dropdown(models),
        at.compare: gr.Dropdown(compared),
        at.dataset: gr.Dropdown(data),
    }


def choices(settings: Settings) -> tuple[list[str], list[str], list[str]]:
    """Return the models, the models to compare with and the data sets; last, getting another."""
    more = [GET] if settings.may_download else []
    data = [*DATA, *downloaded()]
    if fixed := settings.fixed_model:
        return [fixed], [NO_COMPARISON], [*data, *more]
    names = model_names(settings)
    return [*names, *more], [NO_COMPARISON, *names, *more], [*data, *more]


def with_own(name: str, names: list[str]) -> list[str]:
    """Return a list with a name that was typed in it."""
    return names if name in names else [name, *names]


def model_line(name: str) -> str:
    """Return what a user should know of a model in one line."""
    row = next((row for row in models() if row.name == name), None)
    return describe(row) if row else f"`{name}`"


def describe(row: ModelInfo) -> str:
    """Return a model's line for the list."""
    size = f"{row.parameters / 1e6:.1f} M parameters; " if row.parameters else ""
    where = "" if row.on_disk else f" Download: {row.download_megabytes} MB."
    published = f" {row.published}." if row.published else ""
    return f"{row.summary}. {size}{row.licence}.{published}{where}"
