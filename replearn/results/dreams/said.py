"""What networks say of a picture that was made for one of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Judgement:
    """What a network says of a picture.

    Attributes:
        network: its name.
        own: whether the picture was made for it.
        asked: the class that was asked for, as this network calls it.
        probability: of that class.
        rank: of that class among all, from 1.
        answer: its first class.
        answer_probability: of it.
    """

    network: str
    own: bool
    asked: str
    probability: float
    rank: int
    answer: str
    answer_probability: float


@dataclass(frozen=True)
class Undone:
    """What is left of a fooled answer after something was done to the picture.

    Attributes:
        treatment: what was done, in words.
        network: who is asked.
        probability: of the class that the picture was made for; nan where this network doesn't
            know that class.
        answer: the network's first class.
        answer_probability: of it.
    """

    treatment: str
    network: str
    probability: float
    answer: str
    answer_probability: float
