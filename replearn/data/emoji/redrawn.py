"""`emoji-redrawn:HAND`: the same emoji by another designer, as a line drawing, as a silhouette."""

from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.data.emoji import Emoji
from replearn.data.openmoji import rendered

# hand -> whose drawing it starts from
HANDS = {"openmoji": "openmoji", "line": "openmoji", "silhouette": "twemoji"}
_GROUP = "{http://www.w3.org/2000/svg}g"


class EmojiRedrawn(Emoji):
    """The emoji of `emoji`, same ids and labels, drawn otherwise.

    Args:
        hand: "openmoji" (the other designer's drawings, in colour), "line" (openmoji's strokes
            alone: what its black set shows) or "silhouette" (twemoji's own alpha, from a half up
            in black, all else in white).
        label: "group" or "subgroup".

    Raises:
        InputError: there is no such hand or label, or a package isn't installed.
    """

    def __init__(self, hand: str, label: str = "group") -> None:
        if hand not in HANDS:
            raise InputError(
                f"There is no emoji-redrawn:{hand}; choose one of {', '.join(HANDS)}."
                f"{nearest(hand, HANDS)}"
            )
        super().__init__(designer=HANDS[hand], label=label)
        self.name, self.hand = f"emoji-redrawn:{hand}", hand

    def drawing(self, path: Path) -> Image.Image:
        """Return the drawing of a twemoji or openmoji file in this hand."""
        if self.hand == "silhouette":
            return _silhouette(path)
        svg = path.read_text(encoding="utf-8")
        return rendered(_strokes(svg) if self.hand == "line" else svg)

    def fingerprint(self) -> str:
        """Return a fingerprint of the drawings and the hand."""
        return fingerprint.of_parts([super().fingerprint(), self.hand])


def _strokes(svg: str) -> str:
    """Return an openmoji without the layers that hold its colours."""
    root = ElementTree.fromstring(svg)
    for layer in root.findall(_GROUP):
        if not layer.get("id", "").startswith("line"):
            root.remove(layer)
    return ElementTree.tostring(root, encoding="unicode")


def _silhouette(path: Path) -> Image.Image:
    with Image.open(path) as image:
        alpha = image.convert("RGBA").getchannel("A")
    return alpha.point(lambda value: 0 if value >= 128 else 255).convert("RGB")
