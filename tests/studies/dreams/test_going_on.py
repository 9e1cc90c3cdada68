import pytest

import replearn
from replearn.core.errors import InputError
from replearn.studies.dreams.dream_choice import GROWING, MAGNITUDES, USUAL, WOBBLE
from replearn.studies.dreams.going_on import going_on
from replearn.studies.dreams.visualise import visualise_growing

MODEL = "shapes-supervised"


@pytest.mark.slow
@pytest.mark.parametrize("helps", [USUAL, (), (WOBBLE, MAGNITUDES, GROWING)])
@pytest.mark.parametrize("stopped_at", [2, 3])  # after 8 steps of 24, between sides; and after 16
def test_a_picture_that_was_stopped_ends_as_if_it_never_had_been(helps, stopped_at):
    choice = replearn.DreamChoice(helps, steps=28, count=2 if helps else 1)
    aim = 2 * replearn.Aim.text("torus")  # a sum is judged by nobody, and judges take time
    through = list(visualise_growing(aim, MODEL, choice=choice))
    begun = visualise_growing(aim, MODEL, choice=choice)
    stopped = [next(begun) for _ in range(stopped_at)][-1]
    assert stopped.done == 8 * (stopped_at - 1)
    begun.close()
    rest = list(going_on(stopped))
    assert [one.done for one in rest] == [one.done for one in through[stopped_at:]]
    for one, other in zip(rest, through[stopped_at:], strict=True):
        assert [a.tobytes() for a in one.images] == [b.tobytes() for b in other.images]
    assert rest[-1].score == through[-1].score
    assert len(rest[-1].steps) == len(through[-1].steps)
    assert rest[-1].stamp.settings == through[-1].stamp.settings
    # and from the same place once more: going on leaves it where it was
    assert replearn.go_on(stopped).image.tobytes() == through[-1].image.tobytes()


def test_what_is_finished_has_nothing_to_go_on_with():
    choice = replearn.DreamChoice((), steps=1)
    found = replearn.visualise(2 * replearn.Aim.text("torus"), MODEL, choice=choice)
    assert found.standing is None
    with pytest.raises(InputError, match="finished"):
        replearn.go_on(found)
