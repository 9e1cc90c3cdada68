"""The table of nouns that ships: synsets with their words and hypernyms, no definitions."""

import functools
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from replearn.core.assets import asset_path
from replearn.core.damaged import DAMAGED
from replearn.core.errors import ModelError

LONGEST_CHAIN = 5
# they stand above nearly everything and tell nothing apart
_TOO_WIDE = frozenset(
    [
        "entity",
        "physical entity",
        "object",
        "whole",
        "matter",
        "thing",
        "causal agent",
        "living thing",
        "organism",
        "abstraction",
        "artifact",
        "natural object",
        "unit",
    ]
)


@dataclass(frozen=True)
class Sense:
    """A meaning of a noun: a synset.

    Attributes:
        wnid: WordNet 3.0's offset, e.g. "n02012849".
        words: the words for it, the most usual first.
        chain: the names of what it is a kind of, the nearest first, the widest left out.
    """

    wnid: str
    words: tuple[str, ...]
    chain: tuple[str, ...]

    @property
    def hint(self) -> str:
        """A short name that tells it from other senses of a word: what it is a kind of."""
        return self.chain[0] if self.chain else self.words[0]

    def names(self, phrase: str) -> str:
        """Return a phrase followed by the other words for the sense."""
        others = [word for word in self.words if word.casefold() != phrase.casefold()]
        return ", ".join([phrase, *others])

    def sentence(self, phrase: str) -> str:
        """Return "puffin, a kind of auk, seabird" for the phrase "puffin"."""
        return f"{phrase}, a kind of {', '.join(self.chain)}" if self.chain else phrase


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All senses, and which of them a word has.

    Attributes:
        wnids: of the synsets, by row.
        words: of the synsets, by row.
        parents: rows of the hypernyms, by row.
        rows: case-folded word to (rank, times seen in WordNet's tagged texts, row); rank 1 is
            the most usual sense.
    """

    wnids: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    parents: tuple[tuple[int, ...], ...]
    rows: Mapping[str, list[tuple[int, int, int]]]

    def sense(self, row: int) -> Sense:
        """Return a synset with its chain of first hypernyms."""
        chain: list[str] = []
        above = self.parents[row]
        while above and len(chain) < LONGEST_CHAIN:
            name = self.words[above[0]][0]
            if name in _TOO_WIDE:
                break
            chain.append(name)
            above = self.parents[above[0]]
        return Sense(self.wnids[row], self.words[row], tuple(chain))

    def is_below(self, row: int, wnid: str) -> bool:
        """Say whether a synset is a node or lies anywhere below it."""
        waiting = [row]
        while waiting:
            current = waiting.pop()
            if self.wnids[current] == wnid:
                return True
            waiting += self.parents[current]
        return False

    @functools.cached_property
    def compounds(self) -> Mapping[str, tuple[int, ...]]:
        """The rows of synsets that a word of several parts names, by its last part."""
        found: dict[str, dict[int, None]] = {}
        for row, words in enumerate(self.words):
            for word in words:
                rest, _, last = word.casefold().replace("-", " ").rpartition(" ")
                if rest:
                    found.setdefault(last, {})[row] = None
        return {last: tuple(rows) for last, rows in found.items()}

    @functools.cached_property
    def row_of(self) -> Mapping[str, int]:
        """The rows by wnid."""
        return {wnid: row for row, wnid in enumerate(self.wnids)}


def lexicon_path() -> Path:
    """Return where the table lies."""
    return asset_path("wordnet", "nouns.tsv.gz")


@functools.lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the table that ships with the project, once.

    Raises:
        ModelError: the file is damaged.
    """
    try:
        return _read(lexicon_path())
    except DAMAGED as error:
        raise ModelError(
            f"The lexicon {lexicon_path().name} is damaged or missing; install replearn again."
        ) from error


def _read(path: Path) -> Lexicon:
    wnids, words, parents = [], [], []
    rows: dict[str, list[tuple[int, int, int]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row, line in enumerate(file):
            wnid, lemmas, above = line.rstrip("\n").split("\t")
            wnids.append(wnid)
            found = []
            for lemma in lemmas.split(";"):
                word, rank, seen = lemma.split(":")
                found.append(word)
                rows.setdefault(word.casefold(), []).append((int(rank), int(seen), row))
            words.append(tuple(found))
            parents.append(tuple(int(number) for number in above.split()))
    return Lexicon(tuple(wnids), tuple(words), tuple(parents), rows)
