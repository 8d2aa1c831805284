"""A changed variable is there while a library reads it, and nothing of it afterwards."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from catalogue.settings import environment

NAME = "A_VARIABLE_OF_NOBODY"


@pytest.mark.parametrize("before", [None, "before"])
def test_what_was_there_before_is_put_back(before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if before is not None:
        monkeypatch.setenv(NAME, before)
    with pytest.raises(ZeroDivisionError), environment(NAME, "within"):
        assert os.environ[NAME] == "within"
        raise ZeroDivisionError
    assert os.environ.get(NAME) == before


def test_of_two_at_once_neither_keeps_what_the_other_set() -> None:
    inside = Event()

    def change(value: str, other: float) -> str:
        with environment(NAME, value):
            inside.set()
            Event().wait(other)  # while the other one wants in
            return os.environ[NAME]

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(change, "first", 0.05)
        inside.wait()
        second = pool.submit(change, "second", 0.1)
        assert (first.result(), second.result()) == ("first", "second")
    assert NAME not in os.environ
