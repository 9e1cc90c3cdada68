"""`photo-crops`: squares cut from the photographs at several sizes, for units that see little."""

import numpy as np

from replearn.core import fingerprint
from replearn.data.base import Sample
from replearn.data.images import open_image
from replearn.data.photos import Photos

SHARES = (1.0, 0.6, 0.4, 0.25)  # of the shorter side
OF_EACH = (1, 3, 6, 10)  # squares of each size, of each photograph
SIDE = 224
_SEED = 5


class PhotoCrops:
    """Twenty squares of each photograph: one whole, the others smaller and at random places.

    Each sample's `meta` names the photograph and the share of its shorter side; the squares of a
    photograph, `of_each` of them, follow one another.
    """

    name = "photo-crops"

    def __init__(self) -> None:
        self._photos = Photos()
        self.class_names = self._photos.class_names
        self._shares = tuple(
            share for share, n in zip(SHARES, OF_EACH, strict=True) for _ in range(n)
        )

    @property
    def of_each(self) -> int:
        """How many squares each photograph has."""
        return len(self._shares)

    def __len__(self) -> int:
        return len(self._photos) * len(self._shares)

    def __getitem__(self, index: int) -> Sample:
        """Cut square `index`."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        number, cut = divmod(index, len(self._shares))
        path, share = self._photos.path(number), self._shares[cut]
        picture = open_image(path)
        side = max(1, round(share * min(picture.size)))
        place = np.random.default_rng([_SEED, index]).random(2) if share < 1 else (0.5, 0.5)
        left = round(float(place[0]) * (picture.width - side))
        top = round(float(place[1]) * (picture.height - side))
        square = picture.crop((left, top, left + side, top + side)).resize((SIDE, SIDE))
        whole = self.class_names[number]
        return Sample(
            image=square,
            label=number,
            caption=f"{whole}, {share:.0%} of the side",
            id=f"{path.stem}-{cut}",
            meta={"photograph": path.stem, "share": f"{share:g}"},
        )

    def fingerprint(self) -> str:
        """Return a fingerprint of the photographs and of how they are cut."""
        parts = [self._photos.fingerprint(), repr((SHARES, OF_EACH, SIDE, _SEED))]
        return fingerprint.of_parts(parts)
