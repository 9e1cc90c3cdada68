"""The nodes of WordNet above and at ImageNet's classes (Miller 1995), from `assets/wordnet`."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass

from replearn.core.assets import asset_path


@dataclass(frozen=True)
class Node:
    """A synset: a meaning with its words.

    Attributes:
        wnid: WordNet 3.0's offset, e.g. "n02123045".
        lemmas: the words for it, the most usual first.
        parents: wnids of its hypernyms; empty at the root.
    """

    wnid: str
    lemmas: tuple[str, ...]
    parents: tuple[str, ...]


@dataclass(frozen=True)
class Taxonomy:
    """Nodes by wnid, and which of them are ImageNet's 1,000 classes, in their order."""

    nodes: Mapping[str, Node]
    classes: tuple[str, ...]  # wnids
    class_names: tuple[str, ...]

    def ancestors(self, wnid: str) -> set[str]:
        """Return the wnids of a node and of everything above it."""
        found: set[str] = set()
        waiting = [wnid]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting += self.nodes[current].parents
        return found

    def members(self) -> dict[str, list[int]]:
        """Return for every node the indices of the classes at or below it."""
        below: dict[str, list[int]] = {wnid: [] for wnid in self.nodes}
        for index, wnid in enumerate(self.classes):
            for above in self.ancestors(wnid):
                below[above].append(index)
        return below


@functools.lru_cache(maxsize=1)
def imagenet_taxonomy() -> Taxonomy:
    """Read the table that ships with the project."""
    stored = json.loads(asset_path("wordnet", "nodes.json").read_text(encoding="utf-8"))
    nodes = {
        wnid: Node(wnid, tuple(lemmas), tuple(parents))
        for wnid, (lemmas, parents) in stored["nodes"].items()
    }
    classes = tuple(wnid for wnid, _ in stored["classes"])
    return Taxonomy(nodes, classes, tuple(name for _, name in stored["classes"]))
