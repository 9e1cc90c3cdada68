"""What ships computed: vectors, maps, and the rows behind the curves."""

from replearn.core.assets import asset_path
from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.encoders import lab
from replearn.encoders.registry import load_model
from replearn.projections import PROJECTIONS, load_projection
from replearn.projections.grid import MOST
from replearn.projections.sample import stratified
from replearn.results.rows.shape import shipped_photo_rows, shipped_shape_rows, write_shape_rows
from replearn.store.layouts import FOLDER, keep_layout, layout_name
from replearn.store.table import compute_table, read_table, table_name, write_table
from replearn.studies.distortions.shipped_curves import build_curves
from replearn.studies.dreams.gallery import build_galleries
from replearn.studies.invariance.build import build_invariance
from replearn.studies.map.picture_grid import picture_grid
from replearn.studies.map.project import computed
from replearn.studies.map.random_cloud import keep_random_cloud
from replearn.studies.parts.units.build_responses import build_responses
from replearn.studies.shape.rows import make_photo_rows, make_shape_rows

DATASET = "emoji"
MODEL = "photo-clip"
SEED = 0


def shipped_maps() -> list[tuple[str, str]]:
    """Return (data set, model) of the maps that ship, so that the tab opens with one.

    A model of the lab is named after the data set that it was trained on.
    """
    lab_models = [(name.partition("-")[0], name) for name in lab.SHIPPED]
    return [
        (DATASET, MODEL),
        (DATASET, "imagenet"),
        ("photos", MODEL),
        ("photos", "imagenet"),
        ("shapes", MODEL),
        ("shapes", "imagenet"),
        ("shapes", "shapes-untrained"),
        *lab_models,
    ]


def build_shipped(progress: Progress = silent) -> None:
    """Compute the shipped maps and curves anew and write them to `assets/`.

    File names carry the fingerprints of data and model: what another model left behind is removed.
    Takes about forty minutes on two cores.
    """
    build_maps(progress)
    build_curves(progress)
    build_invariance(progress=progress)
    build_responses(progress=progress)
    build_galleries(progress)
    write_shape_rows(make_shape_rows(progress=progress), shipped_shape_rows())
    write_shape_rows(make_photo_rows(progress), shipped_photo_rows())


def build_maps(progress: Progress = silent) -> None:
    """Write vectors and a layout for every projection of all `shipped_maps`."""
    for folder in ("tables", FOLDER):
        for path in asset_path(folder).glob("*.npz"):
            path.unlink()
    keep_random_cloud(progress)
    for dataset, model in shipped_maps():
        build_map(dataset, model, progress)


def build_map(dataset: str, model: str, progress: Progress = silent) -> None:
    """Write one data set's vectors under one model and a layout for every projection.

    What stands there already under the same name is computed anew.
    """
    data, encoder = load_dataset(dataset), load_model(model)
    for part in ("tables", FOLDER):
        asset_path(part).mkdir(parents=True, exist_ok=True)
    path = asset_path("tables", table_name(data, encoder))
    write_table(compute_table(data, encoder, progress), path)
    table = read_table(path)  # rounded as it will be read
    vectors = table.take(stratified(table.groups, seed=SEED)).vectors
    folder = asset_path(FOLDER)
    for name in PROJECTIONS:
        method = load_projection(name)
        layout = computed(vectors, method, SEED, progress)
        keep_layout(layout, layout_name(vectors, name, method.settings, SEED), folder)
        if len(vectors) <= MOST:
            picture_grid(layout.coordinates, folder)


def is_shipped(dataset: str, model: str) -> bool:
    """Say whether the vectors of a data set under a model are shipped, so that a map is cheap."""
    return asset_path("tables", table_name(load_dataset(dataset), load_model(model))).exists()
