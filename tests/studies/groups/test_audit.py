"""Prompts against pairs whose association is known, WEAT by hand, and what can't be asked."""

import json
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from replearn.core.errors import CapabilityError, InputError, StoppedError
from replearn.core.share_tests import holm
from replearn.data import load_dataset
from replearn.results.audit import audit_from_dict
from replearn.results.audit.association import BY_CHANCE, SURVIVES
from replearn.results.rows.audit import TABLE, write_audit_rows
from replearn.studies.groups import kept_pairs
from replearn.studies.groups.associations import (
    associations,
    single_category_effects,
    weat,
    wording_spread,
)
from replearn.studies.groups.audit import audit
from replearn.studies.groups.audit_options import AuditOptions
from replearn.studies.groups.pairs import chosen_trait

PROMPTS = ("a warm day", "a cold day", "a thing")


@pytest.fixture(autouse=True)
def _forgotten():
    kept_pairs._kept.clear()


def test_what_is_planted_is_found_and_what_isnt_is_not(colours, painted):
    found = audit(PROMPTS, painted(), "colours", AuditOptions(compared=("blue", "red")))
    warm, cold, neither = found.associations
    assert warm.verdict == cold.verdict == SURVIVES
    assert neither.verdict == BY_CHANCE
    assert warm.difference.low > 0 > cold.difference.high
    assert warm.towards(found.compared) == "red"
    assert cold.towards(found.compared) == "blue"
    assert warm.effect > 1 > neither.effect > -1 > cold.effect
    assert warm.same_sign == len(found.templates)
    assert {one.prompt for one in found.surviving()} == set(PROMPTS[:2])
    assert found.stamp.n == warm.difference.n == 12
    assert found.stamp.seed == 0


def test_the_other_way_round_is_the_same_with_another_sign(colours, painted):
    data = painted()
    ours, other = (
        audit(PROMPTS, data, "colours", AuditOptions(compared=two)).associations
        for two in (("blue", "red"), ("red", "blue"))
    )
    for one, two in zip(ours, other, strict=True):
        assert one.difference.value == pytest.approx(-two.difference.value)
        assert one.effect == pytest.approx(-two.effect)
        assert one.p == two.p
        assert one.wording == pytest.approx(two.wording)


def test_p_is_corrected_over_all_prompts_and_models(colours, painted):
    found = audit(PROMPTS, painted(), ["colours", "again"])
    assert found.models == ("colours", "again")
    raw = [one.p for one in found.associations]
    np.testing.assert_allclose([one.corrected for one in found.associations], holm(raw))
    many = pytest.importorskip("statsmodels.stats.multitest")
    expected = many.multipletests(raw, method="holm")[1]
    np.testing.assert_allclose([one.corrected for one in found.associations], expected)
    assert found.only(["again"]).models == ("again",)


def test_each_value_is_measured_against_the_first(colours, painted):
    found = audit(PROMPTS, painted(values=("blue", "green", "red")), "colours")
    assert found.values == ("blue", "green", "red")
    assert found.compared == ("blue", "red")
    warm = found.associations[0]
    assert set(warm.by_value) == {"green", "red"}
    assert warm.by_value["red"] == warm.difference


def test_the_pictures_are_encoded_once_and_kept(colours, painted):
    data = painted()
    audit(PROMPTS, data, "colours")
    seen = colours["colours"].seen
    assert seen == 24
    audit(["a cold thing"], data, "colours", AuditOptions(seed=1))
    assert colours["colours"].seen == seen


def test_words_that_a_model_doesnt_know_are_said_to_be_read_alike(colours, painted):
    found = audit(["a bard", "a lord", "a warm day"], painted(), "colours")
    assert found.read_alike["colours"] == (("a bard", "a lord"),)


def slow_effect(first, second):
    """SC-WEAT as in the paper, for one prompt: mean minus mean over one standard deviation."""
    every = [*first, *second]
    mean = sum(every) / len(every)
    deviation = (sum((one - mean) ** 2 for one in every) / (len(every) - 1)) ** 0.5
    return (sum(second) / len(second) - sum(first) / len(first)) / deviation


def test_sc_weat_and_weat_are_those_of_a_slow_reference():
    random = np.random.default_rng(1)
    ours, others = random.normal(0.2, 0.1, (3, 5, 2)), random.normal(0.2, 0.1, (2, 5, 2))
    effects = single_category_effects(ours)
    expected = [slow_effect(one[:, 0].tolist(), one[:, 1].tolist()) for one in ours]
    np.testing.assert_allclose(effects, expected)

    found = weat(ours, others, seed=0)
    each = {
        (pair, side): np.mean([c[pair, side] for c in ours])
        - np.mean([c[pair, side] for c in others])
        for pair in range(5)
        for side in (0, 1)
    }
    first, second = ([each[pair, side] for pair in range(5)] for side in (0, 1))
    assert found.effect == pytest.approx(slow_effect(first, second))
    values = [*second, *first]
    gaps = [
        abs(sum(values[i] for i in some) - sum(v for i, v in enumerate(values) if i not in some))
        for some in combinations(range(10), 5)
    ]
    observed = abs(sum(second) - sum(first))
    assert found.p == pytest.approx(sum(gap >= observed - 1e-12 for gap in gaps) / len(gaps))


