"""What the panels of prompts and of published figures answer, without a browser."""

import gradio as gr
import pytest

from replearn.results.audit import audit_from_dict
from replearn.results.audit.association import SURVIVES
from replearn.studies.groups.audit_options import PARAPHRASES
from replearn.studies.groups.shipped_audit import MODELS, PROMPTS, shipped_audit
from replearn.ui.groups.audit_asked import OWN, PEOPLE_DRAWN, AuditAsked, audit_code
from replearn.ui.groups.audit_endpoint import _audit
from replearn.ui.groups.audit_view import audit_sentences, audit_table
from replearn.ui.groups.published_panel import groups_table, open_clip_table, soap_table

HTML = "<img src=x onerror=alert(1)>"


def values(**changed):
    """Return the panel's inputs as they stand when it opens, some of them changed."""
    first = {
        "model": "photo-clip",
        "dataset": "emoji",
        "prompts": "\n".join(PROMPTS),
        "beside": list(MODELS),
        "whose": PEOPLE_DRAWN,
        "trait": "skin tone",
        "column": "trait",
        "compared": "",
        "templates": "\n".join(PARAPHRASES),
        "against": "",
    }
    return list({**first, **changed}.values())


def ask(panel_answer, **changed):
    request = gr.Request(session_hash="mine")
    return panel_answer("prompts_asked", request, gr.Progress(), *values(**changed))


def test_the_first_view_ships_for_both_traits(panel_answer):
    for trait, ends in (("skin tone", "light to dark"), ("gender", "man to woman")):
        found = panel_answer("prompts_shown", *values(trait=trait))
        assert found["audit-notice"] is None
        assert ends in found["audit-stamp"]["text"]
        assert "n = 49" in found["audit-stamp"]["text"]
        for model in MODELS:
            assert model in found["audit-said"]
        assert len(found["audit-plot"]["traces"]) == 2 * len(MODELS)
        assert found["audit-table"].count("\n") == 1 + len(PROMPTS) * len(MODELS)


def test_one_model_alone_is_a_part_of_what_ships(panel_answer):
    found = panel_answer("prompts_shown", *values(beside=[]))
    assert "emoji-clip" not in found["audit-said"]
    shown = panel_answer("prompts_shown", *values(model="imagenet", beside=["emoji-clip"]))
    assert "photo-clip" not in shown["audit-said"]


def test_other_questions_say_what_to_press(panel_answer):
    for changed in (
        {"prompts": "a doctor"},
        {"beside": ["shapes-clip"]},
        {"templates": "{}\na {}"},
        {"whose": OWN},
    ):
        found = panel_answer("prompts_shown", *values(**changed))
        assert found.keys() == {"audit-notice", "audit-trait", "audit-column"}
        assert found["audit-notice"].startswith("Press ask")


def test_the_column_is_asked_for_where_the_pictures_are_the_users(panel_answer):
    own = panel_answer("prompts_shown", *values(whose=OWN))
    assert own["audit-column"]["visible"]
    assert not own["audit-trait"]["visible"]
    ours = panel_answer("prompts_shown", *values())
    assert not ours["audit-column"]["visible"]
    assert ours["audit-trait"]["visible"]


def test_bad_input_is_one_sentence_and_leaves_the_rest(panel_answer):
    for changed, said in (
        ({"prompts": " \n"}, "at least one prompt"),
        ({"prompts": "\n".join(map(str, range(5000)))}, "5,000 prompts"),
        ({"model": "imagenet", "beside": []}, "at least one model"),
        ({"model": "imagenet", "beside": ["shapes-supervised"]}, "no text tower"),
        ({"whose": OWN, "dataset": "photos"}, "has no pairs"),
        ({"templates": "{}"}, "at least two paraphrases"),
    ):
        found = ask(panel_answer, **changed)
        assert found.keys() == {"audit-notice"}
        assert said in found["audit-notice"]
        assert "\n" not in found["audit-notice"]


@pytest.mark.slow
def test_own_words_are_asked_of_drawn_people(panel_answer):
    found = ask(panel_answer, prompts=f"a farmer\n{HTML}", beside=[], against="a judge")
    assert found["audit-notice"] is None
    assert "&lt;img" in found["audit-table"]
    assert HTML not in found["audit-table"] + found["audit-said"]
    assert "WEAT of the prompts against 1 other(s)" in found["audit-said"]
    with open(found["audit-csv"]) as file:
        assert len(file.readlines()) == 3
    assert "replearn.audit(" in found["audit-code"]


def test_the_sentence_counts_what_the_rows_say():
    found = shipped_audit("skin tone")
    for model, line in zip(found.models, audit_sentences(found).splitlines(), strict=True):
        count = sum(one.verdict == SURVIVES for one in found.of(model))
        assert f"{count} of {len(PROMPTS)} associations survive" in line
    assert audit_table(found).count("| could be chance |") == sum(
        one.verdict == "could be chance" for one in found.associations
    )


def test_the_code_gives_the_same_question():
    asked = AuditAsked(*values(whose=OWN, dataset="folder:A", compared="x to y", column="tone"))
    code = audit_code(asked)
    compile(code, "code", "exec")
    assert "'folder:A'" in code
    assert "trait='tone', compared=('x', 'y')" in code


def test_published_figures_are_shown_with_what_they_are(panel_answer):
    soap = soap_table()
    assert "Nepal, 288 $" in soap
    assert soap.count("| food, ") == 6
    assert soap.count("soap dispenser") == 2
    assert "+0.157" in groups_table()
    assert "`ViT-B-32 openai` | 0.633 | 0.539 | 0.822" in open_clip_table()
    found = panel_answer("published_shown")
    assert len(found["published-plot"]["traces"]) == 4


def test_the_endpoint_refuses_in_one_sentence():
    asked = {"prompts": "a", "pairs": "photos", "models": "photo-clip", "trait": "", "against": ""}
    for changed, said in (
        ({}, "has no pairs"),
        ({"prompts": ""}, "at least one prompt"),
        ({"prompts": "\n".join(map(str, range(5000)))}, "5,000 prompts"),
        ({"prompts": "a" * 100_001}, "at most 100,000 characters"),
        ({"models": "pixels"}, "no text tower"),
        ({"models": "\n".join("abcdefg")}, "choose at most 6"),
        ({"seed": -1}, "The seed must be"),
    ):
        with pytest.raises(gr.Error) as refused:
            _audit(*{**asked, "seed": 0, **changed}.values())
        assert said in refused.value.message


@pytest.mark.slow
def test_the_endpoint_gives_what_the_study_gives():
    found = _audit("a farmer\na judge", "emoji-people", "emoji-clip", "gender", "a cook", 0)
    again = audit_from_dict(found)
    assert again.compared == ("man", "woman")
    assert again.prompts == ("a farmer", "a judge")
    assert set(again.weat) == {"emoji-clip"}
