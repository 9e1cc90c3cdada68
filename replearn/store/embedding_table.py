"""A data set's vectors with what is known of each picture."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.encoders.base import Encoder, Picture
from replearn.encoders.registry import load_model
from replearn.results.map import Neighbours
from replearn.results.stamp import Stamp
from replearn.store.checks import checked_ids, unit_vector, unit_vectors
from replearn.store.encoded import encode_picture, encode_texts
from replearn.store.search import ExactSearch, Rows, Search, Vectors

USUAL_K = 12


@dataclass(frozen=True)
class Origin:
    """Which model made a table, of which data.

    Attributes:
        dataset: the data set's name.
        model: the model's name.
        fingerprint: of its weights and preprocessing.
    """

    dataset: str
    model: str
    fingerprint: str

    def encoder(self) -> Encoder:
        """Open the model that made the table.

        Raises:
            InputError: the model of this name has other weights now.
        """
        encoder = load_model(self.model)
        if encoder.fingerprint != self.fingerprint:
            raise InputError(
                f"The table was made by another version of {self.model} "
                f"({self.fingerprint[:6]}, now {encoder.fingerprint[:6]}); "
                f"embed {self.dataset} again."
            )
        return encoder


@dataclass(frozen=True, eq=False)
class EmbeddingTable:
    """The vectors of a data set under one model; build one from vectors with `table_of`.

    Attributes:
        search: the vectors, (n, d).
        ids: one per row, unique.
        labels: (n,) index of the class, or -1 where nothing is known.
        captions: one per row.
        groups: one per row; the class's name, or "".
        columns: what else the data set tells of each row, by name: n texts each.
        origin: which model made it; None for vectors from elsewhere.
        thumbnails: gives the JPEG thumbnails of some rows; None where none are kept.
        part_of: of a part of a data set's table, (n,) its rows in the whole and how many that has.
    """

    search: Search
    ids: tuple[str, ...]
    labels: npt.NDArray[np.int64]
    captions: tuple[str, ...]
    groups: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    origin: Origin | None = None
    thumbnails: Callable[[Sequence[int]], list[bytes]] | None = None
    part_of: tuple[Rows, int] | None = None

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def vectors(self) -> Vectors:
        """Every vector, float32 (n, d), L2-normalised.

        Raises:
            InputError: there are more than fit in memory; `take` gives a part.
        """
        return self.search.all()

    def take(self, rows: Sequence[int] | Rows) -> "EmbeddingTable":
        """Return a table of some rows, in the order asked for, its vectors in memory."""
        rows = np.asarray(rows, np.int64)
        pictures = self.thumbnails
        places, whole = self.part_of or (None, len(self))
        return EmbeddingTable(
            ExactSearch(self.search.take(rows)),
            _picked(self.ids, rows),
            self.labels[rows],
            _picked(self.captions, rows),
            _picked(self.groups, rows),
            {name: _picked(texts, rows) for name, texts in self.columns.items()},
            self.origin,
            pictures and (lambda wanted: pictures([int(rows[row]) for row in wanted])),
            (rows if places is None else places[rows], whole),
        )

    def data_rows(self, count: int) -> Rows:
        """Return the row of the data set, of `count` pictures, that each row was made of, (n,).

        Raises:
            InputError: the data set has another number of pictures by now.
        """
        places, whole = self.part_of or (np.arange(len(self)), len(self))
        if whole != count:
            raise InputError(
                f"The data set has {count:,} pictures by now and its table {whole:,}; embed it "
                "again."
            )
        return places

    def row_of(self, identity: str) -> int:
        """Return the row of an id.

        Raises:
            InputError: there is no such id.
        """
        try:
            return self.ids.index(identity)
        except ValueError:
            raise InputError(
                f"The table has no id {identity!r}; its first is {self.ids[0]!r}."
            ) from None

    def neighbours(
        self,
        *,
        image: Picture | None = None,
        text: str | None = None,
        id: str | None = None,
        vector: npt.ArrayLike | None = None,
        k: int | None = None,
    ) -> Neighbours:
        """Find the rows of the highest cosine with one query, in the full space.

        Args:
            image: a picture, or the path of one.
            text: for a model that reads text.
            id: a row of the table, which is then left out of the answer.
            vector: (d,), of any length but zero.
            k: how many; 12, or all where there are fewer, when left out.

        Raises:
            InputError: not exactly one query; an id that isn't there; a vector of another width or
                with NaN; fewer rows than `k`; or the model has changed since.
            CapabilityError: the model has no text tower.

        Example:
            >>> replearn.embed("emoji").neighbours(text="a red fruit", k=3).captions
            ('red apple', 'strawberry', 'cherries')
        """
        start = time.perf_counter()
        given = [query for query in (image, text, id, vector) if query is not None]
        if len(given) != 1:
            raise InputError(f"Give one of image, text, id or vector; {len(given)} were given.")
        row = None if id is None else self.row_of(id)
        count = self._count(k, row)
        name, query = self._query(row, text, image, vector)
        rows, cosines = self.search.nearest(query, count + (row is not None))
        others = rows != (-1 if row is None else row)
        return self._answer(name, rows[others][:count], cosines[others][:count], start)

    def _query(
        self,
        row: int | None,
        text: str | None,
        image: Picture | None,
        vector: npt.ArrayLike | None,
    ) -> tuple[str, npt.NDArray[np.float32]]:
        """Return what the query is called, and its unit vector (d,)."""
        if row is not None:
            return self.captions[row] or self.ids[row], self.search.take([row])[0]
        if text is not None:
            return text, encode_texts(self._encoder(), [text])[0]
        if image is not None:
            return "the picture", encode_picture(self._encoder(), image)
        return "the vector", unit_vector(vector, self.search.shape[1])

    def _count(self, k: int | None, row: int | None) -> int:
        there = len(self) - (row is not None)
        if there < 1:
            raise InputError("The table holds one picture, which has no neighbours; add some.")
        if k is None:
            return min(USUAL_K, there)
        if not 1 <= k <= there:
            raise InputError(f"There are {there:,} pictures to find; ask for 1 to {there:,}.")
        return k

    def _encoder(self) -> Encoder:
        if self.origin is None:
            raise InputError("No model is known of these vectors; ask by id or by vector.")
        return self.origin.encoder()

    def _answer(self, name: str, rows: Rows, cosines: Vectors, start: float) -> Neighbours:
        origin = self.origin or Origin("own vectors", "unknown model", "")
        settings: dict[str, Any] = {"data": origin.dataset, "k": len(rows)}
        if self.search.recall < 1:
            settings["recall at 10"] = f"{self.search.recall:.2f}"
        stamp = Stamp(
            origin.model,
            origin.fingerprint,
            time.perf_counter() - start,
            n=len(self),
            settings=settings,
        )
        ids, captions = _picked(self.ids, rows), _picked(self.captions, rows)
        return Neighbours(name, ids, captions, cosines, rows, stamp)


def table_of(
    vectors: npt.ArrayLike,
    ids: Sequence[str],
    captions: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    columns: Mapping[str, Sequence[str]] | None = None,
    origin: Origin | None = None,
) -> EmbeddingTable:
    """Build a table from vectors, which are scaled to length 1.

    Args:
        vectors: (n, d).
        ids: n texts, each there once.
        captions: n texts, or None.
        groups: n names of classes, or None; labels are their places in the sorted names.
        columns: further columns by name, n texts each.
        origin: which model made them, where it is known.

    Raises:
        InputError: the vectors hold NaN or zeros alone, aren't (n, d), an id is there twice, or a
            column has another length.
    """
    checked = unit_vectors(vectors)
    n = len(checked)
    given = {"captions": captions, "groups": groups, **(columns or {})}
    for name, texts in given.items():
        if texts is not None and len(texts) != n:
            raise InputError(f"There are {n:,} vectors and {len(texts):,} {name}; give as many.")
    names = sorted({group for group in groups or () if group})
    place = {name: i for i, name in enumerate(names)}
    return EmbeddingTable(
        ExactSearch(checked),
        checked_ids(ids, n),
        np.array([place.get(group, -1) for group in groups or [""] * n], np.int64),
        tuple(captions or [""] * n),
        tuple(groups or [""] * n),
        {name: tuple(texts) for name, texts in (columns or {}).items()},
        origin,
    )


def _picked(texts: tuple[str, ...], rows: Rows) -> tuple[str, ...]:
    return tuple(texts[row] for row in rows)