def test_the_yardstick_is_what_rewording_alone_does():
    cosines = np.zeros((1, 3, 4, 2))
    cosines += np.array([0.1, 0.2, 0.3])[:, None, None]  # of the paraphrases
    cosines += np.random.default_rng(0).normal(0, 1, (4, 2))  # of the pictures: no matter
    assert wording_spread(cosines)[0] == pytest.approx(0.1)
    found = associations("m", ("p",), ("a", "b"), cosines, (0, 1), 0)[0]
    assert found.wording == pytest.approx(0.1)
    assert found.difference.n == 4


def test_prompts_are_set_against_others(colours, painted):
    options = AuditOptions(against=("a cold day",), compared=("blue", "red"))
    found = audit(["a warm day"], painted(), "colours", options)
    assert found.weat["colours"].effect > 1
    assert found.weat["colours"].p < 0.01
    assert found.prompts == ("a warm day",)


def test_an_audit_is_rows_a_table_and_json(colours, painted, tmp_path):
    options = AuditOptions(against=("a cold day",))
    found = audit(["=warm", "a thing"], painted(), "colours", options)
    frame = found.to_frame()
    assert list(frame["prompt"]) == ["=warm", "a thing"]
    assert list(frame.columns) == list(TABLE.names)
    back = audit_from_dict(json.loads(json.dumps(found.to_dict())))
    assert back.associations == found.associations
    assert back.common == found.common
    assert back.read_alike == found.read_alike
    assert (back.values, back.compared, back.weat) == (found.values, found.compared, found.weat)
    write_audit_rows(found, tmp_path / "rows.csv")
    rows = TABLE.read_rows(dict, tmp_path / "rows.csv")
    assert rows[0]["prompt"] == "'=warm"  # no formula
    assert rows[1]["difference"] == pytest.approx(found.associations[1].difference.value, abs=1e-5)


@pytest.mark.parametrize(
    ("prompts", "options", "said"),
    [
        ([], {}, "at least one prompt"),
        ([" ", "\n"], {}, "at least one prompt"),
        (["a"] * 5000, {}, "5,000 prompts; give at most 200"),
        (["x" * 400], {}, "has 400 characters"),
        (["a"], {"templates": ("{}",)}, "at least two paraphrases"),
        (["a"], {"templates": ("{}", "no place")}, "must contain {} exactly once"),
        (["a", "b"], {"against": ("A",)}, "stands on both sides"),
        (["a"], {"compared": ("blue", "gren")}, "has the trait 'gren'"),
        (["a"], {"compared": ("blue", "blue")}, "two different values"),
        (["a"], {"trait": "tone"}, "has no column 'tone'; it has trait"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(colours, painted, prompts, options, said):
    with pytest.raises(InputError) as refused:
        audit(prompts, painted(), "colours", AuditOptions(**options))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_data_without_pairs_and_models_without_text_are_one_sentence(colours, painted):
    with pytest.raises(InputError, match="photos has no pairs: an audit wants pictures"):
        audit(["a"], "photos", "colours")
    with pytest.raises(CapabilityError, match="blind has no text tower"):
        audit(["a"], painted(), "blind")
    with pytest.raises(InputError, match="at least one model"):
        audit(["a"], painted(name="more"), [])
    with pytest.raises(InputError, match="choose at most 6"):
        audit(["a"], painted(name="others"), [str(i) for i in range(7)])


def test_too_few_pairs_and_a_single_value_are_one_sentence(colours, painted):
    with pytest.raises(InputError, match=r"Only 4 pairs .* fewer than 6"):
        audit(["a"], painted(4), "colours")
    with pytest.raises(InputError, match="have the same trait"):
        audit(["a"], painted(8, values=("red",), name="one"), "colours")


def test_html_in_a_prompt_stays_what_it_is(colours, painted):
    found = audit(["<img src=x onerror=alert(1)> warm"], painted(), "colours")
    assert found.prompts == ("<img src=x onerror=alert(1)> warm",)


def test_an_audit_can_be_stopped(colours, painted):
    def stopping(done, total, what):
        raise StoppedError("stopped")

    with pytest.raises(StoppedError):
        audit(PROMPTS, painted(), "colours", progress=stopping)


def test_several_pictures_of_one_value_are_averaged(colours, painted, tmp_path):
    data = painted(6)
    folder = data.removeprefix("folder:")
    with open(f"{folder}/labels.csv", "a") as file:
        file.write("0-red.png,thing 1,red\n")
    found = audit(PROMPTS, data, "colours")
    assert found.stamp.n == 6
    assert found.stamp.settings["pictures"] == 13


def test_own_columns_name_the_trait(colours, painted):
    data = painted(columns=("path", "pair", "light"))
    assert audit(PROMPTS, data, "colours", AuditOptions(trait="light")).trait == "light"
    with pytest.raises(InputError, match="no column 'trait'; it has light"):
        audit(PROMPTS, data, "colours")


def test_dollar_street_and_geode_as_folders_have_their_columns(tmp_path):
    """The columns that the documentation names are read: the label, and two for groups."""
    for name in ("soap", "stove"):
        Image.new("RGB", (8, 8)).save(tmp_path / f"{name}.jpg")
    table = "path,topic,income,region\nsoap.jpg,soap,27,Africa\nstove.jpg,stove,10090,Europe\n"
    (tmp_path / "labels.csv").write_text(table)
    data = load_dataset(f"folder:{tmp_path}")
    assert data.class_names == ("soap", "stove")
    assert [data.class_names[data[i].label] for i in range(2)] == ["soap", "stove"]
    assert (data[0].meta["income"], data[0].meta["region"]) == ("27", "Africa")
    with pytest.raises(InputError, match="has no pairs"):
        chosen_trait(data, "income")
