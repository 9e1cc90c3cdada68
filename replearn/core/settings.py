"""Settings of a launch: each is an option of `app.py` and an environment variable."""

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from replearn.core.errors import InputError


def _flag(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def _default_cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(base) / "replearn" if base else Path.home() / ".cache" / "replearn"


@dataclass(frozen=True)
class Settings:
    """What a launch may set. Defaults come from the environment (`REPLEARN_HOST` and so on)."""

    host: str = "127.0.0.1"
    port: int | None = None
    share: bool = False
    auth: str | None = None
    models: tuple[str, ...] = ("photo-clip", "imagenet")
    cache_dir: Path = field(default_factory=_default_cache)
    offline: bool = False
    engine: str = "auto"
    precision: str = "float32"
    folders: tuple[str, ...] | None = None


def from_environment() -> Settings:
    """Read the settings from `REPLEARN_*`.

    Raises:
        InputError: `REPLEARN_PORT` isn't a whole number.
    """
    port = os.environ.get("REPLEARN_PORT")
    if port and not port.isdigit():
        raise InputError(f"REPLEARN_PORT is {port!r}; it must be a whole number such as 7860.")
    cache = os.environ.get("REPLEARN_CACHE_DIR")
    models = os.environ.get("REPLEARN_MODELS")
    return Settings(
        host=os.environ.get("REPLEARN_HOST", Settings.host),
        port=int(port) if port else None,
        share=_flag("REPLEARN_SHARE"),
        auth=os.environ.get("REPLEARN_AUTH") or None,
        models=split_names(models) if models else Settings.models,
        cache_dir=Path(cache) if cache else _default_cache(),
        offline=_flag("REPLEARN_OFFLINE"),
        engine=os.environ.get("REPLEARN_ENGINE", Settings.engine),
        precision=os.environ.get("REPLEARN_PRECISION", Settings.precision),
        folders=split_paths(os.environ.get("REPLEARN_FOLDERS")),
    )


def split_names(text: str) -> tuple[str, ...]:
    """Split a comma-separated list, dropping empty entries."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def split_paths(text: str | None) -> tuple[str, ...] | None:
    """Split paths as the system writes a list of them; None stays None."""
    return None if text is None else tuple(path for path in text.split(os.pathsep) if path)


def to_environment(settings: Settings) -> None:
    """Write settings to the environment, so that child processes and later reads agree."""
    os.environ["REPLEARN_CACHE_DIR"] = str(settings.cache_dir)
    os.environ["REPLEARN_OFFLINE"] = "1" if settings.offline else "0"
    os.environ["REPLEARN_MODELS"] = ",".join(settings.models)
    if settings.folders is not None:
        os.environ["REPLEARN_FOLDERS"] = os.pathsep.join(settings.folders)


def writable_folder(wanted: Path) -> Path | None:
    """Return `wanted` if files can be written there (it is made when missing), else None."""
    try:
        wanted.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=wanted) as probe:
            probe.write(b"0")
    except OSError:
        return None
    return wanted
