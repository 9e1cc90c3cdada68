"""A data set that changes, or vanishes, while it is open."""

import io
import runpy
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from replearn.core.errors import InputError
from replearn.data.folder import Folder
from replearn.store import table

MeanColour = runpy.run_path(str(Path(__file__).parents[1] / "store" / "mean_colour.py"))[
    "MeanColour"
]


def test_pictures_that_vanish_are_left_out(pictures, own_cache):
    data = Folder(pictures)
    (pictures / "even" / "0.png").unlink()
    with pytest.raises(InputError, match=r"no file called even/0\.png"):
        data[0]
    assert len(table.compute_table(data, MeanColour())) == 11
    assert data.fingerprint() != Folder(pictures).fingerprint()
    shutil.rmtree(pictures)
    with pytest.raises(InputError, match="No picture of"):
        table.compute_table(data, MeanColour())
    with pytest.raises(InputError, match="There is no folder called"):
        Folder(pictures)


def test_pictures_that_change_have_another_state(pictures):
    data = Folder(pictures)
    before, state = data.fingerprint(), data.entry(0).state
    Image.new("RGB", (9, 9), "blue").save(pictures / "even" / "0.png")
    assert data.entry(0).state != state
    assert data.fingerprint() != before
    assert data[0].image.size == (9, 9)
    (pictures / "even" / "10.png").write_text("no picture")
    with pytest.raises(InputError, match=r"10\.png is a text file"):
        data[1]


def test_a_table_with_pictures_inside_that_changes_or_vanishes(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    def write(count: int) -> None:
        buffer = io.BytesIO()
        Image.new("RGB", (4, 4)).save(buffer, "PNG")
        column = [{"bytes": buffer.getvalue(), "path": f"{n}.png"} for n in range(count)]
        pq.write_table(pa.table({"image": column}), tmp_path / "train.parquet")

    write(3)
    data = Folder(tmp_path)
    assert np.asarray(data[0].image).shape == (4, 4, 3)
    data = Folder(tmp_path)
    write(1)
    with pytest.raises(InputError, match=r"train\.parquet"):
        data[2]
    (tmp_path / "train.parquet").unlink()
    with pytest.raises(InputError, match=r"train\.parquet"):
        data[1]
