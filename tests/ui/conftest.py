"""What a listener of the built page returns, without a browser."""

import pytest

from replearn.core.settings import from_environment
from replearn.ui.frame.page import build_page
from tests.ui.listening import asking


@pytest.fixture(scope="session")  # it takes seconds, and no test changes it
def page():
    return build_page(from_environment())


@pytest.fixture(scope="session")
def answer(page):
    """Return a function that asks a listener by name."""
    return asking(page)
