"""The pictures that are nearest by the whole vector, and by single heads."""

from dataclasses import dataclass
from typing import Any

from PIL import Image

from replearn.results.parts import Part
from replearn.results.stamp import Stamp, stamp_dict


@dataclass(frozen=True, eq=False)
class NearPicture:
    """One picture of a data set.

    Attributes:
        id: in the data set.
        caption: what is known of it.
        cosine: with the subject, by the vector of its row.
        picture: itself.
    """

    id: str
    caption: str
    cosine: float
    picture: Image.Image


@dataclass(frozen=True, eq=False)
class NearRow:
    """The nearest pictures by one vector, nearest first.

    Attributes:
        heads: whose outputs are summed, their mean over the data set taken away; none of them
            means the model's own whole vector.
        pictures: k of them.
    """

    heads: tuple[Part, ...]
    pictures: tuple[NearPicture, ...]


@dataclass(frozen=True, eq=False)
class HeadNeighbours:
    """Rows of neighbours, the whole vector's first.

    Attributes:
        rows: of the whole vector, of each head, and of all of them together.
        stamp: where they come from.
    """

    rows: tuple[NearRow, ...]
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON; heads are counted from 0."""
        return {
            "rows": [
                {
                    "heads": [list(head) for head in row.heads],
                    "pictures": [
                        {"id": one.id, "caption": one.caption, "cosine": one.cosine}
                        for one in row.pictures
                    ],
                }
                for row in self.rows
            ],
            "stamp": stamp_dict(self.stamp),
        }
