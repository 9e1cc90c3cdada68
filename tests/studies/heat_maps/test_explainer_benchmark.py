"""The benchmark of heat-map methods: what it is made of, and a small run."""

import numpy as np
import pytest
from PIL import Image

from replearn.core.errors import CapabilityError, InputError
from replearn.data.shapes.vocabulary import SOLIDS
from replearn.plotting.heat_maps.benchmark_table import benchmark_table
from replearn.results.explainer_benchmark import FINER, MEASURES, MethodTrial, figures
from replearn.results.rows.explainers import read_explainer_trials, write_explainer_trials
from replearn.studies.heat_maps.benchmark import BenchmarkChoice, cell_region, explainer_trials
from replearn.studies.heat_maps.mosaics import SurePicture, joined, mosaics
from replearn.studies.heat_maps.object_scenes import object_scenes
from replearn.studies.heat_maps.pointing import point_at_region

pytestmark = pytest.mark.slow


def sure(number, index):
    return SurePicture(Image.new("RGB", (8, 8), (number, 0, 0)), index, f"p{number}")


def trial(method, value, measure="deletion", model="m", dataset="d", weights="f"):
    return MethodTrial(model, weights, dataset, 0, measure, method, "p", value)


def test_a_mosaic_has_four_classes_and_a_picture_is_used_once():
    found = list(mosaics([sure(i, i // 2) for i in range(16)]))
    assert len(found) == 4
    used = [name for one in found for name in one.id.split("+")]
    assert len(set(used)) == len(used) == 16
    for one in found:
        assert len(set(one.indices)) == 4
        assert one.image.size == (16, 16)


def test_cells_are_counted_row_by_row():
    picture = np.asarray(joined([sure(10 * i, i).image for i in range(4)]))[..., 0]
    for cell in range(4):
        small = cell_region(cell)[::14, ::14]
        assert small.shape == picture.shape
        assert (picture[small > 0] == 10 * cell).all()
        assert point_at_region(cell_region(cell), cell_region(cell)).energy == pytest.approx(1)
        flat = point_at_region(np.ones((7, 7), np.float32), cell_region(cell))
        assert flat.energy == pytest.approx(0.25)


def test_the_mask_lies_on_the_named_object():
    for objects in (1, 2):
        scenes = list(object_scenes(objects, 6, seed=1))
        assert len(scenes) == 6
        for scene in scenes:
            assert scene.mask.shape == (64, 64)
            assert 0.01 < scene.mask.mean() < 0.6
            assert 0 <= scene.index < len(SOLIDS)
    sides = [float((s.mask.sum(0) * np.arange(64)).sum() / s.mask.sum()) for s in scenes]
    assert min(sides) < 28  # the first and the second are named in turn
    assert max(sides) > 36


def test_rows_come_back_and_a_new_run_replaces_its_own_alone(tmp_path):
    path = tmp_path / "rows.csv"
    write_explainer_trials([trial("cam", 0.25), trial("rise", float("nan"))], path)
    write_explainer_trials([trial("cam", 0.5)], path)
    found = read_explainer_trials(path)
    assert {(t.method, t.value) for t in found if t.method == "cam"} == {("cam", 0.5)}
    assert np.isnan(next(t.value for t in found if t.method == "rise"))
    path.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="run it again"):
        read_explainer_trials(path)


def test_runs_over_other_measures_and_data_sets_stand_beside_each_other(tmp_path):
    path = tmp_path / "rows.csv"
    write_explainer_trials([trial("cam", 1, "deletion"), trial("cam", 2, "milliseconds")], path)
    write_explainer_trials([trial("cam", 3, "milliseconds")], path)
    write_explainer_trials([trial("cam", 4, dataset="e"), trial("cam", 5, model="o")], path)
    assert sorted(one.value for one in read_explainer_trials(path)) == [1, 3, 4, 5]
    write_explainer_trials([trial("rise", 6, weights="retrained")], path)
    assert sorted(one.value for one in read_explainer_trials(path)) == [5, 6]


def test_the_table_has_a_mean_with_its_interval_and_n():
    rows = [trial("cam", 1.0), trial("cam", 3.0), trial("rise", 2.0), trial("rise", 2.0)]
    found = figures(rows)
    assert found[0].figure.value == 2
    assert found[0].figure.high == pytest.approx(2 + 12.7062 * 1, abs=1e-3)  # t with 1 degree
    headings, table = benchmark_table(found, "m")
    assert headings == ["method", "deletion (n = 2)"]
    assert table[1] == ["rise", "2 [2, 2]"]


def run(*arguments, **options):
    choice = BenchmarkChoice(*arguments, **options)
    return [one for some in explainer_trials(choice) for one in some]


@pytest.mark.slow
def test_a_small_run_measures_what_the_model_allows_but_no_time():
    sizes = {"mosaics": 1, "pictures": 2, "twins": 1, "scenes": 1, "seed": 3}
    found = run("shapes-supervised", "shapes", ("cam", "guided-backprop"), **sizes)
    assert {one.measure for one in found} == set(MEASURES) - {"milliseconds"}
    value = {(one.method, one.measure): one.value for one in found}
    for method in ("cam", "guided-backprop"):
        assert 0 <= value[method, "grid pointing"] <= 1
        assert value[method, "object"] > 0
    assert value["guided-backprop", "random weights"] > value["cam", "random weights"]
    assert ("random order", "insertion") in value
    with pytest.raises(InputError, match="can't be asked with attention-rollout"):
        run("shapes-supervised", "shapes", ("attention-rollout",))


def test_time_is_measured_alone_where_it_is_named():
    found = run("shapes-supervised", "shapes", ("cam",), ("milliseconds",), pictures=3)
    assert {one.measure for one in found} == {"milliseconds"}
    assert len(found) == 2  # the first map pays for imports
    with pytest.raises(InputError, match="no measure 'seconds'; choose grid pointing"):
        BenchmarkChoice("shapes-supervised", "shapes", measures=("seconds",))


def test_a_model_that_reads_text_is_asked_for_the_data_sets_classes():
    sizes = {"mosaics": 1, "pictures": 1, "twins": 0, "scenes": 2, "seed": 3}
    found = run("shapes-clip", "shapes", ("attention-relevance",), **sizes)
    measured = {one.measure for one in found}
    assert {"grid pointing", "object", "named object", "deletion", "insertion"} == measured
    assert not any(name.endswith(FINER) for name in measured)  # a transformer takes one size
    assert all(0 < one.value <= 1 for one in found if one.measure == "grid pointing")
    assert all(one.value > 0 for one in found if "object" in one.measure)


def test_a_model_that_reads_text_wants_a_data_set_with_classes(noise_picture, tmp_path):
    noise_picture.save(tmp_path / "noise.png")
    with pytest.raises(CapabilityError, match="has no classes to ask shapes-clip for"):
        run("shapes-clip", f"folder:{tmp_path}", ("attention-relevance",))
