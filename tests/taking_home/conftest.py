"""A question as a tab hands it over, and a clock that a test moves."""

import pytest
from PIL import Image

from replearn.taking_home.asked import Asked, Shot, Table
from replearn.taking_home.log import Log


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def log(clock):
    return Log(clock)


@pytest.fixture
def upload(tmp_path):
    """Return a function that writes a picture as an upload lies: in a folder of its own."""

    def written(name, colour="red", folder="a"):
        path = tmp_path / folder / name
        path.parent.mkdir(exist_ok=True)
        Image.new("RGB", (32, 24), colour).save(path)
        return str(path)

    return written


@pytest.fixture
def asked():
    """Return a function that makes a question about a picture, with a level."""

    def made(level=0, tab="Distortions", picture=None, question="What is it?"):
        def code(place):
            return f"ask({place(picture)!r}, {level})" if picture else f"ask({level})"

        return Asked(
            tab,
            question,
            (picture, tab),
            code,
            f"photo-clip | level {level}",
            Table(("label", "probability"), (("cat", 0.75), ("dog", 0.25))),
            shots=(Shot(Image.new("RGB", (640, 480), "blue"), "a blue one"),),
        )

    return made
