"""What does a map show? A number or a category for every picture of a table."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import nearest
from replearn.data import load_dataset
from replearn.data.base import Dataset, Listed
from replearn.encoders.base import Encoder
from replearn.results.map import Colouring
from replearn.store.embedding_table import EmbeddingTable
from replearn.store.encoded import encode_stream, encode_texts
from replearn.store.search import Rows

Floats = npt.NDArray[np.float32]
MOST = 9  # categories with a colour of their own; the rest share one
OTHER = "other"


def colour_map(
    table: EmbeddingTable, by: str = "label", text: str = "", progress: Progress = silent
) -> Colouring:
    """Give every row of a table a number or a category.

    Args:
        table: vectors with what is known of each picture.
        by: "label", "prompt" (cosine of each picture with `text`), "caption word" (whether the
            caption holds `text`), "confidence" (of the model's own answer), or a column's name.
        text: a prompt or a part of a caption.
        progress: told as pictures are classified, where the confidence asks for it.

    Raises:
        InputError: there is no such colouring, a text is missing, or no caption holds it.
        CapabilityError: the model can't read text, or has neither text nor classes.
    """
    if by in table.columns:
        return categories(by, table.columns[by])
    if by not in BY:
        valid = [*BY, *table.columns]
        raise InputError(
            f"A map can't be coloured by {by!r}; choose {', '.join(valid)}.{nearest(by, valid)}"
        )
    return BY[by](table, text.strip(), progress)


def colourings(table: EmbeddingTable) -> list[str]:
    """Return what a map of a table can be coloured by."""
    telling = [name for name, texts in table.columns.items() if 1 < len(set(texts)) < len(texts)]
    return [*BY, *telling]


def categories(title: str, texts: Sequence[str]) -> Colouring:
    """Colour by category: the most frequent ones get a colour each, the rest are "other"."""
    counts = Counter(texts)
    kept = sorted(counts, key=lambda name: (-counts[name], name))
    names = sorted(kept) if len(kept) <= MOST + 1 else [*sorted(kept[:MOST]), OTHER]
    place = {name: i for i, name in enumerate(names)}
    last = len(names) - 1
    codes = np.array([place.get(text, last) for text in texts], np.float32)
    return Colouring(title, codes, tuple(name or "(none)" for name in names))


def _by_label(table: EmbeddingTable, text: str, progress: Progress) -> Colouring:  # noqa: ARG001
    return categories("label", table.groups)


def _by_prompt(table: EmbeddingTable, text: str, progress: Progress) -> Colouring:
    if not text:
        raise InputError("Type a prompt, such as fruit, to colour the map by its cosine.")
    prompt = encode_texts(_encoder(table), [text], progress)[0]
    return Colouring(f"cosine with “{text}”", table.vectors @ prompt)


def _by_word(table: EmbeddingTable, text: str, progress: Progress) -> Colouring:  # noqa: ARG001
    if not text:
        raise InputError("Type a word that some captions hold, such as cat.")
    has = np.array([text.casefold() in caption.casefold() for caption in table.captions])
    if not has.any():
        raise InputError(f"No caption holds “{text[:40]}”; type another word.")
    names = (f"“{text}” ({has.sum():,})", "others")
    return Colouring("caption", (~has).astype(np.float32), names)


def _by_confidence(table: EmbeddingTable, text: str, progress: Progress) -> Colouring:  # noqa: ARG001
    encoder = _encoder(table)
    if "text" in encoder.card.capabilities:
        names = [name for name in dict.fromkeys(table.groups) if name]
        if len(names) < 2:
            raise InputError("A confidence needs two labels; this data set has fewer.")
        cosines = table.vectors @ encode_texts(encoder, names, progress).T  # (n, labels)
        title = f"confidence among the {len(names)} labels"
        return Colouring(title, _highest(cosines / encoder.temperature))
    classes = encoder.class_names  # a model without a head says so here
    confidence = _head_confidence(encoder, table, progress)
    return Colouring(f"confidence among its {len(classes):,} classes", confidence)


def _head_confidence(encoder: Encoder, table: EmbeddingTable, progress: Progress) -> Floats:
    if table.origin is None:  # `_encoder` said so
        return np.empty(0, np.float32)
    data = load_dataset(table.origin.dataset)
    rows = _readable_rows(table, data)
    found = np.full(len(rows), np.nan, np.float32)
    openers = (lambda row=row: data[int(row)].image for row in rows)
    for i, logits in enumerate(encode_stream(openers, encoder.preprocess, encoder.outputs)):
        progress(i, len(rows), "pictures classified")
        if logits is not None:
            found[i] = _highest(logits[None])[0]
    return found


def _readable_rows(table: EmbeddingTable, data: Dataset) -> Rows:
    """Return the data set's row behind each row of the table, which leaves out what can't open."""
    if isinstance(data, Listed) and table.part_of is None and len(table) != len(data):
        place = {data.entry(row).id: row for row in range(len(data))}
        if all(identity in place for identity in table.ids):
            return np.array([place[identity] for identity in table.ids])
    return table.data_rows(len(data))


def _highest(logits: Floats) -> Floats:
    """Return the largest softmax probability of each row."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: Floats = (shifted.max(axis=1) / shifted.sum(axis=1)).astype(np.float32)
    return found


def _encoder(table: EmbeddingTable) -> Encoder:
    if table.origin is None:
        raise InputError("No model is known of these vectors; colour them by label or column.")
    return table.origin.encoder()


BY: dict[str, Callable[[EmbeddingTable, str, Progress], Colouring]] = {
    "label": _by_label,
    "prompt": _by_prompt,
    "caption word": _by_word,
    "confidence": _by_confidence,
}
