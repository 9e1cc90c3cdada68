"""What photo-clip learns from: WordNet's words for a node, and the node's image side."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.data.lexicon import lexicon
from replearn.data.wordnet import Taxonomy
from replearn.encoders.photo_clip.text_kernel import Described

NULL_TEXTS = (
    "a photo",
    "photo",
    "a picture",
    "an image",
    "a photograph",
    "something",
    "anything",
    "a thing",
    "none of these",
)


@dataclass(frozen=True, eq=False)
class Pairs:
    """Described nodes with the vectors they should have.

    Attributes:
        nouns: what the two kernels compare, n of them.
        targets: (n, 512).
        is_class: whether a node is a class itself, not one above, (n,).
    """

    nouns: tuple[Described, ...]
    targets: npt.NDArray[np.float32]
    is_class: npt.NDArray[np.bool_]


def pairs(
    taxonomy: Taxonomy, prototypes: npt.NDArray[np.float32], held_out: frozenset[int]
) -> Pairs:
    """Pair every node with its image side: a class's own, or the mean over its classes.

    Args:
        taxonomy: the nodes.
        prototypes: (classes, 512), one per class.
        held_out: classes that are left out, with every word that names one of them.
    """
    hidden = held_out_words(taxonomy, held_out)
    classes = set(taxonomy.classes)
    nouns, targets, leaves = [], [], []
    for wnid, members in taxonomy.members().items():
        shown = [i for i in members if i not in held_out]
        known = lexicon().sense(lexicon().row_of[wnid])
        words = [word for word in known.words if word.casefold() not in hidden]
        if shown and words:
            nouns.append(Described(", ".join(words), known.sentence(words[0])))
            targets.append(prototypes[shown].mean(0))
            leaves.append(wnid in classes)
    return Pairs(tuple(nouns), np.stack(targets), np.array(leaves))


def held_out_words(taxonomy: Taxonomy, held_out: frozenset[int]) -> set[str]:
    """Return every word, case-folded, that names a class that is left out."""
    words = {taxonomy.class_names[i].casefold() for i in held_out}
    for i in held_out:
        words |= {word.casefold() for word in taxonomy.nodes[taxonomy.classes[i]].lemmas}
    return words
