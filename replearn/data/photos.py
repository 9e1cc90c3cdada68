"""`photos`: example photographs that ship inside packages which are installed anyway."""

from dataclasses import dataclass
from pathlib import Path

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.data.base import Sample
from replearn.data.images import open_image
from replearn.data.packages import package_file

_GRADIO = "gradio/media_assets/images"
_SKIMAGE = "skimage/data"
_SKLEARN = "sklearn/datasets/images"
_SHIPPED = "shipped with gradio (Apache-2.0); photographer not named there"


@dataclass(frozen=True)
class _Photo:
    file: str  # package/.../name.suffix
    holds: str
    caption: str
    licence: str


_PHOTOS = (
    _Photo(
        f"{_SKIMAGE}/chelsea.png",
        "cat",
        "The face of a ginger tabby cat with green eyes.",
        "CC0, Stefan van der Walt",
    ),
    _Photo(f"{_GRADIO}/lion.jpg", "lion", "A lion lies on a rock, a lioness behind it.", _SHIPPED),
    _Photo(f"{_GRADIO}/cheetah1.jpg", "cheetah", "A cheetah looks into the camera.", _SHIPPED),
    _Photo(
        f"{_SKIMAGE}/coffee.png",
        "cup of coffee",
        "An espresso in a cup on a red saucer with a spoon, on a wooden table.",
        "CC0, Rachel Michetti",
    ),
    _Photo(
        f"{_SKLEARN}/flower.jpg",
        "flower",
        "An orange dahlia in bloom before dark leaves.",
        "CC BY 2.0, flickr.com/photos/vultilion",
    ),
    _Photo(
        f"{_SKIMAGE}/motorcycle_left.png",
        "motorcycle",
        "A red motorcycle stands in a garage.",
        "Middlebury Stereo 2014 (Scharstein et al.), no licence stated; shipped with scikit-image",
    ),
    _Photo(
        f"{_GRADIO}/tower.jpg",
        "Eiffel Tower",
        "The Eiffel Tower, lit in the evening, seen from below.",
        _SHIPPED,
    ),
    _Photo(
        f"{_SKLEARN}/china.jpg",
        "pagoda",
        "A Chinese pagoda rises above trees before a lake.",
        "CC BY 2.0, flickr.com/photos/danielbuechele",
    ),
    _Photo(
        f"{_SKIMAGE}/rocket.jpg",
        "rocket",
        "A rocket stands on its launch pad at dusk.",
        "public domain, SpaceX",
    ),
    _Photo(
        f"{_SKIMAGE}/astronaut.png",
        "astronaut",
        "An astronaut in an orange suit smiles before a flag and a model of a space shuttle.",
        "public domain, NASA",
    ),
    _Photo(
        f"{_SKIMAGE}/hubble_deep_field.jpg",
        "galaxies",
        "Hundreds of distant galaxies on a black sky.",
        "public domain, NASA",
    ),
    _Photo(
        f"{_SKIMAGE}/coins.png",
        "coins",
        "Rows of ancient coins, in black and white.",
        "no known copyright restrictions, Brooklyn Museum",
    ),
)


class Photos:
    """The example photographs of those packages that are installed; `id` is the file's stem.

    Each sample's `meta` names its licence and the package that ships it. A photograph's class is
    what can be seen in it.

    Raises:
        InputError: none of the packages is installed.
    """

    name = "photos"

    def __init__(self) -> None:
        found = [
            (photo, path) for photo in _PHOTOS if (path := package_file(*photo.file.split("/", 1)))
        ]
        if not found:
            raise InputError(
                "No example photographs are installed; run pip install gradio scikit-image."
            )
        self._photos = tuple(photo for photo, _ in found)
        self._paths = tuple(path for _, path in found)
        self.class_names = tuple(photo.holds for photo in self._photos)

    def __len__(self) -> int:
        return len(self._photos)

    def __getitem__(self, index: int) -> Sample:
        """Open photograph `index`."""
        photo, path = self._photos[index], self._paths[index]
        return Sample(
            image=open_image(path),
            label=self.class_names.index(photo.holds),
            caption=photo.caption,
            id=path.stem,
            meta={"licence": photo.licence, "package": photo.file.split("/")[0]},
        )

    def path(self, index: int) -> Path:
        """Return the file of photograph `index`, for a gallery that opens files itself."""
        return self._paths[index]

    def fingerprint(self) -> str:
        """Return a fingerprint of the files' names and sizes and of the texts beside them."""
        parts: list[str] = []
        for photo, path in zip(self._photos, self._paths, strict=True):
            parts += [photo.file, photo.holds, photo.caption, str(path.stat().st_size)]
        return fingerprint.of_parts(parts)
