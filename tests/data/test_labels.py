"""What a user types as labels and templates."""

import pytest

from replearn.core.errors import InputError
from replearn.data import labels
from replearn.data.labels import (
    IMAGENET,
    LABEL_PRESETS,
    MAX_LABELS,
    MAX_LENGTH,
    TEMPLATE_PRESETS,
    Labels,
    fill,
    imagenet_names,
    parse_labels,
    parse_templates,
    preset_labels,
    preset_names,
)


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_labels(text)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("cat\ndog", ("cat", "dog")),
        ("cat, dog ,bird", ("cat", "dog", "bird")),
        ("cat, dog,\n", ("cat", "dog")),
        ("salt, pepper\ncat", ("salt, pepper", "cat")),  # on several lines commas belong to labels
        ("  cat \r\n\r\n\tdog\u2028bird", ("cat", "dog", "bird")),
        ("one", ("one",)),
        ("hot   air\tballoon", ("hot air balloon",)),
        ("c\0a\x07t\n\x1b[31mdog\n\u202egod\n\ud800x", ("cat", "[31mdog", "god", "x")),
        ("<script>alert(1)</script>\n<b>cat</b>", ("<script>alert(1)</script>", "<b>cat</b>")),
        (
            "caf\u00e9\n\u732b\n\U0001f468\u200d\U0001f373",
            ("café", "猫", "\U0001f468\u200d\U0001f373"),
        ),
        ("a {} of {braces}", ("a {} of {braces}",)),
    ],
)
def test_labels_are_read(text: str, names: tuple[str, ...]) -> None:
    assert parse_labels(text) == Labels(names)


def test_duplicates_are_dropped_and_reported() -> None:
    assert parse_labels("Cat\ndog\ncat\n CAT \nbird") == Labels(
        ("Cat", "dog", "bird"), ("2 duplicates dropped",)
    )
    assert parse_labels("cat, cat").notes == ("1 duplicate dropped",)
    assert parse_labels("straße, STRASSE").names == ("straße",)


@pytest.mark.parametrize("text", ["", "   \n\t\n", ",,,", "\0\x01", "\u200e\n\ufeff"])
def test_no_labels(text: str) -> None:
    assert refusal(text) == "Type at least one label, one on each line."


def test_too_many_labels() -> None:
    assert refusal("\n".join(f"label {i}" for i in range(5_000))).startswith(
        "These are 5,000 labels; give at most 2,000"
    )
    most = [f"label {i}" for i in range(MAX_LABELS)]
    assert parse_labels("\n".join(most)).names == tuple(most)
    assert len(parse_labels("\n".join(most * 2)).names) == MAX_LABELS


def test_a_label_that_is_too_long() -> None:
    message = refusal("cat\n" + "x" * 10_000)
    assert "x" * 40 + "' has 10,000 characters" in message
    assert "x" * 41 not in message
    assert parse_labels("x" * MAX_LENGTH).names == ("x" * MAX_LENGTH,)


@pytest.mark.parametrize("name", preset_names())
def test_presets_pass_their_own_rules(name: str) -> None:
    names = preset_labels(name)
    assert len(names) >= 10
    read = parse_labels("\n".join(names))
    if name == IMAGENET:
        # two of ImageNet's names stand there twice
        assert (len(names), read.notes) == (1_000, ("2 duplicates dropped",))
    else:
        assert read == Labels(names)


def test_the_presets_asked_for_are_there() -> None:
    assert set(LABEL_PRESETS) | {IMAGENET} == set(preset_names())
    assert len(LABEL_PRESETS["everyday things"]) == 40
    assert preset_labels("CIFAR-10")[:3] == ("airplane", "automobile", "bird")
    assert len(TEMPLATE_PRESETS["seven of CLIP's"]) == 7
    with pytest.raises(InputError, match=r"Did you mean animals\?"):
        preset_labels("animal")


def test_imagenet_names_are_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    names = imagenet_names()
    assert (names[0], names[1], names[281], names[999]) == (
        "tench",
        "goldfish",
        "tabby cat",
        "toilet paper",
    )
    monkeypatch.setattr(labels, "package_file", lambda package, inside: None)
    with pytest.raises(InputError, match="pip install open_clip_torch"):
        imagenet_names.__wrapped__()


@pytest.mark.parametrize(
    ("text", "templates"),
    [
        ("", ("{}",)),
        (" \n", ("{}",)),
        ("a photo of a {}.\n art of {} \n\na photo of a {}.", ("a photo of a {}.", "art of {}")),
        ("a {x} of a {}, {y", ("a {x} of a {}, {y",)),
    ],
)
def test_templates_are_read(text: str, templates: tuple[str, ...]) -> None:
    assert parse_templates(text) == templates


@pytest.mark.parametrize("line", ["a photo", "{} and {}", "a {label}", "{ }", "{{x}}"])
def test_a_template_needs_exactly_one_gap(line: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_templates("a photo of a {}.\n" + line)
    assert f"The template {line!r} must contain {{}} exactly once" in str(caught.value)


def test_templates_have_limits() -> None:
    with pytest.raises(InputError, match="306 characters"):
        parse_templates("{} is " + "x" * 300)
    with pytest.raises(InputError, match="These are 101 templates"):
        parse_templates("\n".join(f"{{}} {i}" for i in range(101)))


@pytest.mark.parametrize("name", TEMPLATE_PRESETS)
def test_template_presets_pass_their_own_rules(name: str) -> None:
    assert parse_templates("\n".join(TEMPLATE_PRESETS[name])) == TEMPLATE_PRESETS[name]


def test_filling_leaves_other_braces_alone() -> None:
    assert fill("a {x} of a {}.", "{0} <b>") == "a {x} of a {0} <b>."
