"""Where a list goes on: an opaque text that keeps the moment of its first page, so that no row is seen twice or missed."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import date

import orjson

from catalogue.errors import CatalogueError

_MOST_PAGES = 10_000_000  # a list cannot have more, and a database cannot skip more than it can count


class BadCursor(CatalogueError):
    """The text is no cursor, or one of another question or of other reference data."""

    code = "api_bad_cursor"


@dataclass(frozen=True)
class Cursor:
    """A page of the list that a question found as of a day and by a revision; `question` is the question's digest."""

    question: str
    as_of: date
    revision: int
    page: int

    def __str__(self) -> str:
        content = orjson.dumps([self.question, self.as_of, self.revision, self.page])
        return urlsafe_b64encode(content).decode().rstrip("=")


def read_cursor(text: str, question: str, last_revision: int) -> Cursor:
    """The cursor that a client sends back. Raises: BadCursor."""
    try:
        found = orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        digest, as_of, revision, page = found
        cursor = Cursor(str(digest), date.fromisoformat(as_of), int(revision), int(page))
    except (Error, ValueError, TypeError) as error:
        raise BadCursor from error
    is_possible = 0 <= cursor.revision <= last_revision and 1 <= cursor.page <= _MOST_PAGES
    if cursor.question != question or not is_possible:
        raise BadCursor
    return cursor
