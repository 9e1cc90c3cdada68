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
    beside: tuple[str, ...]  # labels worth asking beside what it holds
    why: str  # a line that says what to try on it


_PHOTOS = (
    _Photo(
        f"{_SKIMAGE}/chelsea.png",
        "cat",
        "The face of a ginger tabby cat with green eyes.",
        "CC0, Stefan van der Walt",
        ("kitten", "dog", "fox", "tiger", "rabbit", "teddy bear"),
        "Cat or kitten? Two words for one animal share the probability between them.",
    ),
    _Photo(
        f"{_GRADIO}/lion.jpg",
        "lion",
        "A lion lies on a rock, a lioness behind it.",
        _SHIPPED,
        ("lioness", "tiger", "cheetah", "dog", "horse", "rock"),
        "Two animals in one picture: ask Heat maps for “lion” and then for “lioness”.",
    ),
    _Photo(
        f"{_GRADIO}/cheetah1.jpg",
        "cheetah",
        "A cheetah looks into the camera.",
        _SHIPPED,
        ("lion", "dog", "cat", "horse", "tower", "cup of coffee", "rocket"),
        "What tells a cheetah? Add the label “leopard”, then take colour or sharpness away.",
    ),
    _Photo(
        f"{_SKIMAGE}/coffee.png",
        "cup of coffee",
        "An espresso in a cup on a red saucer with a spoon, on a wooden table.",
        "CC0, Rachel Michetti",
        ("cup of tea", "plate", "spoon", "soup", "wooden table"),
        "The things around it could answer too: see what is left when the cup is covered.",
    ),
    _Photo(
        f"{_SKLEARN}/flower.jpg",
        "flower",
        "An orange dahlia in bloom before dark leaves.",
        "CC BY 2.0, flickr.com/photos/vultilion",
        ("dahlia", "rose", "sunflower", "leaf", "butterfly", "fruit"),
        "The general word against the special one: flower or dahlia?",
    ),
    _Photo(
        f"{_SKIMAGE}/motorcycle_left.png",
        "motorcycle",
        "A red motorcycle stands in a garage.",
        "Middlebury Stereo 2014 (Scharstein et al.), no licence stated; shipped with scikit-image",
        ("bicycle", "scooter", "car", "garage", "workshop"),
        "Thing or place: the motorcycle, or the garage that it stands in?",
    ),
    _Photo(
        f"{_GRADIO}/tower.jpg",
        "Eiffel Tower",
        "The Eiffel Tower, lit in the evening, seen from below.",
        _SHIPPED,
        ("tower", "church", "bridge", "skyscraper", "night sky"),
        "A name of its own: is it known, or just a tower?",
    ),
    _Photo(
        f"{_SKLEARN}/china.jpg",
        "pagoda",
        "A Chinese pagoda rises above trees before a lake.",
        "CC BY 2.0, flickr.com/photos/danielbuechele",
        ("temple", "castle", "palace", "house", "lake"),
        "Several words fit, and which one wins says where the training pictures came from.",
    ),
    _Photo(
        f"{_SKIMAGE}/rocket.jpg",
        "rocket",
        "A rocket stands on its launch pad at dusk.",
        "public domain, SpaceX",
        ("lighthouse", "tower", "airplane", "fireworks", "sunset"),
        "Thin and far away: does the sky say as much as the rocket?",
    ),
    _Photo(
        f"{_SKIMAGE}/astronaut.png",
        "astronaut",
        "An astronaut in an orange suit smiles before a flag and a model of a space shuttle.",
        "public domain, NASA",
        ("pilot", "firefighter", "scientist", "portrait of a woman", "flag"),
        "The suit, the face or the flag: which of them is the answer about?",
    ),
    _Photo(
        f"{_SKIMAGE}/hubble_deep_field.jpg",
        "galaxies",
        "Hundreds of distant galaxies on a black sky.",
        "public domain, NASA",
        ("stars", "night sky", "fireworks", "snow", "sand"),
        "Unlike everyday photographs: watch “none of these”, and the cosines.",
    ),
    _Photo(
        f"{_SKIMAGE}/coins.png",
        "coins",
        "Rows of ancient coins, in black and white.",
        "no known copyright restrictions, Brooklyn Museum",
        ("buttons", "stones", "cookies", "medals", "eggs"),
        "Grey and round: what is left when there is no colour to go by?",
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
        """Return the file of photograph `index`."""
        return self._paths[index]

    def labels(self, index: int) -> tuple[str, ...]:
        """Return labels to ask about photograph `index`; the first is what it holds."""
        return (self._photos[index].holds, *self._photos[index].beside)

    def why(self, index: int) -> str:
        """Say what to try on photograph `index`."""
        return self._photos[index].why

    @property
    def ids(self) -> list[str]:
        """The photographs' ids, in order."""
        return [path.stem for path in self._paths]

    def index(self, identity: str) -> int:
        """Return the number of the photograph of this id, or 0."""
        return self.ids.index(identity) if identity in self.ids else 0

    def fingerprint(self) -> str:
        """Return a fingerprint of the files' names and sizes and of the texts beside them."""
        parts: list[str] = []
        for photo, path in zip(self._photos, self._paths, strict=True):
            parts += [photo.file, photo.holds, photo.caption, str(path.stat().st_size)]
        return fingerprint.of_parts(parts)
