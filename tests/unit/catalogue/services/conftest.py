"""The people of the demonstration who act in these tests."""

from collections.abc import Callable

import pytest

from catalogue.model.actor import Actor
from catalogue.services.installation import Installation


@pytest.fixture
def byt(demo: Installation, person: Callable[[Installation, str], Actor]) -> Actor:
    """An editor of Bộ Y tế."""
    return person(demo, "byt")


@pytest.fixture
def vpcp(demo: Installation, person: Callable[[Installation, str], Actor]) -> Actor:
    """A reviewer of the Government Office."""
    return person(demo, "vpcp")
