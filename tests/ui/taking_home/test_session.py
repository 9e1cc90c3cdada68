"""A session of several kinds of questions, taken home: its notebook gives the page's numbers."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import nbformat
import pytest

from replearn.core.page_link import read_link
from replearn.data.photos import Photos
from replearn.taking_home.log import Log
from replearn.taking_home.notebook import FOLDER, NAME, notebook
from replearn.taking_home.report import report
from replearn.ui.frame.framing import OWN, Frame, framed_path
from replearn.ui.frame.serving.handed_over import served_folder

ROOT = Path(__file__).resolve().parents[3]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
# tab: which columns of the answer its Python prints, and of how many rows
PRINTED = {
    "Zero-shot": ((1,), 5),
    "Heat maps": ((1, 2, 3), 1),
    "Parts": ((1,), 5),
    "Distortions": ((1,), 5),
    "Map": ((1,), 3),
    "Invariance": ((1, 3, 4), 2),
    "Shape": ((3,), 5),
    "Many pictures": ((1, 2, 3), 1),
    "Training": ((1,), 2),
}

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def upload():
    """A picture as an upload lies: in a folder that its content names."""
    folder = served_folder() / ("0f" * 32)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "my cat (1).png"
    shutil.copyfile(Photos().path(Photos().index("chelsea")), path)
    yield str(path)
    path.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def session(ask, upload):
    """A log of what a visitor asked, in nine tabs."""
    log, photos = Log(), {"emoji": "photos"}
    ask(log, "zero_shot.tab:ask", upload)
    ask(log, "heat_maps.tab:explained", upload, method="grad-cam", target="an ear")
    square = framed_path(upload, Frame(OWN, (0.2, 0.1, 0.5)), "photo-clip")
    ask(log, "parts.tab:shown", square)
    ask(log, "distortions.asking:at_level", upload, distortion="rotation", level=40.0)
    ask(log, "map.tab:drawn_anew", upload, states=photos, projection="pca")
    beside = {"invariance-beside": ["pixels"]}
    ask(log, "invariance.tab:levels", upload, states=photos, **beside)
    ask(log, "shape.tab:renditions")
    ask(log, "many_pictures.cosines_panel:cosines", files=[upload])
    ask(log, "training.predict_panel:revealed", experiment="no-negatives", prediction=0)
    return log


def test_every_question_is_kept_in_order(session):
    assert [one.tab for one in session.entries] == list(PRINTED)
    assert all(one.code and one.stamp and one.table.rows for one in session.entries)


def test_the_notebook_gives_the_numbers_of_the_page(session, tmp_path, monkeypatch):
    client = pytest.importorskip("nbclient")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with zipfile.ZipFile(io.BytesIO(notebook(session.entries, session.pictures()))) as bundle:
        bundle.extractall(tmp_path)
    folder = tmp_path / FOLDER
    made = nbformat.read(folder / NAME, as_version=4)
    where = {"metadata": {"path": str(folder)}}
    client.NotebookClient(made, timeout=600, kernel_name="python3", resources=where).execute()
    cells = [cell for cell in made.cells if cell.cell_type == "code"]
    for entry, cell in zip(session.entries, cells, strict=True):
        columns, rows = PRINTED[entry.tab]
        text = "".join(one.get("text", "") for one in cell.outputs).replace("float32", "")
        printed = [float(one) for one in NUMBER.findall(text)]
        shown = [row[column] for row in entry.table.rows[:rows] for column in columns]
        numbers = [one for one in shown if not isinstance(one, str)]
        assert len(numbers) >= len(columns)
        for number in numbers:
            nearest = min(printed, key=lambda one: abs(one - number))
            assert nearest == pytest.approx(number, rel=1e-4, abs=1e-6), (entry.tab, text)


def test_pictures_come_along_and_no_path_of_the_server(session):
    assert set(session.pictures()) == {"pictures/my-cat-1.png", "pictures/my-cat-1-2.png"}
    written = "".join(one.code for one in session.entries) + report(session.entries)
    assert str(served_folder()) not in written
    assert "0f" * 32 not in "".join(one.code for one in session.entries)


def test_each_entry_has_the_link_of_its_state(session):
    by_tab = {one.tab: read_link(one.link) for one in session.entries}
    upload = f"upload:{'0f' * 32}/my cat (1).png"
    assert by_tab["Zero-shot"].tab == "zero-shot"
    assert by_tab["Zero-shot"].subject == {"picture": upload}
    assert by_tab["Heat maps"].inputs == {"method": "grad-cam", "target": "an ear"}
    assert by_tab["Parts"].subject == {"picture": upload, "frame": ["own", 0.2, 0.1, 0.5]}
    assert by_tab["Distortions"].inputs["level"] == 40
    assert by_tab["Map"].inputs == {"projection": "pca"}
    assert by_tab["Map"].subject == {"dataset": "photos"}
