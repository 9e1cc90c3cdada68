"""Rows behind the curves that ship: of today's model, asked as it is asked today."""

import pytest

from replearn.core.errors import InputError
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.results.rows import about_file
from replearn.results.rows.trials import read_trials
from replearn.studies.answering.conditions import Condition
from replearn.studies.answering.distorted_answers import asked_about, distorted_trials
from replearn.studies.answering.kept_trials import drawn_from, opened, shipped_trials
from replearn.studies.distortions.robustness import PICTURES
from replearn.studies.distortions.shipped_curves import GEIRHOS, shipped_curves

UNTOUCHED = Condition("greyscale", 0.0)


@pytest.mark.slow
@pytest.mark.parametrize("dataset", ["emoji", "photos"])
def test_photo_clip_still_answers_what_ships(dataset):
    # its file is named by weights, and the order in which senses are taken may change beside them
    data, encoder = load_dataset(dataset), load_model("photo-clip")
    path, drawn = shipped_trials(dataset, encoder), drawn_from(data, PICTURES, 0)
    assert about_file(path) == drawn.about()
    shipped = {t.id: t for t in read_trials(path, UNTOUCHED.name) if t.level == UNTOUCHED.level}
    asked = asked_about("photo-clip", data.name, data.class_names)
    batches = distorted_trials(opened(data, drawn), [UNTOUCHED], [asked], 0)
    now = [trial for batch in batches for trial in batch]
    assert {trial.id for trial in now} == set(shipped)
    assert {trial.fingerprint for trial in now} == {kept.fingerprint for kept in shipped.values()}
    other = [trial for trial in now if trial.prediction != shipped[trial.id].prediction]
    assert len(other) <= 0.02 * len(now)
    apart = [abs(trial.confidence - shipped[trial.id].confidence) for trial in now]
    assert max(apart) < 0.05


def test_curves_of_one_model_are_chosen_by_name():
    chosen = shipped_curves("emoji", "photo-clip")
    assert (chosen.models, chosen.distortions) == (("photo-clip",), GEIRHOS)
    alone = shipped_curves("shapes", "shapes-clip")
    assert alone.models == ("shapes-clip",)
    with pytest.raises(InputError, match=r"choose one of shapes shapes-supervised, .*emoji"):
        shipped_curves("emoji", "imagenet")
