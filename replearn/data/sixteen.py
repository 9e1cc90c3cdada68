"""The sixteen categories of Geirhos et al., as nodes of WordNet above ImageNet's classes.

Geirhos et al. 2018 (https://arxiv.org/abs/1808.08750) take everyday categories that have a node
each, and so do Geirhos et al. 2019; a class belongs to a category if its node is at or below it.
"""

import functools

from replearn.data.wordnet import imagenet_taxonomy

NODES = {
    "airplane": "n02691156",
    "bear": "n02131653",
    "bicycle": "n02834778",
    "bird": "n01503061",
    "boat": "n02858304",
    "bottle": "n02876657",
    "car": "n02958343",
    "cat": "n02121620",
    "chair": "n03001627",
    "clock": "n03046257",
    "dog": "n02084071",
    "elephant": "n02503517",
    "keyboard": "n03614007",
    "knife": "n03623556",
    "oven": "n03862676",
    "truck": "n04490091",
}
SIXTEEN = tuple(NODES)


@functools.lru_cache(maxsize=1)
def members() -> dict[str, tuple[int, ...]]:
    """Return each category's classes, as indices into ImageNet's 1,000.

    A class at or below two of the nodes (a minivan is a car and a truck) belongs to neither.
    """
    below = imagenet_taxonomy().members()
    claims = [index for node in NODES.values() for index in below[node]]
    return {
        name: tuple(index for index in below[node] if claims.count(index) == 1)
        for name, node in NODES.items()
    }
