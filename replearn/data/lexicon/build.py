"""Make the table of nouns from WordNet 3.0's own files.

    python -m replearn.data.lexicon.build FOLDER

FOLDER holds `data.noun`, `index.noun` and `cntlist.rev`, as Debian's package `wordnet-base` puts
them into /usr/share/wordnet. Names and hypernym links are kept, of the nouns below "physical
entity" and of the nodes above ImageNet's classes; proper names and definitions are left out.
"""

import argparse
import gzip
import re
from dataclasses import dataclass
from pathlib import Path

from replearn.core.errors import InputError
from replearn.data.lexicon.table import lexicon_path
from replearn.data.wordnet import imagenet_taxonomy

PHYSICAL = "n00001930"


@dataclass(frozen=True)
class _Synset:
    keys: tuple[str, ...]  # sense keys as in cntlist.rev, up to the two colons at the end
    words: tuple[str, ...]
    parents: tuple[str, ...]
    is_name: bool


def read_synsets(folder: Path) -> dict[str, _Synset]:
    """Return the nouns of `data.noun` by wnid.

    Raises:
        InputError: the file isn't there.
    """
    synsets = {}
    for line in _lines(folder / "data.noun"):
        fields = line.partition(" | ")[0].split()
        count = int(fields[3], 16)
        lemmas, ids = fields[4 : 4 + 2 * count : 2], fields[5 : 5 + 2 * count : 2]
        pointers = fields[5 + 2 * count :]
        links = list(zip(pointers[::4], pointers[1::4], pointers[2::4], strict=False))
        keys = [
            f"{lemma.lower()}%1:{fields[1]}:{int(number, 16):02d}"
            for lemma, number in zip(lemmas, ids, strict=True)
        ]
        synsets[f"n{fields[0]}"] = _Synset(
            tuple(keys),
            tuple(re.sub(r"\(\w+\)$", "", lemma).replace("_", " ") for lemma in lemmas),
            tuple(f"n{to}" for mark, to, part in links if mark in {"@", "@i"} and part == "n"),
            any(mark == "@i" for mark, _, _ in links),
        )
    return synsets


def write_table(folder: Path, path: Path) -> int:
    """Write the table, a line a synset in the order of wnids; return how many there are.

    A line has the wnid, the words as "word:rank:times seen" and the rows of the hypernyms.

    Raises:
        InputError: a file of WordNet isn't there.
    """
    synsets = read_synsets(folder)
    ranks: dict[tuple[str, str], int] = {}
    for line in _lines(folder / "index.noun"):
        fields = line.split()
        for rank, offset in enumerate(fields[-int(fields[2]) :], start=1):
            ranks[(fields[0].replace("_", " "), f"n{offset}")] = rank
    seen = {}
    for line in _lines(folder / "cntlist.rev"):
        key, _, count = line.split()
        seen[key.rstrip(":")] = int(count)
    kept = set(imagenet_taxonomy().nodes)
    for wnid, synset in synsets.items():
        if not synset.is_name and PHYSICAL in _above(synsets, wnid):
            kept |= {wnid, *_above(synsets, wnid)}
    row = {wnid: number for number, wnid in enumerate(sorted(kept))}
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        for wnid in row:
            synset = synsets[wnid]
            words = ";".join(
                f"{word}:{ranks[(word.lower(), wnid)]}:{seen.get(key, 0)}"
                for word, key in zip(synset.words, synset.keys, strict=True)
            )
            parents = " ".join(str(row[parent]) for parent in synset.parents)
            file.write(f"{wnid}\t{words}\t{parents}\n".encode())
    return len(row)


def _above(synsets: dict[str, _Synset], wnid: str) -> set[str]:
    found: set[str] = set()
    waiting = list(synsets[wnid].parents)
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += synsets[current].parents
    return found


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="latin-1")
    except OSError as error:
        raise InputError(
            f"{path.name} isn't in {path.parent}; give the folder of WordNet 3.0's files."
        ) from error
    return [line for line in text.splitlines() if not line.startswith("  ")]


def main() -> None:
    """Write the table that ships."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    print(f"{write_table(parser.parse_args().folder, lexicon_path())} synsets")


if __name__ == "__main__":
    main()
