"""The lab's studies: runs, views, factors, and one anchor's loss."""

import time

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from replearn.core import processes
from replearn.core.errors import CapabilityError, InputError
from replearn.data.shapes import FACTORS
from replearn.encoders.lab import runs_folder
from replearn.encoders.registry import load_model, models
from replearn.losses.clip import clip_loss
from replearn.losses.nt_xent import nt_xent
from replearn.plotting.training.batch_figures import anchor_figure, caption_figure
from replearn.plotting.training.run_figures import round_map_figure, run_figure, similarity_figure
from replearn.results.training import RunState
from replearn.studies.training import runs as lab
from replearn.studies.training.factor_probe import factor_probe
from replearn.studies.training.loss_batch import caption_batch, view_batch
from replearn.studies.training.loss_explorer import anchor_loss, clip_formula, clip_shares, formula
from replearn.studies.training.run_state import _positives, run_state
from replearn.studies.training.runs import (
    all_runs,
    continue_run,
    free_name,
    going_run,
    start_run,
    stop_run,
)
from replearn.studies.training.views import two_views

pytestmark = pytest.mark.slow

TINY = {
    "side": 32,
    "width": 8,
    "epochs": 500,
    "epoch_pictures": 64,
    "batch": 32,
    "precision": "float32",
}


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "cache"))
    # a run gives way to all that goes on beside it, which here is the other tests
    monkeypatch.setattr(processes, "_POLITE", 0)


def waited(name: str, reached) -> RunState:  # type: ignore[no-untyped-def]
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
        found = run_state(name)
        if reached(found):
            return found
        time.sleep(0.3)
    raise AssertionError(found.said)


def test_a_run_is_watched_stopped_and_opens_as_a_model():
    start_run("supcon", "watched", TINY)
    with pytest.raises(InputError, match="watched is still going"):
        start_run("supcon", "second", TINY)
    going = waited("watched", lambda found: len(found.map_steps) >= 3)
    assert going.state == "running"
    assert going.cosines is None or going.cosines.shape[0] == 2 * len(going.cosine_labels)
    for figure in (run_figure(going), similarity_figure(going), round_map_figure(going, 1)):
        assert set(figure) >= {"traces", "layout"}
    stop_run("watched")
    ended = waited("watched", lambda found: found.state != "running")
    assert ended.state == "stopped"
    assert load_model("run:watched").card.image_parameters > 0


def test_a_page_opened_later_finds_the_run_and_goes_on_with_it(monkeypatch):
    assert (going_run(), all_runs(), free_name("supcon")) == (None, [], "supcon-1")
    start_run("supcon", "supcon-1", TINY)
    waited("supcon-1", lambda found: len(found.map_steps) >= 2)
    child = lab._processes["supcon-1"]
    monkeypatch.setattr(lab, "_processes", {})  # another app, or this one started anew
    assert going_run() == "supcon-1"
    assert (all_runs(), free_name("supcon")) == (["supcon-1"], "supcon-2")
    with pytest.raises(InputError, match="supcon-1 is still going"):
        start_run("simclr", "other", TINY)
    stop_run("supcon-1")
    child.wait(60)
    stopped = run_state("supcon-1")
    assert (stopped.state, going_run()) == ("stopped", None)
    assert set(stopped.map_names) == set(FACTORS["solid"])
    continue_run("supcon-1")
    further = waited("supcon-1", lambda found: found.map_steps[-1] > stopped.map_steps[-1])
    assert further.state == "running"
    stop_run("supcon-1")
    waited("supcon-1", lambda found: found.state != "running")
    with pytest.raises(InputError, match="no run 'nothing' to go on with"):
        continue_run("nothing")


def test_a_stop_before_the_work_began_ends_it_at_once():
    start_run("supcon", "early", TINY)
    stop_run("early")
    assert waited("early", lambda found: found.state != "running").state == "stopped"
    assert all_runs() == ["early"]


def test_a_shipped_models_curve_is_there_before_any_run():
    found = run_state("shapes-supcon")
    assert found.state == "finished"
    assert len(run_figure(found)["traces"]) == 5
    assert similarity_figure(found)["traces"] == round_map_figure(found, 3)["traces"] == []


def test_positives_are_partners_and_with_supcon_all_of_a_class(tmp_path):
    labels = np.array([0, 1, 1, -1])
    partner = _positives(tmp_path, labels)
    assert partner.sum() == 8
    assert partner[1, 5]
    assert partner[5, 1]
    (tmp_path / "recipe.json").write_text('{"recipe": "SupCon"}')
    alike = _positives(tmp_path, labels)
    assert alike.sum() == 2 + 4 * 3 + 2
    assert not alike.diagonal().any()
    assert alike[3, 7]


def test_a_run_that_fails_says_why_in_its_own_sentence():
    start_run("simclr", "failing", TINY | {"dataset": "folder:/nowhere/at/all"})
    ended = waited("failing", lambda found: found.state not in {"running"})
    assert ended.state == "failed"
    assert "/nowhere/at/all" in ended.said
    assert "Traceback" not in ended.said


