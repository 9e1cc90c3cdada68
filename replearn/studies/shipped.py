"""What ships computed: the emoji's vectors, their maps, and the rows behind the curves."""

from replearn.core.assets import asset_path
from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.distortions import DISTORTIONS
from replearn.encoders.registry import load_model
from replearn.projections import PROJECTIONS, load_projection
from replearn.projections.quality import layout_quality
from replearn.store.layouts import Layout, keep_layout, layout_name
from replearn.store.table import compute_table, table_name, write_table
from replearn.studies.robustness import run_trials, shipped_trials, write_trials

DATASET = "emoji"
MODEL = "photo-clip"
SEED = 0


def build_shipped(progress: Progress = silent) -> None:
    """Compute the shipped maps and curves anew and write them to `assets/`.

    File names carry the fingerprints of data and model: what another model left behind is removed.
    Takes about fifteen minutes on two cores.
    """
    _clear("tables")
    build_maps(progress)
    _clear("robustness")
    build_curves(progress)


def build_maps(progress: Progress = silent) -> None:
    """Write the emoji's vectors and a layout of them for every projection."""
    data, encoder = load_dataset(DATASET), load_model(MODEL)
    folder = asset_path("tables")
    folder.mkdir(parents=True, exist_ok=True)
    table = compute_table(data, encoder, progress)
    name = table_name(data, encoder)
    write_table(table, folder / name)
    for number, projection in enumerate(PROJECTIONS):
        progress(number, len(PROJECTIONS), projection)
        coordinates = load_projection(projection).fit_transform(table.vectors, SEED)
        layout = Layout(coordinates, layout_quality(table.vectors, coordinates))
        keep_layout(layout, layout_name(name, projection, SEED), folder)


def build_curves(progress: Progress = silent) -> None:
    """Write one row per emoji, distortion and level."""
    trials = [
        trial
        for distortion in DISTORTIONS
        for trial in run_trials(DATASET, distortion, MODEL, seed=SEED, progress=progress)
    ]
    write_trials(trials, shipped_trials(DATASET, MODEL))


def _clear(folder: str) -> None:
    for path in asset_path(folder).glob(f"{DATASET}-*"):
        path.unlink()
