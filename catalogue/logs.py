"""What the process writes to stderr: one line an event, with the request it belongs to and nothing of a person but the actor's id.

The fields of a line are a closed list. An error is written as its type and the code that led to it; its own words are left
out where they could repeat what somebody has typed.
"""

import logging
import sys
import traceback
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

import orjson

from catalogue.errors import CatalogueError, StoreError
from catalogue.settings import Settings

FIELDS = (
    "method", "route", "page", "command", "status", "outcome", "code", "duration_ms", "request_id", "actor_id", "incident",
)  # fmt: skip
_OURS = ("catalogue", "pages", "pipelines")
# What these say names types and attributes of the program, never a value.
_SPEAK_OF_CODE = (AttributeError, ImportError, NameError, RecursionError, TypeError)
_log = logging.getLogger(__name__)


@dataclass
class Work:
    """One request or one run of a page: the id that its lines carry, and who asks once that is known."""

    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    actor_id: int | None = None


_work: ContextVar[Work | None] = ContextVar("work", default=None)


@contextmanager
def about(work: Work) -> Iterator[Work]:
    """Lines written meanwhile in this context, and in threads that it starts work in, are about this work."""
    before = _work.set(work)
    try:
        yield work
    finally:
        _work.reset(before)


def begin(work: Work) -> None:
    """The same for the rest of this thread, or until the next work begins in it."""
    _work.set(work)


def request_id() -> str | None:
    """The id of the work under way, if there is any."""
    work = _work.get()
    return work.request_id if work else None


def acting(actor_id: int | None) -> None:
    """Say who asks for the work under way."""
    if work := _work.get():
        work.actor_id = actor_id


def set_up(form: Literal["json", "text"] | None = None) -> None:
    """Write every log of the process to stderr in one form: the one named, else text to a terminal and JSON elsewhere.

    Others than us are heard from warnings on: servers tell addresses and query strings in what they log of a request.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(Text() if (form or _usual()) == "text" else Json())
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            logger.handlers.clear()
            logger.propagate = True
            logger.setLevel(logging.NOTSET)
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def command_failed(command: str, error: CatalogueError) -> None:
    """Log that a command ends without having done its work, where JSON is asked for; a person reads the message beside it."""
    if Settings().log == "json":
        set_up("json")
        _log.error("command failed", extra={"command": command, "code": error.code})


def _usual() -> Literal["json", "text"]:
    return "text" if sys.stderr.isatty() else "json"


class Json(logging.Formatter):
    """A record as one JSON object on one line; its time is UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """See class."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info and record.exc_info[1]:
            line["trace"] = trace(record.exc_info[1])
        return orjson.dumps(line, default=str).decode()


class Text(logging.Formatter):
    """A record as a person in front of a terminal reads it; its time is the machine's."""

    def format(self, record: logging.LogRecord) -> str:
        """See class."""
        time = datetime.fromtimestamp(record.created).astimezone()
        fields = "".join(f" {name}={value}" for name, value in _fields(record).items())
        line = f"{time:%H:%M:%S} {record.levelname} {record.name}: {record.getMessage()}{fields}"
        if record.exc_info and record.exc_info[1]:
            line += "\n" + trace(record.exc_info[1])
        return line


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    said = record.__dict__
    if work := _work.get():
        said = {"request_id": work.request_id, "actor_id": work.actor_id, **said}
    return {name: said[name] for name in FIELDS if said.get(name) is not None}


def trace(error: BaseException) -> str:
    """The type of an error and the code that led to it, then those of what caused it."""
    parts: list[str] = []
    one: BaseException | None = error
    while one is not None and len(parts) < 10:  # nothing forbids a circle of causes
        parts.append(
            "".join(traceback.format_tb(one.__traceback__)) + f"{type(one).__qualname__}{_words(one)}"
        )
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\ncaused by\n".join(parts)


def _words(error: BaseException) -> str:
    if isinstance(error, StoreError):
        return f": {error.code} {error.details.get('query', '')}".rstrip()
    if isinstance(error, CatalogueError):
        return f": {error.code}"
    return f": {error}" if isinstance(error, _SPEAK_OF_CODE) else ""
