"""A record of JSON lines in the shape of `catalogue.model.content`: every key known, every value of its type."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    model_validator,
)

from catalogue.model.content import Content
from pipelines.parse.words import paragraphs, said
from pipelines.sources.interchange.kinds import LARGEST

_DECIMAL = re.compile(r"^[0-9]{1,16}(\.[0-9]{1,6})?$")


def _is_day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("not an ISO date")
    return text


def _is_limit(value: Any) -> int | str | None:
    """A whole number, or a decimal as text."""
    is_whole = type(value) is int and 0 <= value <= LARGEST
    if value is None or is_whole or (isinstance(value, str) and _DECIMAL.match(value)):
        return value  # type: ignore[no-any-return]
    raise ValueError("neither a whole number nor a decimal as text")


Text = Annotated[str, AfterValidator(said)]
Lines = Annotated[str, AfterValidator(paragraphs)]
Day = Annotated[str, AfterValidator(_is_day)]
Count = Annotated[int, Field(ge=0, le=LARGEST)]
Decimal = Annotated[str, Field(pattern=_DECIMAL.pattern)]
Limit = Annotated[Any, PlainValidator(_is_limit)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Fee(_Shape):
    """An amount in đồng, or in another currency, and the words for it."""

    amount_vnd: Count | None = None
    amount: Decimal | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    text: Lines | None = None

    @model_validator(mode="after")
    def _is_one_amount(self) -> Self:
        if (self.amount is None) != (self.currency is None):
            raise ValueError("amount and currency go together")
        if self.currency == "VND":
            raise ValueError("amount_vnd is for amounts in đồng")
        if self.amount is not None and self.amount_vnd is not None:
            raise ValueError("one amount a fee")
        return self


class Channel(_Shape):
    """One way of filing."""

    way: Text | None = None
    time_value: Limit = None
    time_unit: Literal["giờ", "ngày", "ngày làm việc", "tuần", "tháng", "năm"] | None = None
    time_text: Lines | None = None
    fees: list[Fee] | None = None
    note: Lines | None = None


class Paper(_Shape):
    """One paper."""

    name: Annotated[Lines, Field(min_length=1)]
    form: Lines | None = None
    originals: Count | None = None
    copies: Count | None = None


class Case(_Shape):
    """The papers of one case."""

    case: Lines | None = None
    papers: list[Paper] | None = None


class LegalBasis(_Shape):
    """One document."""

    text: Annotated[Lines, Field(min_length=1)]
    number: Text | None = None
    issued_on: Day | None = None


class Record(_Shape):
    """The parts of a content."""

    name: Text | None = None
    field_name: Text | None = None
    issuing_agency_text: Text | None = None
    levels: list[Literal["ministry", "provincial", "district", "communal", "other"]] | None = None
    is_vertical: bool | None = None
    procedure_type: Text | None = None
    implementing: list[Text] | None = None
    competent: list[Text] | None = None
    authorised: list[Text] | None = None
    cooperating: list[Text] | None = None
    legal_bases: list[LegalBasis] | None = None
    steps: list[Lines] | None = None
    channels: list[Channel] | None = None
    dossier: list[Case] | None = None
    dossier_sets: Count | None = None
    addressees: list[Text] | None = None
    results: list[Lines] | None = None
    requirements: Lines | None = None
    description: Lines | None = None
    keywords: list[Text] | None = None
    address: Lines | None = None
    related: list[Text] | None = None
    decision_number: Text | None = None
    decision_date: Day | None = None


def read(record: dict[str, Any]) -> tuple[Content, list[tuple[str, str, str]]]:
    """A record without its code as a content; or what is wrong with it: rule, part, where and what.

    The levels are a set.
    """
    try:
        content = Record.model_validate(record).model_dump()
    except ValidationError as error:
        return {}, list(dict.fromkeys(_wrong(error)))
    if content["levels"] is not None:
        content["levels"] = sorted(set(content["levels"]))
    return {part: content[part] for part in record}, []


def texts(value: Any) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


def _wrong(error: ValidationError) -> Iterator[tuple[str, str, str]]:
    for found in error.errors():
        part, *path = found["loc"]
        rule = "key_not_of_shape" if found["type"] == "extra_forbidden" else "value_not_of_shape"
        where = ".".join(str(step) for step in path)
        yield rule, str(part), f"{where}: {found['input']!r}" if where else repr(found["input"])
