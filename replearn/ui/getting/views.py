"""What the panel "get another" shows: the catalogue, one question, and how far a download is."""

from typing import Any, Literal

from replearn.data.torchvision_sets import TORCHVISION
from replearn.encoders.catalogue import CATALOGUE
from replearn.encoders.transfers import State, Transfer, under_way

GET = "get another…"
Target = Literal["model", "compare", "dataset"]
View = dict[str, Any]  # what static/getting.js draws
_NOT_NOW = {"text": "not now", "does": "closed", "name": ""}
_TYPED = {
    "model": "Choose one, or type a name in the list above: hf-hub:OWNER/NAME, ARCHITECTURE/TAG of "
    "OpenCLIP, a folder or a file.",
    "dataset": "Choose one, or type a name in the list above: hf:OWNER/NAME, folder:PATH.",
}


def catalogue(target: Target) -> View:
    """Return what can be fetched, with what it weighs and what it is good for."""
    if target == "dataset":
        rows = [
            {
                "name": f"torchvision:{name}",
                "title": name,
                "facts": f"{entry.megabytes:,} MB",
                "note": f"from {entry.address.split('//')[1]}",
            }
            for name, entry in TORCHVISION.items()
        ]
        return _view(target, "Get another data set", rows=rows, line=_TYPED["dataset"])
    rows = [
        {
            "name": entry.name,
            "title": entry.name.removeprefix("open_clip:"),
            "facts": f"{entry.megabytes:,} MB · {entry.licence} · {_whole(entry.published)}",
            "note": entry.note,
        }
        for entry in CATALOGUE
    ]
    return _view(target, "Get another model", rows=rows, line=_TYPED["model"])


def offer(name: str, target: Target) -> View:
    """Return the one question before a download."""
    found = under_way(name)
    state = found.state if found else None
    if found is not None and not found.state.ended:
        return progress(name, target, found)
    size, facts = _known(name)
    line = f"{name} isn't on this computer yet."
    button = f"download {size}".strip()
    if state is not None and state.kind == "stopped" and state.done:
        button = "go on"
    return _view(
        target, line, line=facts, buttons=[{"text": button, "does": "started", "name": name}]
    )


def refused(name: str, target: Target, said: str) -> View:
    """Return why a download isn't begun now."""
    return _view(target, name, line=said, buttons=[_again(name)])


def progress(name: str, target: Target, found: Transfer) -> View:
    """Return how far a download is, or how it ended; who began it can stop it."""
    state = found.state
    told = {"share": state.done / state.total if state.total else 0.0, "said": _far(state)}
    if state.kind == "stopped":
        said = f"Stopped at {_far(state)}; what is here is kept." if state.total else "Stopped."
        return _view(target, name, **told | {"said": said}, buttons=[_again(name)])
    if state.kind == "failed":
        return _view(target, name, **told | {"said": state.said}, buttons=[_again(name)])
    stop = {"text": "stop", "does": "stopped", "name": name}
    return {**_view(target, name, **told), "buttons": [stop] if found.is_own else []}


def _whole(figure: str) -> str:
    return figure.replace("top-1", "top\u20111")  # not cut at the end of a line


def _again(name: str) -> dict[str, str]:
    return {"text": "go on", "does": "started", "name": name}


def _view(target: Target, title: str, **rest: Any) -> View:
    buttons = [*rest.pop("buttons", []), _NOT_NOW]
    return {"target": target, "title": title, **rest, "buttons": buttons}


def _known(name: str) -> tuple[str, str]:
    """Return a download's size and what is known of it."""
    for entry in CATALOGUE:
        if entry.name == name:
            return f"{entry.megabytes:,} MB", f"{entry.note}. {entry.licence}. {entry.published}."
    kind, _, called = name.partition(":")
    if kind == "torchvision" and called in TORCHVISION:
        entry_ = TORCHVISION[called]
        return f"{entry_.megabytes:,} MB", f"From {entry_.address.split('//')[1]}."
    return "", "The size is said as soon as the hub has told it; it can be stopped."


def _far(state: State) -> str:
    if state.kind == "asking":
        return "asking for it…"
    if state.total == 100:  # the hub's library says per cent alone of a data set
        return f"{state.done:.0f} %"
    done, total = state.done / 1e6, state.total / 1e6
    digits = 1 if total < 10 else 0
    said = f"{done:,.{digits}f} of {total:,.{digits}f} MB"
    if state.kind == "going" and state.speed > 0:
        seconds = (state.total - state.done) / state.speed
        left = f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
        said += f" · {state.speed / 1e6:,.1f} MB/s · {left} left"
    return said
