"""What a cue-conflict picture shows: read off a file's name, or known of a rendered scene."""

import re
from dataclasses import dataclass

from replearn.core.errors import InputError
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.vocabulary import SOLIDS, TEXTURES
from replearn.data.sixteen import SIXTEEN

# Geirhos's files say both: cat7-elephant2.png has the form of a cat and an elephant's texture
_FILE = re.compile(r"^(?P<shape>[a-z]+)\d+-(?P<texture>[a-z]+)\d+$")


@dataclass(frozen=True)
class Cues:
    """What a cue-conflict picture shows.

    Attributes:
        shape: category of its form.
        textures: categories that have its texture.
    """

    shape: str
    textures: tuple[str, ...]

    @property
    def conflict(self) -> bool:
        """Whether the two disagree."""
        return self.shape not in self.textures


def scene_cues(data: Shapes) -> dict[str, Cues]:
    """Return what each picture shows; a texture belongs to the solids that training ties to it."""
    scenes = data.scenes(0, len(data))
    found = {}
    for row in range(len(data)):
        texture = int(scenes.texture[row, 0])
        owners = tuple(s for at, s in enumerate(SOLIDS) if at % len(TEXTURES) == texture)
        identity = f"{data.world.split}-{data.world.seed}-{row}"
        found[identity] = Cues(SOLIDS[int(scenes.solid[row, 0])], owners)
    return found


def file_cues(identity: str) -> Cues:
    """Read form and texture off a file's name.

    Raises:
        InputError: the name doesn't say them.
    """
    stem = identity.rpartition("/")[2].partition(".")[0]
    matched = _FILE.match(stem)
    shape, texture = (matched["shape"], matched["texture"]) if matched else ("", "")
    if shape not in SIXTEEN or texture not in SIXTEEN:
        raise InputError(
            f"{identity} doesn't say its form and texture; name files as in the paper, for example "
            f"cat/cat7-elephant2.png, with {', '.join(SIXTEEN)}."
        )
    return Cues(shape, (texture,))
