"""Damaged tables beside pictures, and damaged files of vectors."""

import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from replearn.data.folder import Folder
from replearn.store.own_vectors import read_own
from tests.fuzz.asked import asked
from tests.fuzz.mutations import damaged

NAMES = ("a.png", "b.png", "ü c.png")
HEADINGS = "path,label,class_index,caption,split,income\n"
CSV = HEADINGS + "".join(f'{n},"cat, ""big""",{i},a cat,train,{i}.5\n' for i, n in enumerate(NAMES))
OTHER = "sep=;\nDatei;Klasse;Wert\n" + "".join(f"{n};Hund;{i},5\n" for i, n in enumerate(NAMES))
LINES = "".join(
    json.dumps({"file_name": n, "label": "cat", "other": {"a": [i, None]}, "u": "\ud800"}) + "\n"
    for i, n in enumerate(NAMES)
)
VECTORS = np.random.default_rng(0).normal(size=(6, 4)).astype(np.float32)
IDS = [f"picture {row}" for row in range(6)]


def parquet(columns: dict, **how: object) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, **how)
    return buffer.getvalue()


def npz(write, **arrays: object) -> bytes:
    buffer = io.BytesIO()
    write(buffer, **arrays)
    return buffer.getvalue()


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "PNG")
    return buffer.getvalue()


TIMES = pa.array([1, 2, 3], pa.timestamp("us"))
TABLES = {
    "labels.csv": CSV.encode(),
    "metadata.csv": OTHER.encode("cp1252"),
    "labels.tsv": CSV.replace(",", "\t").encode("utf-16"),
    "labels.jsonl": LINES.encode(),
    "labels.parquet": parquet({"path": NAMES, "label": ["cat", "dog", "cat"], "t": TIMES}),
    "data/train-0.parquet": parquet(
        {"image": [{"bytes": png(), "path": n} for n in NAMES], "label": [0, 1, 0]},
        compression="NONE",
    ),
}
OWN = {
    "v.npz": npz(np.savez, vectors=VECTORS, ids=IDS, labels=IDS),
    "packed.npz": npz(np.savez_compressed, vectors=VECTORS, coordinates=VECTORS[:, :2]),
    "v.parquet": parquet({"vector": VECTORS.tolist(), "id": IDS, "label": IDS}, compression="NONE"),
    "xy.parquet": parquet({"x": VECTORS[:, 0], "y": VECTORS[:, 1], "caption": IDS}),
}


@pytest.mark.parametrize("name", TABLES)
def test_damaged_tables_of_pictures(name, times, bounded, tmp_path):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    if path.parent == tmp_path:
        for one in NAMES:
            (tmp_path / one).write_bytes(png())
    for seed in range(50 * times):
        path.write_bytes(damaged(TABLES[name], seed))
        asked(lambda: _all_of(Folder(tmp_path)))


def _all_of(folder: Folder) -> None:
    folder.fingerprint()
    for row in range(len(folder)):
        folder.entry(row)
        asked(lambda row=row: folder[row])


@pytest.mark.parametrize("name", OWN)
def test_damaged_files_of_vectors(name, times, bounded, tmp_path):
    path = tmp_path / name
    for seed in range(50 * times):
        path.write_bytes(damaged(OWN[name], seed))
        asked(lambda: read_own(path))
