"""`shapes`: a small world that the project renders itself, every factor of it known.

In the style of dSprites (Matthey et al. 2017), 3D Shapes (Burgess and Kim 2018) and CLEVR (Johnson
et al. 2017): solids on a floor before a backdrop, ray-marched from signed distances.
"""

from replearn.data.shapes.scenes import Scenes, World, draw
from replearn.data.shapes.vocabulary import FACTORS

__all__ = ["FACTORS", "Scenes", "World", "draw"]