def test_what_cannot_be_started_is_one_sentence():
    with pytest.raises(InputError, match="Give the run a name"):
        start_run("simclr", "a/b", TINY)
    with pytest.raises(InputError, match="Did you mean batch"):
        start_run("simclr", "x", {"bach": 3})
    with pytest.raises(InputError, match="no run called"):
        run_state("nothing")


def test_views_differ_from_their_picture_and_from_each_other():
    rows = two_views("simclr", {"side": 32}, 3)
    assert len(rows) == 3
    for picture, first, second in rows:
        assert picture.shape == first.shape == (32, 32, 3)
        assert np.abs(first.astype(int) - second).mean() > 2
    still = two_views("simclr", {"side": 32, "crop": 1, "flip": 0, "colour": 0, "grey": 0}, 1)
    assert np.abs(still[0][0].astype(int) - still[0][1]).max() <= 1
    scene = two_views("simclr", {"side": 32, "views": "scene", "crop": 1, "colour": 0}, 1)
    assert np.abs(scene[0][1].astype(int) - scene[0][2]).mean() > 5
    # pictures that stay as they are have no views
    assert two_views("photo-clip", {}) == two_views("lit", {}) == []


@pytest.mark.parametrize("temperature", [0.05, 0.5])
def test_the_anchors_numbers_are_those_of_the_loss(temperature):
    random = torch.Generator().manual_seed(0)
    first, second = (F.normalize(torch.randn(5, 7, generator=random)) for _ in range(2))
    both = torch.cat([first, second])
    cosines = both @ both.T
    found = [anchor_loss(cosines.numpy(), i, temperature) for i in range(10)]
    mean = np.mean([one.loss for one in found])
    assert mean == pytest.approx(float(nt_xent(first, second, temperature)), rel=1e-5)
    values = torch.tensor(found[3].cosines, requires_grad=True)
    F.cross_entropy((values / temperature)[None], torch.tensor([found[3].positive])).backward()
    np.testing.assert_allclose(found[3].pull, values.grad.numpy(), atol=1e-9)
    assert found[3].shares.sum() == pytest.approx(1)
    assert len(anchor_figure(found[3], [f"view {i}" for i in range(9)])["traces"]) == 3
    shares, loss = clip_shares((first @ second.T).numpy(), temperature)
    expected = clip_loss(first, second, torch.tensor(1 / temperature).log())
    assert loss == pytest.approx(float(expected), rel=1e-5)
    np.testing.assert_allclose(shares.sum(1), 1)


def test_the_loss_explorer_refuses_what_cannot_be():
    with pytest.raises(InputError, match="no view 9"):
        anchor_loss(np.eye(4), 9, 0.5)
    for call in (lambda: anchor_loss(np.eye(4), 0, 0), lambda: clip_shares(np.eye(4), -1)):
        with pytest.raises(InputError, match="must be above 0"):
            call()


def test_every_factor_is_probed_and_the_trained_one_is_found():
    found = factor_probe("shapes-supervised", size=300)
    rows = {row.factor: row for row in found.rows}
    assert set(rows) == set(FACTORS)
    assert rows["solid"].probe.value > 0.9
    assert rows["solid"].probe.n == 300
    assert all(row.chance < 0.5 or row.factor == "size" for row in found.rows)
    with pytest.raises(InputError, match="at least 50"):
        factor_probe("shapes-supervised", size=3)


def test_a_batch_of_views_has_its_partners_where_the_loss_looks_for_them():
    batch = view_batch("shapes-supervised", 6)
    assert len(batch.pictures) == len(batch.names) == 12
    np.testing.assert_allclose(np.diag(batch.cosines), 1, atol=1e-4)
    np.testing.assert_allclose(batch.cosines, batch.cosines.T, atol=1e-5)
    for i in range(6):
        assert batch.names[i][2:] == batch.names[i + 6][2:]
    partners = batch.cosines[range(6), range(6, 12)]
    assert partners.mean() > batch.cosines[:6, 6:].mean() + 0.1
    found = anchor_loss(batch.cosines, 2, 0.1)
    said = formula(found, batch.names[2])
    assert f"= {found.loss:.2f}" in said
    assert f"{found.shares[found.positive]:.1%}" in said
    with pytest.raises(InputError, match="choose 2 to 64"):
        view_batch("shapes-supervised", 1)


def test_a_batch_of_captions_is_the_matrix_that_clip_sees():
    batch = caption_batch("photo-clip", 5)
    assert batch.cosines.shape == (5, 5)
    assert len(batch.texts) == 5
    shares, loss = clip_shares(batch.cosines, 0.07)
    figure = caption_figure(batch.cosines, shares, list(batch.names), list(batch.texts))
    assert len(figure["traces"]) == 2
    said = clip_formula(loss, 5, 0.07, batch.temperature)
    assert "20 false ones" in said
    assert f"{batch.temperature:.3f}" in said
    with pytest.raises(CapabilityError):
        caption_batch("shapes-supervised", 5)


def test_a_damaged_run_hides_no_other_model():
    folder = runs_folder() / "damaged"
    folder.mkdir(parents=True)
    (folder / "card.json").write_text("{not json")
    names = {row.name for row in models()}
    assert "photo-clip" in names
    assert "run:damaged" not in names
