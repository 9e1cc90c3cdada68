"""What photo-clip learns from: WordNet's words for a node, and the node's image side."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.data.wordnet import Taxonomy

NULL_TEXTS = (
    "a photo",
    "a photo.",
    "photo",
    "a picture",
    "an image",
    "a photograph",
    "a photo of something",
    "a photo of anything.",
    "a picture of a thing",
    "something",
    "none of these",
)
TEMPLATES = (
    "a photo of a {}.",
    "a photo of the {}",
    "a {}",
    "an image of {}",
    "a picture of one {} on its own.",
    "a close-up photo of a {}.",
)
COMMON = 0.02  # a word in more than this share of the definitions says nothing of its own


@dataclass(frozen=True, eq=False)
class Pairs:
    """Texts with the vectors they should have."""

    texts: tuple[str, ...]
    targets: npt.NDArray[np.float32]  # (n, 512)
    is_gloss: npt.NDArray[np.bool_]
    is_class: npt.NDArray[np.bool_]

    def weights(self, gloss: float, hypernym: float) -> npt.NDArray[np.float64]:
        """Return how much each pair counts, (n,); a class's name counts 1."""
        return np.where(self.is_gloss, gloss, 1.0) * np.where(self.is_class, 1.0, hypernym)


def pairs(
    taxonomy: Taxonomy,
    prototypes: npt.NDArray[np.float32],
    held_out: frozenset[int],
    glosses: Mapping[str, str],
) -> Pairs:
    """Pair every word and definition with its node's image side.

    Args:
        taxonomy: the nodes.
        prototypes: (classes, 512), one per class; a hypernym's is the mean over its classes.
        held_out: classes that are left out, with every word that names one of them.
        glosses: definitions by wnid, or nothing.
    """
    hidden = held_out_words(taxonomy, held_out)
    classes = set(taxonomy.classes)
    texts, targets, defines, leaves = [], [], [], []
    for wnid, members in taxonomy.members().items():
        shown = [i for i in members if i not in held_out]
        if not shown:
            continue
        node = taxonomy.nodes[wnid]
        words = [word for word in node.lemmas if word.casefold() not in hidden]
        target = prototypes[shown].mean(0)
        gloss = glosses.get(wnid, "")
        for text in (*words, gloss) if gloss else words:
            texts.append(text)
            targets.append(target)
            defines.append(text == gloss)
            leaves.append(wnid in classes)
    return Pairs(tuple(texts), np.stack(targets), np.array(defines), np.array(leaves))


def held_out_words(taxonomy: Taxonomy, held_out: frozenset[int]) -> set[str]:
    """Return every word, case-folded, that names a class that is left out."""
    words = {taxonomy.class_names[i].casefold() for i in held_out}
    for i in held_out:
        words |= {word.casefold() for word in taxonomy.nodes[taxonomy.classes[i]].lemmas}
    return words


def vocabulary(
    taxonomy: Taxonomy, held_out: frozenset[int], glosses: Mapping[str, str], more: Iterable[str]
) -> list[str]:
    """Return words and definitions on which the head imitates the regression; `more` adds words."""
    hidden = held_out_words(taxonomy, held_out)
    counts: Counter[str] = Counter()
    for gloss in glosses.values():
        counts.update(set(re.findall(r"[a-z]{3,}", gloss.casefold())))
    rare = [word for word, count in counts.items() if count < COMMON * len(glosses)]
    lemmas = [word for node in taxonomy.nodes.values() for word in node.lemmas]
    parts = [part for word in lemmas for part in word.split() if len(part) > 2]
    every = dict.fromkeys([*lemmas, *taxonomy.class_names, *parts, *rare, *more])
    return [word for word in every if word.casefold() not in hidden] + list(glosses.values())


def written_out(words: list[str]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Write each short text into the templates; return the texts and which word each came from."""
    texts, rows = [], []
    for row, word in enumerate(words):
        if len(word) <= 40:
            for template in TEMPLATES:
                texts.append(template.replace("{}", word))
                rows.append(row)
    return texts, np.array(rows, np.int64)
