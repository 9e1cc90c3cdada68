"""A message is one line, whatever a user gave that it repeats."""

import pickle

from replearn.core.errors import LONGEST, InputError, ReplearnError


def test_what_would_break_or_turn_the_line_becomes_a_space():
    said = str(InputError("There is no 'a\nb\u202ec\0d\ud800e\u2028'; choose café or 猫."))
    assert said == "There is no 'a b c d e '; choose café or 猫."
    said.encode()


def test_of_an_endless_message_the_beginning_and_the_end_are_kept():
    said = str(ReplearnError(f"There is no {'x' * 1_000_000}; choose one."))
    assert said.startswith("There is no xxx")
    assert said.endswith("xxx; choose one.")
    assert len(said) <= LONGEST + 10


def test_it_comes_back_from_another_process():
    again = pickle.loads(pickle.dumps(InputError("a\nb")))
    assert type(again) is InputError
    assert str(again) == "a b"
