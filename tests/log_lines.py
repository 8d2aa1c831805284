"""What the program logs while a test looks, as it would stand in the log of a server."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from catalogue import logs


class Lines:
    """The text so far, and its lines one by one."""

    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def of(self, message: str) -> list[dict[str, Any]]:
        return [line for line in self.all if line["message"] == message]


@contextmanager
def logged() -> Iterator[Lines]:
    """Take down every line of ours as JSON."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(logs.Json())
    ours = [logging.getLogger(name) for name in ("catalogue", "pages")]
    levels = [one.level for one in ours]
    for one in ours:
        one.addHandler(handler)
        one.setLevel(logging.INFO)
    try:
        yield Lines(handler.stream)
    finally:
        for one, level in zip(ours, levels, strict=True):
            one.removeHandler(handler)
            one.setLevel(level)


@contextmanager
def logging_as_it_was() -> Iterator[None]:
    """Undo what `logs.set_up` does to the loggers of the whole process."""
    known = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    before = [(one, one.handlers[:], one.propagate, one.level) for one in (logging.root, *known)]
    try:
        yield
    finally:
        for one, handlers, propagate, level in before:
            one.handlers[:], one.propagate = handlers, propagate
            one.setLevel(level)
