"""Which image-text model can put pictures of a data set into words."""

from replearn.data.base import Dataset


def bridge_for(data: Dataset) -> str:
    """Return the image-text model that knows pictures of this kind."""
    for name in ("shapes", "emoji"):
        if data.name.startswith(name):
            return f"{name}-clip"
    return "photo-clip"
