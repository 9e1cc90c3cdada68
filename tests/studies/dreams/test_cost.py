import pytest

from replearn.core.errors import InputError
from replearn.studies.dreams.cost import drawing_seconds, dreaming_seconds, inverting_seconds
from replearn.studies.dreams.dream import DeepDreamChoice
from replearn.studies.dreams.dream_choice import DreamChoice

MODEL = "shapes-supervised"


def test_twice_the_steps_are_said_to_take_twice_the_time():
    some = drawing_seconds(MODEL, DreamChoice(steps=50))
    assert some > 0
    assert drawing_seconds(MODEL, DreamChoice(steps=100)) == pytest.approx(2 * some)
    assert inverting_seconds(MODEL, 4, 32) == pytest.approx(2 * inverting_seconds(MODEL, 2, 32))


def test_each_octave_below_the_largest_adds_half_of_the_one_above():
    one = dreaming_seconds(MODEL, "", DeepDreamChoice(octaves=1))
    assert dreaming_seconds(MODEL, "", DeepDreamChoice(octaves=2)) == pytest.approx(
        one * (1 + 1 / 1.96)
    )


def test_what_cannot_be_made_has_no_time():
    with pytest.raises(InputError):
        drawing_seconds("no-such-model", DreamChoice())
