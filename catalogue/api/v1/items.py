"""Items of the programmes: found as on their pages, opened as records."""

from datetime import date
from typing import Annotated, Literal

import polars as pl
from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from catalogue.api import answers, documented
from catalogue.api.answers import Found, Listing, Part, Record
from catalogue.api.questions import Clocked, Code, Identifier, Listed, Question, Text
from catalogue.api.turns import TurnRoute
from catalogue.api.v1.item_record import ItemBody
from catalogue.model.authority import Form, Level
from catalogue.model.item import DeadlineState, Progress
from catalogue.model.promise import Outcome
from catalogue.services import figures, items
from catalogue.services.items import ItemFilter

router = APIRouter(tags=["items"], route_class=TurnRoute)

_ALL = 1_000_000


class ItemsAsked(Listed):
    """The filters of the lists of items."""

    programme: Code | None = Field(
        None,
        description="A code of `/programmes`; without it every programme.",
        examples=[figures.SIMPLIFICATION],
    )
    q: Text | None = Field(None, description="Words of the title, or a code of a procedure.")
    agency: Code | None = Field(
        None, description="Who answers for the item: a code of `/agencies`.", examples=["bo-y-te"]
    )
    assigned_to: Code | None = Field(None, description="Who was given it, whoever answers for it now.")
    progress: Progress | None = Field(
        None, description="Where it stands; withdrawn items are found by `withdrawn` only."
    )
    deadline: DeadlineState | None = Field(None, description="How it stands to its current deadline.")
    assigned_by: Identifier | None = Field(None, description="The document that assigned it.")
    field: Text | None = Field(None, description="The field.", examples=["Dược phẩm"])
    measure: Code | None = Field(
        None, description="A kind of measure that it asks for.", examples=["shorter_time"]
    )
    promise: Outcome | None = Field(None, description="Whether the catalogue shows what it promises.")
    document: Identifier | None = Field(None, description="An instrument that it needs, of `/instruments`.")
    form: Form | None = Field(None, description="In what form a decision is given away.")
    from_level: Level | Literal["unknown"] | None = Field(None, description="Who gives a decision away.")
    to_level: Level | Literal["unknown"] | None = Field(None, description="Who decides then, on the day.")


class ItemRow(Part):
    """An item as it stands."""

    item_id: int = Field(examples=[42])
    programme_code: str = Field(examples=[figures.SIMPLIFICATION])
    procedure_code: str | None = Field(examples=["1.905896"])
    title: str
    field_name: str | None
    lead_agency: str = Field(description="Who answers for it: a code of `/agencies`, or a group of them.")
    agency_short_name: str
    in_base: bool = Field(description="False: withdrawn from the programme.")
    assigned_by: int | None = Field(description="The document that assigned it.")
    document_number: str | None
    document_date: date | None
    assigned_on: date | None
    approved_on: date | None
    enacted_on: date | None = Field(description="Every instrument that it needs is in force.")
    published_on: date | None = Field(description="A publication decision names its procedure.")
    confirmed_on: date | None
    left_on: date | None
    done_on: date | None = Field(description="When it reached the programme's done stage.")
    original_deadline: date | None
    current_deadline: date | None
    extensions: int = Field(description="How often the deadline was put off.")
    deadline_state: DeadlineState
    instruments_issued: int
    instruments_needed: int
    last_change_on: date | None
    from_level: str | None = Field(description="Of a decentralised decision: who gives it away.")
    to_level: str | None
    url: str


class ItemList(Listing[ItemRow]):
    """Items, the most urgent first, programme by programme."""


class ItemAnswer(Record[ItemBody]):
    """One item."""


@router.get("/items", response_model=ItemList, responses=documented.of_list(404))
def list_items(request: Request, asked: Annotated[ItemsAsked, Query()]) -> Response:
    """Items of one programme, or of all."""

    def find(question: Question) -> Found:
        reference = question.installation.reference
        codes = [one.code for one in reference.programmes]
        if asked.programme is not None:
            codes = [reference.programme(asked.programme).code]
        wanted = ItemFilter(
            agency=asked.agency,
            progress=asked.progress,
            deadline_state=asked.deadline,
            assigned_by=asked.assigned_by,
            field=asked.field,
            measure_type=asked.measure,
            document_id=asked.document,
            promise=asked.promise,
            from_level=asked.from_level,
            to_level=asked.to_level,
            assigned_to=asked.assigned_to,
            form=asked.form,
            text=asked.q,
        )
        found = [
            items.find(question.installation, question.moment, code, wanted, size=_ALL).with_columns(
                pl.col("agency_name").alias("agency_short_name"), programme_code=pl.lit(code)
            )
            for code in codes
        ]
        page = Found.within(question, pl.concat(found))
        return Found(answers.addressed(question, page.rows, "items", "item_id"), page.total)

    return answers.listing(request, asked, ItemList, find)


@router.get("/items/{item_id}", response_model=ItemAnswer, responses=documented.of_record())
def get_item(
    request: Request,
    item_id: Annotated[Identifier, Path(examples=[1360])],
    asked: Annotated[Clocked, Query()],
) -> Response:
    """One item: its stages, what it promises, what it needs, and every confirmed fact with its document."""

    def find(question: Question) -> tuple[ItemBody, dict[str, str]]:
        body = ItemBody.of(items.get(question.installation, question.moment, item_id))
        links = {"programme": answers.path(question, "programmes", body.programme_code)}
        if body.procedure_code:
            links["procedure"] = answers.path(question, "procedures", body.procedure_code)
        return body, links

    return answers.record(request, asked, ItemAnswer, find)
