"""What each model that ships was taught on."""

from replearn.encoders import lab
from replearn.encoders.registry import ENCODERS
from replearn.encoders.worlds import WORLDS


def test_every_model_that_ships_stands_in_one_world_with_a_phrase() -> None:
    told = [name for known in WORLDS.values() for name in known]
    assert sorted(told) == sorted({*ENCODERS, *lab.SHIPPED, *lab.DICTIONARIES})
    for world, known in WORLDS.items():
        assert len(set(known.values())) == len(known), f"two of {world} can't be told apart"
        assert all(0 < len(phrase) <= 24 for phrase in known.values())
