"""Damage that is guided by the lines it makes run: python -m tests.fuzz.guided pictures 60 FOLDER.

Atheris (libFuzzer) changes the same files and texts that the other tests damage by chance, and
keeps what reached a new line of ours or of Pillow's. Anything but an answer or a sentence ends it
with what was tried written to a file in the folder.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["replearn.data", "replearn.store.own_vectors", "PIL"]):
    from replearn.data.images import open_image
    from replearn.data.labels import parse_labels, parse_templates
    from replearn.data.lexicon.lookup import read, senses
    from replearn.store.own_vectors import read_own

from replearn.core.errors import ReplearnError
from tests.fuzz.test_pictures import SVG, WRITTEN
from tests.fuzz.test_tables import OWN
from tests.fuzz.texts import strange_text

SECONDS, MEGABYTES = 10, 2500  # that one input may take, and the whole process


def picture(content: bytes) -> None:
    """Open a picture, or read why not."""
    open_image(content)


def labels(content: bytes) -> None:
    """Read labels and templates, and what their words mean."""
    text = content.decode("utf-8", "surrogateescape")  # what is no text becomes lone halves
    parse_templates(text)
    for name in parse_labels(text).names:
        name.encode()
        senses(name)
        read(name)


def vectors(content: bytes) -> None:
    """Open a file of vectors of one's own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("v.npz" if content[:2] == b"PK" else "v.parquet")
        path.write_bytes(content)
        read_own(path)


TARGETS: dict[str, tuple[Callable[[bytes], None], Sequence[bytes]]] = {
    "pictures": (picture, [*WRITTEN.values(), SVG.encode()]),
    "labels": (labels, [strange_text(i).encode("utf-8", "replace") for i in range(40)]),
    "vectors": (vectors, list(OWN.values())),
}


def main() -> None:
    """Try for so many seconds; libFuzzer ends the process, with a number but 0 where one fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("seconds", type=int)
    parser.add_argument("folder", type=Path, help="an empty one, for what is tried")
    options = parser.parse_args()
    ask, seeds = TARGETS[options.target]

    def tried(content: bytes) -> None:
        try:
            ask(content)
        except ReplearnError as error:
            if "\n" in str(error):
                raise ValueError("a refusal is one sentence") from error

    corpus = options.folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds):
        (corpus / str(number)).write_bytes(seed)
    limits = (f"-max_total_time={options.seconds}", f"-timeout={SECONDS}")
    files = (f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={options.folder}/", "-max_len=8192")
    atheris.Setup([sys.argv[0], *limits, *files, "-seed=1", str(corpus)], tried)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
