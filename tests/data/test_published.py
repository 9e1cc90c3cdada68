"""Published figures of geography: shares, groups, and the same as in the reference folder."""

import csv

from replearn.data.published import dollar_street_groups, open_clip_geography, soap_answers


def test_six_services_answered_about_two_soaps():
    rows = soap_answers()
    assert len(rows) == 12
    assert {row.country: row.income for row in rows} == {"Nepal": 288, "United Kingdom": 1890}
    assert all(row.answers[0] == "food" for row in rows if row.country == "Nepal")
    assert not any("food" in row.answers for row in rows if row.country == "United Kingdom")


def test_the_answers_are_those_of_the_reference(shared):
    with (shared / "reference" / "dollar_street_example.csv").open(encoding="utf-8") as file:
        given = list(csv.DictReader(file))
    # one word is that of the paper's figure
    said = [row["predictions"].replace("nutrient", "nutriment") for row in given]
    assert [", ".join(row.answers) for row in soap_answers()] == said


def test_the_poor_and_africa_are_worst_in_every_published_row():
    rows = dollar_street_groups()
    assert {row.kind for row in rows} == {"income", "region"}
    for model in {row.model for row in rows}:
        own = {(row.kind, row.group): row.accuracy for row in rows if row.model == model}
        assert min(own, key=own.__getitem__) == ("income", "low")
        assert min((v, g) for (k, g), v in own.items() if k == "region")[1] == "Africa"


def test_open_clips_models_have_all_three_figures():
    rows = open_clip_geography()
    assert len({row.model for row in rows}) == len(rows) == 17
    for row in rows:
        assert 0 < row.dollar_street < row.geode < 1
        assert 0 < row.imagenet < 1
