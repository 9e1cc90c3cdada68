"""Those of the example photographs that ImageNet has a class for, or the nearest it has.

They are the ones that `imagenet` and `imagenet-lite2` both name rightly among 1,000 classes, and
still tell from one another when the picture is cut into 25 tiles and these are shuffled: form and
texture can both be known.
"""

import functools
from dataclasses import dataclass

from replearn.data.photos import Photos
from replearn.data.wordnet import imagenet_taxonomy


@dataclass(frozen=True)
class PhotoCategory:
    """What a photograph shows.

    Attributes:
        name: what it is called as an answer.
        photo: the id of the photograph.
        nodes: of WordNet; the classes at and below them count.
    """

    name: str
    photo: str
    nodes: tuple[str, ...]


_CATEGORIES = (
    PhotoCategory("cat", "chelsea", ("n02121808",)),
    PhotoCategory("lion", "lion", ("n02129165",)),
    PhotoCategory("cheetah", "cheetah1", ("n02130308",)),
    PhotoCategory("espresso", "coffee", ("n07920052", "n03063599", "n07930864")),  # and its cup
    # ImageNet has no motorcycle and no pagoda
    PhotoCategory("motorcycle", "motorcycle_left", ("n03785016", "n03791053")),
    PhotoCategory("pagoda", "china", ("n03877845", "n04346328")),
)


def photo_categories() -> tuple[PhotoCategory, ...]:
    """Return the categories whose photograph is installed.

    Raises:
        InputError: none of the packages with photographs is installed.
    """
    here = set(Photos().ids)
    return tuple(one for one in _CATEGORIES if one.photo in here)


@functools.lru_cache(maxsize=1)
def photo_members() -> dict[str, tuple[int, ...]]:
    """Return each category's classes, as indices into ImageNet's 1,000."""
    below = imagenet_taxonomy().members()
    return {
        one.name: tuple(index for node in one.nodes for index in below[node]) for one in _CATEGORIES
    }
