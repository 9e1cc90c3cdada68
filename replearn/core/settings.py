"""Settings of a launch: each is an option of `app.py` and an environment variable."""

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from replearn.core.errors import InputError

# what hosts of Gradio apps set; it counts where our own variable is silent
_HOSTS_OWN = {
    "REPLEARN_HOST": "GRADIO_SERVER_NAME",
    "REPLEARN_PORT": "GRADIO_SERVER_PORT",
    "REPLEARN_SHARE": "GRADIO_SHARE",
    "REPLEARN_ROOT_PATH": "GRADIO_ROOT_PATH",
}


def _told(name: str) -> tuple[str, str]:
    """Return a variable's text, and the name of the variable that it was read from."""
    for one in (name, _HOSTS_OWN.get(name)):
        if one and (text := os.environ.get(one, "").strip()):
            return text, one
    return "", name


def _flag(name: str) -> bool:
    return _told(name)[0].lower() in {"1", "true", "yes", "on"}


def _whole(name: str, such_as: int = 2) -> int | None:
    text, found = _told(name)
    if text and not (text.isdigit() and int(text)):
        raise InputError(f"{found} is {text!r}; it must be a whole number such as {such_as}.")
    return int(text) if text else None


def _default_cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(base) / "replearn" if base else Path.home() / ".cache" / "replearn"


BOUNDS = ("per_visitor", "in_sum", "minutes")
TRAINING_IS_OFF = (
    "Training is off on this page, for it would keep the computer busy for all; its owner can "
    "allow it with --training, and on your own computer it is on."
)
OPEN_TO_ALL = (
    "Anyone on this network can use this page and this computer's time: it was started with a host "
    "for all and without --auth USER:PASSWORD."
)


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
    downloads: bool | None = None  # whether visitors may; None leaves it to who reaches the page
    training: bool | None = None  # whether visitors may; as with downloads
    lessons: Path | None = None  # a teacher's folder, which adds to those that ship
    teach: bool = False  # whether a class is led through the lessons
    labels: tuple[str, ...] = ()  # that the page asks by; none leaves them to the pictures
    mcp: bool = False  # whether the studies are served as tools, too
    root_path: str | None = None  # below which a proxy shows the page
    # what takes long (a drawing, a sweep, a download, a training run); None is no bound
    per_visitor: int | None = None  # at once, of one visitor
    in_sum: int | None = None  # at once, of all; training runs go one at a time anyway
    minutes: int | None = None  # that one of them may take
    serve: str | None = None  # "ray": networks run on replicas of Ray Serve
    replicas: int = 2  # of them

    @property
    def may_download(self) -> bool:
        """Whether the page fetches models and data sets for whoever asks."""
        return not self.offline and self.downloads is not False

    @property
    def may_train(self) -> bool:
        """Whether the page starts and stops training runs for whoever asks."""
        return self.training is not False

    @property
    def opens_folders(self) -> bool:
        """Whether the page opens any folders and checkpoints."""
        return self.folders is None or bool(self.folders)

    @property
    def has_visitors(self) -> bool:
        """Whether others than the computer's own user use the page."""
        return self.teach or self.share or not is_loopback(self.host)

    @property
    def fixed_model(self) -> str | None:
        """Return the one model that a class chooses from; None where there are several."""
        return self.models[0] if self.teach and len(self.models) == 1 else None

    @property
    def fixed_labels(self) -> bool:
        """Whether a class asks by the labels that its teacher chose, and no others."""
        return self.teach and bool(self.labels)

    @property
    def open_to_all(self) -> bool:
        """Whether anybody on the network can use the page; a host of demos means it so."""
        return not is_loopback(self.host) and self.auth is None and not os.environ.get("SPACE_ID")


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches an address."""
    return host == "localhost" or host.startswith("127.") or host == "::1"


def from_environment() -> Settings:
    """Read the settings from `REPLEARN_*`, and what those leave open from Gradio's variables.

    Raises:
        InputError: the port, a bound or how many replicas there are isn't a whole number.
    """
    cache = os.environ.get("REPLEARN_CACHE_DIR")
    models = os.environ.get("REPLEARN_MODELS")
    return Settings(
        host=_told("REPLEARN_HOST")[0] or Settings.host,
        port=_whole("REPLEARN_PORT", 7860),
        share=_flag("REPLEARN_SHARE"),
        auth=os.environ.get("REPLEARN_AUTH") or None,
        models=split_names(models) if models else Settings.models,
        cache_dir=Path(cache) if cache else _default_cache(),
        offline=_flag("REPLEARN_OFFLINE"),
        engine=os.environ.get("REPLEARN_ENGINE", Settings.engine),
        precision=os.environ.get("REPLEARN_PRECISION", Settings.precision),
        folders=split_paths(os.environ.get("REPLEARN_FOLDERS")),
        downloads=_flag("REPLEARN_DOWNLOADS") if _told("REPLEARN_DOWNLOADS")[0] else None,
        training=_flag("REPLEARN_TRAINING") if _told("REPLEARN_TRAINING")[0] else None,
        lessons=Path(found) if (found := os.environ.get("REPLEARN_LESSONS")) else None,
        teach=_flag("REPLEARN_TEACH"),
        labels=split_names(os.environ.get("REPLEARN_LABELS", "")),
        mcp=_flag("REPLEARN_MCP"),
        root_path=_told("REPLEARN_ROOT_PATH")[0] or None,
        **{name: _whole(f"REPLEARN_{name.upper()}") for name in BOUNDS},
        serve=os.environ.get("REPLEARN_SERVE") or None,
        replicas=_whole("REPLEARN_REPLICAS") or Settings.replicas,
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
    os.environ["REPLEARN_LABELS"] = ",".join(settings.labels)
    os.environ["REPLEARN_TEACH"] = "1" if settings.teach else "0"
    if settings.lessons is not None:
        os.environ["REPLEARN_LESSONS"] = str(settings.lessons)
    for name in BOUNDS:
        if (bound := getattr(settings, name)) is not None:
            os.environ[f"REPLEARN_{name.upper()}"] = str(bound)
    if settings.downloads is not None:
        os.environ["REPLEARN_DOWNLOADS"] = "1" if settings.downloads else "0"
    if settings.training is not None:
        os.environ["REPLEARN_TRAINING"] = "1" if settings.training else "0"


def writable_folder(wanted: Path) -> Path | None:
    """Return `wanted` if files can be written there (it is made when missing), else None."""
    try:
        wanted.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=wanted) as probe:
            probe.write(b"0")
    except OSError:
        return None
    return wanted
