"""What a request asks: the parameters that routes have in common, and the moment at which they are answered."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError
from starlette.requests import Request

from catalogue.api import negotiation
from catalogue.api.cursors import BadCursor, Cursor, read_cursor
from catalogue.api.negotiation import Format
from catalogue.model.period import Moment, Organisation
from catalogue.services.installation import Installation

VERSION = "1.0.0"
FIRST_DAY, LAST_DAY = date(2010, 1, 1), date(2035, 12, 31)
MOST_ROWS = 500
_EITHER_WAY = {"lang", "cursor"}  # what does not change which rows a question has


def iso_day(value: object) -> object:
    """A day written as 2024-02-29; pydantic alone reads a number, or a text of digits, as seconds since 1970."""
    if isinstance(value, int | float):
        raise PydanticCustomError("date_parsing", "not a day written as 2024-02-29")
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or len(value) != 10 or "W" in value:  # 2024-W05-3 is one for the library
            raise PydanticCustomError("date_parsing", "not a day written as 2024-02-29")
        return day
    return value


Day = Annotated[
    date,
    BeforeValidator(iso_day),
    Field(ge=FIRST_DAY, le=LAST_DAY, json_schema_extra={"pattern": r"^20(1\d|2\d|3[0-5])-\d\d-\d\d$"}),
]
Code = Annotated[str, Field(min_length=1, max_length=100)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Identifier = Annotated[int, Field(ge=1, le=2**53 - 1)]  # what every reader of JSON can hold


class Asked(BaseModel):
    """Every route knows these; a parameter that a route does not know is refused, for a misspelt filter finds too much."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: Literal["vi", "en"] | None = Field(
        None,
        description="Language of problem details; without it what `Accept-Language` says, else Vietnamese.",
    )


class Clocked(Asked):
    """A question at a moment."""

    as_of: Day | None = Field(
        None,
        description="The day that the answer describes (2010-2035); without it the working date.",
        examples=["2024-02-29"],
    )
    known_at: Day | None = Field(
        None,
        description="Only what had been recorded by the end of this day; without it everything recorded so far.",
        examples=["2024-03-01"],
    )
    agencies: Organisation = Field(
        Organisation.AT_THE_TIME,
        description="Count by the agencies of `as_of`, or by those of today, after every merger.",
    )


class Listed(Clocked):
    """A question that finds rows."""

    format: Format | None = Field(None, description="The form of the answer; without it what `Accept` says.")
    limit: int = Field(50, ge=1, le=MOST_ROWS, description="Rows on a page.", examples=[20])
    cursor: str | None = Field(
        None,
        max_length=300,
        description="Where the list goes on: `links.next` of the page before has it. It keeps that page's moment.",
    )


@dataclass(frozen=True)
class Question:
    """A request with its installation, its moment and, of a list, its page."""

    request: Request
    asked: Asked
    installation: Installation
    moment: Moment
    page: int = 1

    @classmethod
    def of(cls, request: Request, asked: Asked) -> Self:
        """Raises: BadCursor."""
        installation: Installation = request.app.state.installation()
        if not isinstance(asked, Clocked):
            return cls(request, asked, installation, installation.moment())
        moment = installation.moment(asked.as_of, asked.known_at, asked.agencies)
        if not isinstance(asked, Listed) or asked.cursor is None:
            return cls(request, asked, installation, moment)
        digest = cls(request, asked, installation, moment).digest
        cursor = read_cursor(asked.cursor, digest, moment.revision)
        if asked.as_of not in (None, cursor.as_of):
            raise BadCursor
        moment = Moment(cursor.as_of, asked.known_at, cursor.revision, asked.agencies)
        return cls(request, asked, installation, moment, cursor.page)

    @property
    def limit(self) -> int:
        """The most rows of a page."""
        return self.asked.limit if isinstance(self.asked, Listed) else MOST_ROWS

    @property
    def format(self) -> Format:
        """The form of the answer. Raises: NotAcceptable."""
        accept = self.request.headers.get("accept")
        if not isinstance(self.asked, Listed):
            return negotiation.choose(None, accept, (Format.JSON,))
        return negotiation.choose(self.asked.format, accept, negotiation.TABULAR)

    @property
    def digest(self) -> str:
        """Tells a question from others, whatever the moment, the page and the form of the answer."""
        said = self.asked.model_dump(mode="json", exclude={*_EITHER_WAY, "format"})
        content = [VERSION, self.installation.reference.fingerprint, self.request.url.path, said]
        return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]

    @property
    def etag(self) -> str:
        """Tells an answer from every other one that this service gives."""
        moment = self.moment
        content = [
            self.digest, self.page, self.format, moment.as_of, moment.known_at, moment.revision,
            self.installation.today,
        ]  # fmt: skip
        return f'W/"{moment.revision}-{hashlib.sha256(orjson.dumps(content)).hexdigest()[:16]}"'

    def cursor(self, page: int) -> str:
        """The cursor of a page of this list, at its moment."""
        return str(Cursor(self.digest, self.moment.as_of, self.moment.revision, page))
